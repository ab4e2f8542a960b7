"""The list of articles: every filter, every order, pages, conditions, refusals."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest

from app.published.writes import Remove
from tests.delivery.shelf import NOON, Shelf, a_document, an_article, hours


async def headlines(reader: httpx.AsyncClient, query: str) -> list[str]:
    answer = await reader.get(f"/v1/articles{query}")
    assert answer.status_code == 200, answer.text
    return [card["headline"] for card in answer.json()["items"]]


async def a_newsroom(shelf: Shelf) -> dict[str, UUID]:
    """Sections, a person, topics, and articles that differ in everything one can filter by."""
    ids = {name: uuid4() for name in (
        "world", "world/sea", "monde", "thea", "harbour", "storms", "a", "b", "c", "d",
    )}  # fmt: skip
    world, sea, monde = ids["world"], ids["world/sea"], ids["monde"]
    await shelf.put(
        a_document("section", "World", identity=world, path="/world", edition="en"),
        a_document("section", "Sea", identity=sea, path="/world/sea", edition="en"),
        a_document("section", "Monde", identity=monde, path="/fr/monde", edition="fr"),
        a_document("person", "Thea Lorimark", identity=ids["thea"], slug="thea-lorimark"),
        a_document("topic", "Harbour", identity=ids["harbour"], slug="harbour"),
        a_document("topic", "Storms", identity=ids["storms"], slug="storms"),
    )
    await shelf.put(
        an_article("a", identity=ids["a"], published_at=NOON, updated_at=NOON + hours(9),
                   keys=frozenset({shelf.english, world, ids["thea"], ids["harbour"]}),
                   external_ids=[("wordpress", "1787")]),
        an_article("b", identity=ids["b"], published_at=NOON + hours(1), genre="analysis",
                   keys=frozenset({shelf.english, world, sea, ids["thea"]})),
        an_article("c", identity=ids["c"], published_at=NOON + hours(2), genre="opinion",
                   of_format="video", has_video=True, language="en-GB",
                   keys=frozenset({shelf.english, world, sea, ids["harbour"], ids["storms"]})),
        an_article("d", identity=ids["d"], published_at=NOON + hours(3), edition="fr",
                   language="fr",
                   keys=frozenset({shelf.french, monde, ids["harbour"], ids["thea"]})),
    )  # fmt: skip
    return ids


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "dcba"),
        ("?order=newest", "dcba"),
        ("?order=oldest", "abcd"),
        ("?order=updated", "adcb"),
        ("?edition=en", "cba"),
        ("?edition=fr", "d"),
        ("?section=world", "cba"),
        ("?section=/world", "cba"),
        ("?section=world/sea", "cb"),
        ("?section=world%2Fsea/", "cb"),
        ("?section={world}", "cba"),
        ("?section=fr/monde", "d"),
        ("?section=monde&edition=fr", "d"),
        ("?section=world&edition=en", "cba"),
        ("?person=thea-lorimark", "dba"),
        ("?person={thea}", "dba"),
        ("?person=thea-lorimark&edition=fr", "d"),
        ("?topic=harbour", "dca"),
        ("?topic=harbour&section=world", "ca"),
        ("?topic=harbour&person=thea-lorimark", "da"),
        ("?topic=harbour&person=thea-lorimark&section=world", "a"),
        ("?topic=harbour&not_topic=storms", "da"),
        ("?not_topic=storms", "dba"),
        ("?not_topic={storms}&section=world/sea", "b"),
        ("?format=video", "c"),
        ("?genre=news", "da"),
        ("?genre=news,opinion", "dca"),
        ("?genre=analysis,opinion&section=world&order=oldest", "bc"),
        ("?genre=opinion&format=video", "c"),
        ("?genre=news&format=video", ""),
        ("?language=en-GB", "c"),
        ("?language=de", ""),
        ("?has_video=true", "c"),
        ("?has_video=false", "dba"),
        ("?since=2026-11-20T13:00:00Z", "dcb"),
        ("?until=2026-11-20T13:00:00Z", "a"),
        ("?since=2026-11-20T14:00:00%2B01:00&until=2026-11-20T15:00:00Z", "cb"),
        ("?order=updated&genre=news,analysis", "adb"),
        ("?order=updated&since=2026-11-20T13:00:00Z", "dcb"),
        ("?ids={c},{a},{missing},{c}", "ca"),
        ("?external=wordpress:1787", "a"),
        ("?external=wordpress:1", ""),
    ],
)
async def test_a_filter_gives_exactly_what_it_names(
    shelf: Shelf, reader: httpx.AsyncClient, query: str, expected: str
) -> None:
    ids = await a_newsroom(shelf)

    found = await headlines(reader, query.format(**ids, missing=uuid4()))

    assert "".join(found) == expected


async def test_a_list_is_the_cards_as_they_were_published(shelf: Shelf, reader) -> None:
    story, other = an_article("a"), an_article("b", published_at=NOON - hours(1))
    await shelf.put(story, other)

    answer = await reader.get("/v1/articles")

    assert answer.content == b'{"items":[%b,%b],"next":null}' % (
        story.views.card or b"", other.views.card or b"",
    )  # fmt: skip
    assert "link" not in answer.headers


@pytest.mark.parametrize("order", ["newest", "oldest", "updated"])
@pytest.mark.parametrize("filters", ["", "&genre=news,analysis", "&genre=news", "&has_video=false"])
async def test_pages_follow_each_other_without_gaps(
    shelf: Shelf, reader, order: str, filters: str
) -> None:
    # Three at each moment: within one moment the id decides.
    stories = [an_article(str(index), published_at=NOON + hours(index // 3)) for index in range(13)]
    await shelf.put(*stories)
    whole = await headlines(reader, f"?limit=100&order={order}{filters}")

    walked, address = [], f"/v1/articles?limit=2&order={order}{filters}"
    while address:
        answer = await reader.get(address)
        walked += [card["headline"] for card in answer.json()["items"]]
        address = answer.json()["next"]
        assert answer.headers.get("link") == (f'<{address}>; rel="next"' if address else None)

    assert len(whole) == 13
    assert walked == whole


@pytest.mark.parametrize("order", ["newest", "oldest"])
async def test_what_stays_is_seen_exactly_once_while_others_are_published(
    shelf: Shelf, reader, order: str
) -> None:
    stable = [an_article(f"stable {n}", published_at=NOON + hours(n)) for n in range(40)]
    await shelf.put(*stable)
    published = asyncio.Semaphore(0)

    async def publish_and_withdraw(writer: str) -> None:
        for number in range(1000):
            moment = NOON + hours(number * 7 % 41 - 0.5)
            passing = an_article(f"passing {writer}{number}", published_at=moment)
            await shelf.put(passing)
            published.release()
            if number % 2:
                await shelf.put(
                    Remove(id=passing.id, kind="article", version=1, modified_at=moment)
                )

    writers = [asyncio.create_task(publish_and_withdraw(name)) for name in "ab"]
    seen, address = [], f"/v1/articles?limit=3&order={order}"
    while address:
        for _ in range(3):
            await published.acquire()
        answer = await reader.get(address)
        seen += [card["headline"] for card in answer.json()["items"]]
        address = answer.json()["next"]
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)

    assert sorted(each for each in seen if each.startswith("stable")) == sorted(
        f"stable {n}" for n in range(40)
    )
    assert len(seen) == len(set(seen))
    assert any(each.startswith("passing") for each in seen)


async def test_a_list_that_did_not_change_is_a_304(shelf: Shelf, reader) -> None:
    ids = await a_newsroom(shelf)
    address = "/v1/articles?section=world&limit=2"
    first = await reader.get(address)
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get(address, headers=known)
    other_query = await reader.get(f"{address}&genre=news", headers=known)
    await shelf.put(an_article("elsewhere", keys=frozenset({ids["monde"]})))
    still_same = await reader.get(address, headers=known)
    await shelf.put(an_article("new", published_at=NOON + hours(9), keys=frozenset({ids["world"]})))
    changed = await reader.get(address, headers=known)

    assert [each.status_code for each in (same, other_query, still_same, changed)] == [
        304, 200, 304, 200,
    ]  # fmt: skip
    assert same.content == b""
    assert same.headers["etag"] == first.headers["etag"]
    assert same.headers["surrogate-key"] == f"list-{ids['world']}"
    assert first.headers["last-modified"].endswith(" GMT")
    assert changed.json()["items"][0]["headline"] == "new"


@pytest.mark.parametrize(
    "query", ["", "?genre=quiz", "?ids={a}", "?external=x:y", "?order=updated"]
)
async def test_every_kind_of_list_can_be_asked_again_for_a_304(
    shelf: Shelf, reader, query: str
) -> None:
    ids = await a_newsroom(shelf)
    address = f"/v1/articles{query.format(**ids)}"
    first = await reader.get(address)

    again = await reader.get(address, headers={"If-None-Match": first.headers["etag"]})
    await shelf.put(an_article("new", identity=ids["a"], genre="quiz", external_ids=[("x", "y")],
                               version=2))  # fmt: skip
    changed = await reader.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("?section=nowhere", {"section"}),
        ("?section=a%00b", {"section"}),
        ("?section=%1F", {"section"}),
        ("?section=6d38a157-e4b3-40e6-a50e-84e0b6014513", {"section"}),
        ("?section=monde", {"section"}),
        ("?section=fr/monde&edition=en", {"section"}),
        ("?person=x&topic=y&edition=z&not_topic=w", {"person", "topic", "edition", "not_topic"}),
        ("?person=harbour", {"person"}),
        ("?genre=gossip", {"genre"}),
        ("?genre=news,", {"genre"}),
        ("?genre=", {"genre"}),
        ("?format=scroll", {"format"}),
        ("?language=e_n", {"language"}),
        ("?since=yesterday", {"since"}),
        ("?since=2026-11-20", {"since"}),
        ("?since=2026-11-20T00:00:00", {"since"}),
        ("?since=1763600000", {"since"}),
        ("?until=0001-01-01T00:00:00%2B14:00", {"until"}),
        ("?has_video=1", {"has_video"}),
        ("?limit=0", {"limit"}),
        ("?limit=101", {"limit"}),
        ("?limit=1_0", {"limit"}),
        ("?limit=%2B5", {"limit"}),
        ("?limit=20.0", {"limit"}),
        ("?order=random", {"order"}),
        ("?cursor=abc", {"cursor"}),
        ("?cursor=", {"cursor"}),
        ("?view=full", {"view"}),
        ("?limit=5&limit=5", {"limit"}),
        ("?limit=x&order=y&page=2&page=3", {"limit", "order", "page"}),
        ("?ids=1,2", {"ids"}),
        (f"?ids={','.join([str(uuid4())] * 101)}", {"ids"}),
        ("?ids=529b22be-2f0e-46af-9b3e-531628b522a8&limit=5&order=oldest", {"limit", "order"}),
        ("?external=1787", {"external"}),
        ("?external=wordpress:1&genre=news", {"genre"}),
    ],
)
async def test_what_cannot_be_is_refused_by_name(
    shelf: Shelf, reader, query: str, wrong: set[str]
) -> None:
    await a_newsroom(shelf)

    answer = await reader.get(f"/v1/articles{query}")

    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "urn:masthead:problem:invalid"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == wrong


async def test_hidden_and_missing_sections_look_the_same(shelf: Shelf, reader) -> None:
    hidden = a_document("section", "Hidden", path="/hidden", edition="en")
    await shelf.put(hidden)
    await shelf.put(Remove(id=hidden.id, kind="section", version=1, modified_at=NOON))

    answers = [
        (await reader.get(f"/v1/articles?section={name}", headers={"X-Request-Id": "same"})).content
        for name in ("hidden", "missing", hidden.id, uuid4())
    ]

    assert len(set(answers)) == 1


async def test_a_cursor_is_good_for_its_own_list_only(shelf: Shelf, reader) -> None:
    await a_newsroom(shelf)
    first = (await reader.get("/v1/articles?section=world&limit=1")).json()["next"]
    cursor = first.rpartition("cursor=")[2]

    elsewhere = await reader.get(f"/v1/articles?section=world/sea&limit=1&cursor={cursor}")
    another_size = await reader.get(f"/v1/articles?section=world&limit=2&cursor={cursor}")

    assert elsewhere.status_code == 422
    assert elsewhere.json()["errors"][0]["parameter"] == "cursor"
    assert [card["headline"] for card in another_size.json()["items"]] == ["b", "a"]


async def test_a_withdrawn_article_leaves_its_lists(shelf: Shelf, reader) -> None:
    ids = await a_newsroom(shelf)

    await shelf.put(Remove(id=ids["c"], kind="article", version=1, modified_at=NOON))

    assert await headlines(reader, "?section=world") == ["b", "a"]
    assert await headlines(reader, f"?ids={ids['c']},{ids['a']}") == ["a"]
