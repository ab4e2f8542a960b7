"""Works, publications and speakers: by id, by address and other names, and once merged."""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from app.published import work_keys
from app.published.writes import Put, Remove
from tests.delivery.shelf import NOON, Shelf, a_citation, a_citing_article, a_document, hours

KINDS = [
    ("work", "works", "cited-by"),
    ("publication", "publications", "cited-by"),
    ("speaker", "speakers", "statements"),
]
ADDRESS = "https://www.northgate-courier.example/2026/audit/?utm_source=x&page=2"


async def read(reader, address: str, status: int = 200, **options: Any):
    answer = await reader.get(address, **options)
    assert answer.status_code == status, answer.text
    return answer


def merged(kind: str, identity: UUID, into: UUID, **fields: Any) -> Put:
    return a_document(kind, "stayed", identity=identity, meta={"moved_to": str(into)}, **fields)


@pytest.mark.parametrize(("kind", "folder", "verb"), KINDS)
async def test_it_is_read_by_its_id(shelf: Shelf, reader, kind: str, folder: str, verb: str):
    thing = a_document(kind, "It")
    await shelf.put(thing)

    answer = await read(reader, f"/v1/{folder}/{thing.id}")

    assert answer.content == thing.views.full
    assert answer.headers["surrogate-key"] == f"{kind}-{thing.id}"
    for other in KINDS:
        if other[0] != kind:
            await read(reader, f"/v1/{other[1]}/{thing.id}", 404)
            await read(reader, f"/v1/{other[1]}/{thing.id}/{other[2]}", 404)
    for nothing in (uuid4(), "it", str(thing.id).upper()):
        await read(reader, f"/v1/{folder}/{nothing}", 404)
        await read(reader, f"/v1/{folder}/{nothing}/{verb}", 404)


@pytest.mark.parametrize(("kind", "folder", "verb"), KINDS)
async def test_what_nothing_cites_any_more_has_an_empty_list(shelf, reader, kind, folder, verb):
    thing = a_document(kind, "It")
    await shelf.put(thing)

    answer = await read(reader, f"/v1/{folder}/{thing.id}/{verb}")

    assert answer.json() == {"items": [], "next": None}
    assert answer.headers["surrogate-key"] == f"list-{thing.id} {kind}-{thing.id}"


@pytest.mark.parametrize(("kind", "folder", "verb"), KINDS)
async def test_what_was_taken_away_is_gone(shelf: Shelf, reader, kind: str, folder: str, verb: str):
    thing = a_document(kind, "It")
    await shelf.put(thing)
    await shelf.put(Remove(id=thing.id, kind=kind, version=1, modified_at=NOON, status=451))

    await read(reader, f"/v1/{folder}/{thing.id}", 451)
    await read(reader, f"/v1/{folder}/{thing.id}/{verb}", 451)


@pytest.mark.parametrize(("kind", "folder", "verb"), KINDS)
async def test_one_that_was_merged_leads_to_the_other(shelf, reader, kind, folder, verb):
    goes, stays = a_document(kind, "It"), a_document(kind, "The same")
    await shelf.put(goes, stays)
    await shelf.put(merged(kind, goes.id, stays.id))

    single = await read(reader, f"/v1/{folder}/{goes.id}", 301)
    listed = await read(reader, f"/v1/{folder}/{goes.id}/{verb}?type=data&limit=5", 301)

    assert single.headers["location"] == f"/v1/{folder}/{stays.id}"
    assert single.json()["to"] == single.headers["location"]
    assert single.headers["surrogate-key"] == f"{kind}-{goes.id}"
    assert listed.headers["location"] == f"/v1/{folder}/{stays.id}/{verb}?type=data&limit=5"
    await read(reader, single.headers["location"])
    await read(reader, listed.headers["location"])


async def test_who_is_on_the_way_through_a_list_goes_on_in_the_merged_one(shelf, reader) -> None:
    goes, stays = a_document("work", "It"), a_document("work", "The same")
    await shelf.put(goes, stays)

    def story(number: int, key: UUID, version: int) -> Put:
        cited = a_citation(str(number), identity=UUID(int=number + 1), keys=frozenset({key}))
        return a_citing_article(
            "x", cited, identity=UUID(int=number + 101), published_at=NOON - hours(number),
            version=version,
        )  # fmt: skip

    await shelf.put(*(story(number, goes.id, 1) for number in range(4)))
    first = await read(reader, f"/v1/works/{goes.id}/cited-by?limit=2")
    await shelf.put(merged("work", goes.id, stays.id))
    await shelf.put(*(story(number, stays.id, 2) for number in range(4)))

    moved = await read(reader, first.json()["next"], 301)
    rest = await read(reader, moved.headers["location"])

    seen = [card["text"] for card in first.json()["items"] + rest.json()["items"]]
    assert seen == ["0", "1", "2", "3"]
    await read(reader, f"/v1/works/{goes.id}/cited-by?cursor=nonsense", 422)


async def test_lists_can_be_asked_for_by_the_id_of_what_was_merged(shelf: Shelf, reader) -> None:
    first, second, stays = (a_document("publication", name) for name in "abc")
    await shelf.put(first, second, stays)
    await shelf.put(
        a_citing_article("x", a_citation("one", publication=stays.id)),
        merged("publication", second.id, stays.id),
        merged("publication", first.id, second.id),
    )

    for identity in (first.id, second.id, stays.id):
        cited = await read(reader, f"/v1/citations?publication={identity}")
        assert [card["text"] for card in cited.json()["items"]] == ["one"]
        articles = await read(reader, f"/v1/articles?cites_publication={identity}")
        assert len(articles.json()["items"]) == 1


