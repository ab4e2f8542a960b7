"""Saved feeds at the desk: making, changing and deleting them, and what names them."""

from typing import Any

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

NOBODY = "00000000-0000-4000-8000-000000000000"


async def picture(newsroom: Newsroom) -> str:
    told = {"kind": "image", "url": "https://media.example.org/tides.jpg", "alt": "Tides"}
    answer = await newsroom.desk.post("/desk/assets", json=told)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def listed(newsroom: Newsroom) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await newsroom.read("/v1/feeds?kind=saved"))["items"]
    return items


async def test_a_feed_is_made_shown_and_changed(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    told: dict[str, Any] = {
        "title": "News with video",
        "description": "What can be watched.",
        "image_id": await picture(newsroom),
        "query": {"section_ids": [section], "has_video": True, "editions": ["en"]},
        "window_hours": 48,
        "size": 20,
        "full_text": False,
        "feed_id": "tag:old.example.org,2009:feed/news",
    }

    made = await create(newsroom, "feeds", edition="en", **told)

    view = made.json()
    assert {name: view[name] for name in told if name != "query"} == {
        name: value for name, value in told.items() if name != "query"
    }
    assert (view["slug"], view["public"], view["digest"]) == ("news-with-video", False, False)
    assert view["query"]["section_ids"] == [section]
    assert view["query"]["genres"] == []
    assert (view["feeds"], view["members"]["complete"]) == ({}, False)
    assert await listed(newsroom) == []
    [summary] = (await newsroom.desk.get("/desk/feeds?edition=en")).json()["items"]
    assert summary == {name: view[name] for name in summary}

    shown = await replace(newsroom, "feeds", made, **told, public=True)

    assert shown.json()["feeds"]["rss"] == "/feeds/saved/news-with-video.rss"
    [item] = await listed(newsroom)
    assert (item["id"], item["title"], item["edition"]) == (view["id"], told["title"], "en")
    assert item["feeds"] == shown.json()["feeds"]
    await newsroom.drain()
    there = (await newsroom.desk.get(made.headers["Location"])).json()
    assert there["members"] == {"complete": True, "looked_at": 0, "articles": 0}


async def test_a_feed_is_of_its_own_edition_unless_it_asks_for_others(newsroom: Newsroom) -> None:
    told = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"}
    await newsroom.desk.post("/desk/editions", json=told)
    french = await create(newsroom, "sections", edition="fr", name="Nouvelles")
    for section in (await newsroom.section("News"), french.json()["id"]):
        await newsroom.published(section_id=section)
    asked: dict[str, Any] = {"own": {}, "french": {"editions": ["fr"]}, "all": {"editions": []}}
    found: dict[str, Any] = {}
    for name, query in asked.items():
        feed = await create(newsroom, "feeds", edition="en", title=name, query=query)
        await newsroom.drain()
        there = (await newsroom.desk.get(feed.headers["Location"])).json()
        found[name] = (there["query"]["editions"], there["members"]["articles"])

    assert found == {"own": (["en"], 1), "french": (["fr"], 1), "all": ([], 2)}


async def test_what_a_feed_names_must_be_there(newsroom: Newsroom) -> None:
    query = {
        name: [NOBODY] for name in ("section_ids", "topic_ids", "person_ids", "series_ids")
    } | {"editions": ["en", "xx"]}

    answer = await newsroom.desk.post(
        "/desk/feeds", json={"edition": "en", "title": "News", "query": query}
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/query/editions/1", "/query/person_ids/0", "/query/section_ids/0", "/query/series_ids/0",
        "/query/topic_ids/0",
    ]  # fmt: skip
    film = await newsroom.desk.post(
        "/desk/assets", json={"kind": "document", "url": "https://media.example.org/plan.pdf"}
    )
    for image_id in (NOBODY, film.json()["id"]):
        sent = {"edition": "en", "title": "News", "image_id": image_id}
        assert pointers(await newsroom.desk.post("/desk/feeds", json=sent)) == ["/image_id"]


async def test_what_a_feed_asks_for_cannot_be_deleted(newsroom: Newsroom) -> None:
    """A feed of one topic would be one of everything without it."""
    made = {
        "section_ids": await create(newsroom, "sections", edition="en", name="Tides"),
        "topic_ids": await create(newsroom, "topics", name="Ferries"),
        "person_ids": await create(newsroom, "people", name="Mara Tollen"),
        "series_ids": await create(newsroom, "series", edition="en", title="Lights"),
    }
    told = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"}
    edition = await newsroom.desk.post("/desk/editions", json=told)
    query = {name: [answer.json()["id"]] for name, answer in made.items()} | {"editions": ["fr"]}
    shown = await picture(newsroom)
    feed = await create(newsroom, "feeds", edition="en", title="F", query=query, image_id=shown)

    nouns = {"section_ids": "sections", "topic_ids": "topics", "person_ids": "people",
             "series_ids": "series"}  # fmt: skip
    for name, answer in made.items():
        refused = await delete(newsroom, nouns[name], answer)
        assert refused.status_code == 409, name
        assert "saved feed f asks for it" in refused.json()["detail"]
    headers = {"If-Match": edition.headers["ETag"]}
    refused = await newsroom.desk.delete("/desk/editions/fr", headers=headers)
    assert (refused.status_code, "feed f" in refused.json()["detail"]) == (409, True)
    asset = await newsroom.desk.get(f"/desk/assets/{shown}")
    assert (await delete(newsroom, "assets", asset)).status_code == 409

    assert (await delete(newsroom, "feeds", feed)).status_code == 204
    for name, answer in made.items():
        assert (await delete(newsroom, nouns[name], answer)).status_code == 204, name
    gone = await newsroom.desk.delete("/desk/editions/fr", headers=headers)
    assert gone.status_code == 204, gone.text


async def test_an_edition_that_has_feeds_stays(newsroom: Newsroom) -> None:
    told = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"}
    edition = await newsroom.desk.post("/desk/editions", json=told)
    await create(newsroom, "feeds", edition="fr", title="Nouvelles")

    headers = {"If-Match": edition.headers["ETag"]}
    refused = await newsroom.desk.delete("/desk/editions/fr", headers=headers)

    assert (refused.status_code, refused.json()["detail"]) == (409, "It still has feeds.")


async def test_values_that_make_no_sense_are_refused_by_name(newsroom: Newsroom) -> None:
    sent = {
        "edition": "en", "title": " ", "window_hours": 0, "size": 501, "full_text": 1,
        "public": "yes", "digest": None, "feed_id": " x", "colour": "red", "slug": "a b",
        "query": {"genres": ["newz"], "formats": ["text "], "languages": ["!"], "has_video": 1,
                  "syndication": None, "words": []},
    }  # fmt: skip

    answer = await newsroom.desk.post("/desk/feeds", json=sent)

    assert pointers(answer) == [
        "/colour", "/digest", "/feed_id", "/full_text", "/public", "/query/formats/0",
        "/query/genres/0", "/query/has_video", "/query/languages/0", "/query/syndication",
        "/query/words", "/size", "/slug", "/title", "/window_hours",
    ]  # fmt: skip


async def test_only_whoever_has_the_scope_changes_feeds(newsroom: Newsroom) -> None:
    feed = await create(newsroom, "feeds", edition="en", title="News")
    sent = {"edition": "en", "title": "Others"}
    for role, status in (("reporter", 403), ("editor", 201), ("importer", 201)):
        async with await newsroom.client(role) as desk:
            answer = await desk.post("/desk/feeds", json=sent)
            assert answer.status_code == status, role
            assert (await desk.get(feed.headers["Location"])).status_code == 200


async def test_a_feed_with_another_slug_is_found_by_its_old_one(newsroom: Newsroom) -> None:
    feed = await create(newsroom, "feeds", edition="en", title="News", public=True)
    await create(newsroom, "feeds", edition="en", title="Other", slug="tides")

    taken = await replace(newsroom, "feeds", feed, title="News", slug="tides")
    moved = await replace(newsroom, "feeds", feed, title="News", slug="fresh", public=True)

    assert (taken.status_code, moved.json()["slug"]) == (409, "fresh")
    assert [item["feeds"]["rss"] for item in await listed(newsroom)] == ["/feeds/saved/fresh.rss"]
    old = await newsroom.reader.get("/feeds/saved/news.rss")
    assert (old.status_code, old.headers["Location"]) == (301, "/feeds/saved/fresh.rss")


async def test_somebody_who_was_slower_changes_nothing(newsroom: Newsroom) -> None:
    feed = await create(newsroom, "feeds", edition="en", title="News")
    await replace(newsroom, "feeds", feed, title="Newest")

    assert (await replace(newsroom, "feeds", feed, title="Mine")).status_code == 412
    assert (await delete(newsroom, "feeds", feed)).status_code == 412
    without = await newsroom.desk.put(feed.headers["Location"], json={"title": "Mine"})
    assert without.status_code == 428


async def test_a_feed_that_is_pushed_to_a_partner_stays(newsroom: Newsroom) -> None:
    feed = await create(newsroom, "feeds", edition="en", title="News")
    told = {"name": "Northgate", "feed_ids": [feed.json()["id"]]}
    partner = await newsroom.desk.post("/desk/partners", json=told)
    pushed = {
        "partner_id": partner.json()["id"], "feed_id": feed.json()["id"], "format": "rss",
        "address": "https://partner.example/news",
    }  # fmt: skip
    delivery = await newsroom.desk.post("/desk/deliveries", json=pushed)
    assert delivery.status_code == 201, delivery.text

    refused = await delete(newsroom, "feeds", feed)
    assert (refused.status_code, "delivered to a partner" in refused.text) == (409, True)

    address = f"/desk/deliveries/{delivery.json()['id']}"
    gone = await newsroom.desk.delete(address, headers={"If-Match": "*"})
    assert gone.status_code == 204, gone.text
    assert (await delete(newsroom, "feeds", feed)).status_code == 204
