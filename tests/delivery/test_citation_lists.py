"""Lists of citations: every filter, pages, conditions, refusals; and articles by what they cite."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from app.published.models import PUBLICATIONS
from app.published.writes import Put, Remove
from tests.delivery.shelf import (
    NOON,
    Shelf,
    a_citation,
    a_citing_article,
    a_document,
    hours,
    reading,
)


def a_work(identity: UUID | None = None, **fields) -> Put:
    return a_document("work", "The audit", identity=identity, **fields)


async def texts(reader: httpx.AsyncClient, address: str) -> list[str]:
    answer = await reader.get(address)
    assert answer.status_code == 200, answer.text
    return [card["text"] for card in answer.json()["items"]]


@dataclass(frozen=True)
class Ids:
    """What is there to be asked for."""

    courier: UUID = field(default_factory=uuid4)
    agency: UUID = field(default_factory=uuid4)
    audit: UUID = field(default_factory=uuid4)
    ines: UUID = field(default_factory=uuid4)
    world: UUID = field(default_factory=uuid4)
    sea: UUID = field(default_factory=uuid4)
    articles: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(3)])


async def a_record(shelf: Shelf) -> Ids:
    """Three articles with citations that differ in everything one can filter by: a, b at noon, c
    an hour later, d and e two hours later (of the same moment: by id)."""
    ids = Ids()
    await shelf.put(
        a_document("section", "World", identity=ids.world, path="/world", edition="en"),
        a_document("section", "Sea", identity=ids.sea, path="/world/sea", edition="en"),
        a_document("publication", "Courier", identity=ids.courier),
        a_document("publication", "Agency", identity=ids.agency),
        a_document("speaker", "Ines Valdo", identity=ids.ines),
        a_work(ids.audit),
    )
    await shelf.put(
        a_citing_article(
            "one",
            a_citation("a", identity=UUID(int=101), publication=ids.courier,
                       keys=frozenset({ids.audit}), channel="press_report"),
            a_citation("b", identity=UUID(int=100), ordinal=2, of_type="paraphrase",
                       keys=frozenset({ids.ines})),
            identity=ids.articles[0], published_at=NOON, keys=frozenset({ids.world}),
        ),
        a_citing_article(
            "two",
            a_citation("c", publication=ids.courier, level="background",
                       keys=frozenset({ids.audit, ids.agency})),
            identity=ids.articles[1], published_at=NOON + hours(1),
            keys=frozenset({ids.world, ids.sea}),
        ),
        a_citing_article(
            "three",
            a_citation("d", identity=UUID(int=301), of_type="data", level=None, channel=None,
                       keys=frozenset({ids.audit})),
            a_citation("e", identity=UUID(int=300), ordinal=2, publication=ids.agency,
                       keys=frozenset({ids.ines})),
            identity=ids.articles[2], published_at=NOON + hours(2),
        ),
    )  # fmt: skip
    return ids


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/v1/citations", "decab"),
        ("/v1/citations?type=quotation", "eca"),
        ("/v1/citations?level=background", "c"),
        ("/v1/citations?level=deep_background", ""),
        ("/v1/citations?channel=interview", "ecb"),
        ("/v1/citations?type=quotation&level=on_the_record", "ea"),
        ("/v1/citations?since=2026-11-20T13:00:00Z", "dec"),
        ("/v1/citations?until=2026-11-20T13:00:00Z", "ab"),
        ("/v1/citations?since=2026-11-20T14:00:00%2B01:00&until=2026-11-20T14:00:00Z", "c"),
        ("/v1/citations?publication={courier}", "ca"),
        ("/v1/citations?publication={agency}", "ec"),
        ("/v1/citations?publication={agency}&level=background", "c"),
        ("/v1/citations?section=world", "cab"),
        ("/v1/citations?section={sea}&publication={courier}", "c"),
        ("/v1/citations?limit=1", "d"),
        ("/v1/works/{audit}/cited-by", "dca"),
        ("/v1/works/{audit}/cited-by?type=data", "d"),
        ("/v1/works/{audit}/cited-by?section=world/sea", "c"),
        ("/v1/works/{audit}/cited-by?until=2026-11-20T13:00:00Z", "a"),
        ("/v1/publications/{courier}/cited-by", "ca"),
        ("/v1/publications/{courier}/cited-by?channel=press_report", "a"),
        ("/v1/speakers/{ines}/statements", "eb"),
        ("/v1/speakers/{ines}/statements?type=paraphrase&channel=interview", "b"),
    ],
)
async def test_a_filter_gives_exactly_what_it_names(
    shelf: Shelf, reader: httpx.AsyncClient, address: str, expected: str
) -> None:
    ids = await a_record(shelf)

    assert "".join(await texts(reader, address.format(**vars(ids)))) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cites_work={audit}", [2, 1, 0]),
        ("cites_publication={courier}", [1, 0]),
        ("cites_publication={agency}&since=2026-11-20T14:00:00Z", [2]),
        ("speaker={ines}", [2, 0]),
        ("speaker={ines}&cites_work={audit}&section=world", [0]),
        ("cites_work={audit}&edition=fr", []),
        ("cites_work={audit}&order=oldest&format=text", [0, 1, 2]),
    ],
)
async def test_articles_are_found_by_what_they_cite(
    shelf: Shelf, reader: httpx.AsyncClient, query: str, expected: list[int]
) -> None:
    ids = await a_record(shelf)

    answer = await reader.get(f"/v1/articles?{query.format(**vars(ids))}")

    found = [card["id"] for card in answer.json()["items"]]
    assert found == [str(ids.articles[number]) for number in expected]


@pytest.mark.parametrize(
    "filters", ["", "&type=quotation", "&section=world", "&type=quotation&level=background"]
)
async def test_pages_follow_each_other_without_gaps(shelf: Shelf, reader, filters: str) -> None:
    world = a_document("section", "World", path="/world", edition="en")
    await shelf.put(world)
    # Three articles at each moment, with two citations each: within one moment the id decides.
    await shelf.put(
        *(
            a_citing_article(
                str(number),
                a_citation(f"{number}a", level="background"),
                a_citation(f"{number}b", ordinal=2, level="background"),
                published_at=NOON + hours(number // 3), keys=frozenset({world.id}),
            )
            for number in range(13)
        )
    )  # fmt: skip
    whole = await texts(reader, f"/v1/citations?limit=100{filters}")

    walked, address = [], f"/v1/citations?limit=3{filters}"
    while address:
        answer = await reader.get(address)
        walked += [card["text"] for card in answer.json()["items"]]
        address = answer.json()["next"]
        assert answer.headers.get("link") == (f'<{address}>; rel="next"' if address else None)

    assert len(whole) == 26
    assert walked == whole


async def test_a_list_is_the_cards_as_they_were_published(shelf: Shelf, reader) -> None:
    one = a_citation("one")
    await shelf.put(a_citing_article("a", one))

    answer = await reader.get("/v1/citations")

    assert answer.content == b'{"items":[%b],"next":null}' % one.card


@pytest.mark.parametrize(
    "address",
    [
        "/v1/citations?limit=1",
        "/v1/citations?publication={courier}&type=quotation",
        "/v1/works/{audit}/cited-by",
        "/v1/publications/{courier}/cited-by?section=world",
        "/v1/speakers/{ines}/statements?type=quotation&level=on_the_record",
    ],
)
async def test_a_list_that_did_not_change_is_a_304(shelf: Shelf, reader, address: str) -> None:
    ids = await a_record(shelf)
    address = address.format(**vars(ids))
    first = await reader.get(address)
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get(address, headers=known)
    other_query = await reader.get(f"{address}{'&' if '?' in address else '?'}channel=testimony",
                                   headers=known)  # fmt: skip
    everything = frozenset({ids.courier, ids.audit, ids.ines})
    await shelf.put(a_citing_article("new", a_citation("new", keys=everything),
                                     published_at=NOON + hours(9)))  # fmt: skip
    changed = await reader.get(address, headers=known)

    assert [each.status_code for each in (same, other_query, changed)] == [304, 200, 200]
    assert same.headers["etag"] == first.headers["etag"]
    assert same.headers["surrogate-key"] == first.headers["surrogate-key"]
    assert same.headers["surrogate-key"].startswith("list-")


async def test_what_happens_elsewhere_leaves_a_list_as_it_is(shelf: Shelf, reader) -> None:
    ids = await a_record(shelf)
    address = f"/v1/works/{ids.audit}/cited-by"
    first = await reader.get(address)

    await shelf.put(a_citing_article("elsewhere", a_citation("x", keys=frozenset({ids.ines}))))
    same = await reader.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert same.status_code == 304


async def test_a_path_that_means_another_section_by_now_is_another_list(shelf, reader) -> None:
    sea = a_document("section", "Sea", path="/sea", edition="en")
    land = a_document("section", "Land", path="/land", edition="en")
    await shelf.put(sea, land)
    await shelf.put(a_citing_article("x", a_citation("at sea"), keys=frozenset({sea.id})))
    first = await reader.get("/v1/citations?section=sea")

    await shelf.move("/sea", replace(sea, path="/ocean"))
    await shelf.put(replace(land, path="/sea"))
    later = await reader.get(
        "/v1/citations?section=sea", headers={"If-None-Match": first.headers["etag"]}
    )

    assert len(first.json()["items"]) == 1
    assert (later.status_code, later.json()["items"]) == (200, [])


async def test_a_withdrawn_article_takes_its_citations_out_of_all_lists(shelf, reader) -> None:
    ids = await a_record(shelf)

    await shelf.put(Remove(id=ids.articles[1], kind="article", version=1, modified_at=NOON))

    assert await texts(reader, "/v1/citations") == ["d", "e", "a", "b"]
    assert await texts(reader, f"/v1/works/{ids.audit}/cited-by") == ["d", "a"]


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/v1/citations?publication={audit}", {"publication"}),
        ("/v1/citations?publication=6d38a157-e4b3-40e6-a50e-84e0b6014513", {"publication"}),
        ("/v1/citations?publication=courier", {"publication"}),
        ("/v1/citations?section=nowhere", {"section"}),
        ("/v1/citations?type=gossip&level=rumour&channel=x", {"type", "level", "channel"}),
        ("/v1/citations?level=off_the_record", {"level"}),
        ("/v1/citations?since=yesterday", {"since"}),
        ("/v1/citations?limit=101", {"limit"}),
        ("/v1/citations?limit=1&limit=1", {"limit"}),
        ("/v1/citations?cursor=abc", {"cursor"}),
        ("/v1/citations?speaker={ines}", {"speaker"}),
        ("/v1/works/{audit}/cited-by?publication={courier}", {"publication"}),
        ("/v1/works/{audit}/cited-by?cursor=", {"cursor"}),
        ("/v1/articles?cites_work={courier}", {"cites_work"}),
        ("/v1/articles?cites_work=x&cites_publication=y&speaker=Z",
         {"cites_work", "cites_publication", "speaker"}),
        ("/v1/articles?speaker={audit}&cites_publication={ines}",
         {"speaker", "cites_publication"}),
        ("/v1/publications?type=court", {"type"}),
        ("/v1/publications?limit=0&cursor=x", {"limit"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_by_name(
    shelf: Shelf, reader, address: str, wrong: set[str]
) -> None:
    ids = await a_record(shelf)

    answer = await reader.get(address.format(**vars(ids)))

    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "urn:masthead:problem:invalid"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == wrong


async def test_a_cursor_is_good_for_its_own_list_only(shelf: Shelf, reader) -> None:
    ids = await a_record(shelf)
    cursor = (await reader.get("/v1/citations?limit=1")).json()["next"].rpartition("cursor=")[2]

    for elsewhere in (f"/v1/works/{ids.audit}/cited-by", "/v1/citations?type=quotation",
                      f"/v1/citations?publication={ids.courier}", "/v1/publications"):  # fmt: skip
        joint = "&" if "?" in elsewhere else "?"
        answer = await reader.get(f"{elsewhere}{joint}cursor={cursor}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("type=quotation&level=background", {"type", "level"}),
        ("section=world", {"section"}),
        ("section=world&type=data&channel=interview", {"section", "type", "channel"}),
    ],
)
async def test_a_search_that_takes_too_long_is_told_how_to_be_narrowed(
    database_url: str, shelf: Shelf, query: str, named: set[str]
) -> None:
    await a_record(shelf)
    # Whoever holds this lock makes every list wait for it, as long as need be.
    blocker = await psycopg.AsyncConnection.connect(database_url)
    await blocker.execute("LOCK TABLE published.citation_listings IN ACCESS EXCLUSIVE MODE")

    async with reading(database_url, timeout_ms=200) as reader:
        answer = await reader.get(f"/v1/citations?{query}")
        await blocker.close()
        later = await reader.get(f"/v1/citations?{query}")

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:masthead:problem:too-broad"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == named
    assert later.status_code == 200


@pytest.mark.parametrize(
    "name", ["cites_work={audit}&speaker={ines}", "cites_work={audit}&edition=en"]
)
async def test_articles_by_several_things_can_be_too_broad(
    database_url: str, shelf: Shelf, name: str
) -> None:
    ids = await a_record(shelf)
    blocker = await psycopg.AsyncConnection.connect(database_url)
    await blocker.execute("LOCK TABLE published.listings IN ACCESS EXCLUSIVE MODE")

    async with reading(database_url, timeout_ms=200) as reader:
        answer = await reader.get(f"/v1/articles?{name.format(**vars(ids))}")
        await blocker.close()

    assert answer.json()["type"] == "urn:masthead:problem:too-broad"
    assert answer.json()["errors"]


async def test_publications_come_by_name(shelf: Shelf, reader) -> None:
    listed: dict[str, Any] = {"touched": frozenset({PUBLICATIONS})}
    names = ["Zeta Post", "the alpha", "Ostsee-Bote", "the alpha", "بامداد"]
    await shelf.put(
        *(a_document("publication", name, sort_key=name.casefold(), **listed) for name in names)
    )
    moved = {"moved_to": str(uuid4())}
    await shelf.put(a_document("publication", "Merged", meta=moved, **listed))

    walked, address, etags = [], "/v1/publications?limit=2", []
    while address:
        answer = await reader.get(address)
        walked += [each["name"] for each in answer.json()["items"]]
        etags.append(answer.headers["etag"])
        assert answer.headers["surrogate-key"] == f"list-{PUBLICATIONS}"
        address = answer.json()["next"]

    assert walked == ["Ostsee-Bote", "the alpha", "the alpha", "Zeta Post", "بامداد"]
    known = {"If-None-Match": etags[0]}
    assert (await reader.get("/v1/publications?limit=2", headers=known)).status_code == 304
    await shelf.put(a_document("publication", "Acht Uhr", sort_key="acht uhr", **listed))
    later = await reader.get("/v1/publications?limit=2", headers=known)
    assert [each["name"] for each in later.json()["items"]] == ["Acht Uhr", "Ostsee-Bote"]


async def test_there_may_be_no_publications_yet(shelf: Shelf, reader) -> None:
    answer = await reader.get("/v1/publications")

    assert answer.json() == {"items": [], "next": None}
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await reader.get("/v1/publications", headers=known)).status_code == 304