async def a_found_work(shelf: Shelf) -> UUID:
    work = a_document(
        "work",
        "The audit",
        external_ids=[
            work_keys.at_url(ADDRESS),
            work_keys.named("doi", "10.5555/12345678"),
            work_keys.named("isbn", "9783161484100"),
            work_keys.named("docket", "C-12/26"),
        ],
    )
    story = a_citing_article("x", a_citation("found", keys=frozenset({work.id})))
    await shelf.put(work, story)
    return work.id


@pytest.mark.parametrize(
    "name",
    [
        f"url={quote(ADDRESS)}",
        "url=http://northgate-courier.example/2026/audit?page=2",
        "url=https://m.northgate-courier.example/2026/audit/amp?page=2%26fbclid=y%23top",
        "url=HTTPS://Northgate-Courier.example:443/2026/audit/?page=2",
        "doi=10.5555/12345678",
        "doi=https://doi.org/10.5555/12345678",
        "doi=doi:10.5555/12345678",
        "identifier=doi:10.5555/12345678",
        "identifier=isbn:3-16-148410-X",
        "identifier=docket:C-12/26",
    ],
)
async def test_a_work_is_found_by_what_others_call_it(shelf: Shelf, reader, name: str) -> None:
    work = await a_found_work(shelf)

    answer = await read(reader, f"/v1/works/cited-by?{name}&type=quotation&limit=5")
    same = await read(reader, f"/v1/works/{work}/cited-by?type=quotation&limit=5")

    assert [card["text"] for card in answer.json()["items"]] == ["found"]
    assert answer.content == same.content
    assert answer.headers["content-location"] == f"/v1/works/{work}/cited-by"
    assert answer.headers["etag"] == same.headers["etag"]
    assert "content-location" not in same.headers
    known = {"If-None-Match": answer.headers["etag"]}
    await read(reader, f"/v1/works/cited-by?{name}&type=quotation&limit=5", 304, headers=known)


async def test_an_article_may_have_the_name_of_a_work_in_the_same_scheme(shelf, reader) -> None:
    work = await a_found_work(shelf)
    own = a_citing_article("our own", external_ids=[("doi", "10.5555/12345678")])
    await shelf.put(own)

    cited = await read(reader, "/v1/works/cited-by?doi=10.5555/12345678")
    article = await read(reader, "/v1/articles?external=doi:10.5555/12345678")

    assert cited.headers["content-location"] == f"/v1/works/{work}/cited-by"
    assert [card["id"] for card in article.json()["items"]] == [str(own.id)]


async def test_the_next_page_of_what_was_looked_up_is_at_its_id(shelf: Shelf, reader) -> None:
    work = await a_found_work(shelf)
    await shelf.put(a_citing_article("y", a_citation("more", keys=frozenset({work})),
                                     published_at=NOON - hours(1)))  # fmt: skip

    first = await read(reader, "/v1/works/cited-by?doi=10.5555/12345678&limit=1")
    rest = await read(reader, first.json()["next"])

    assert first.json()["next"].startswith(f"/v1/works/{work}/cited-by?limit=1&cursor=")
    assert [card["text"] for card in rest.json()["items"]] == ["more"]


async def test_the_address_of_what_was_merged_leads_to_the_other(shelf: Shelf, reader) -> None:
    work = await a_found_work(shelf)
    old = uuid4()
    address = [work_keys.at_url("https://example.org/a")]
    await shelf.put(merged("work", old, work, external_ids=address))

    answer = await read(reader, "/v1/works/cited-by?url=https://example.org/a")

    assert answer.headers["content-location"] == f"/v1/works/{work}/cited-by"
    assert len(answer.json()["items"]) == 1


@pytest.mark.parametrize(
    ("query", "status", "wrong"),
    [
        ("url=https://example.org/unknown", 404, set()),
        ("doi=10.5555/87654321", 404, set()),
        ("identifier=docket:c-12/26", 404, set()),
        ("identifier=wordpress:1787", 404, set()),
        ("", 422, {"url", "doi", "identifier"}),
        ("type=data", 422, {"url", "doi", "identifier"}),
        ("doi=10.5555/12345678&url=https://example.org/", 422, {"url", "doi"}),
        ("url=ftp://example.org/", 422, {"url"}),
        ("url=example.org", 422, {"url"}),
        ("url=https://", 422, {"url"}),
        ("url=https://[::1", 422, {"url"}),
        ("url=https://a b/", 422, {"url"}),
        ("url=", 422, {"url"}),
        ("doi=12345", 422, {"doi"}),
        ("identifier=isbn:123", 422, {"identifier"}),
        ("identifier=isbn", 422, {"identifier"}),
        ("doi=10.5555/12345678&cursor=x", 422, {"cursor"}),
        ("doi=10.5555/12345678&type=gossip", 422, {"type"}),
        ("doi=10.5555/12345678&section=nowhere", 422, {"section"}),
    ],
)
async def test_what_cannot_be_looked_up(shelf: Shelf, reader, query, status, wrong) -> None:
    await a_found_work(shelf)
    article = a_citing_article("z", external_ids=[("wordpress", "1787"), ("docket", "c-12/26")])
    await shelf.put(article)

    answer = await read(reader, f"/v1/works/cited-by?{query}", status)

    assert {fault["parameter"] for fault in answer.json()["errors"]} == wrong
