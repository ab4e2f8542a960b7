"""What partners may have: articles and media, and how documents say so."""

from typing import Any

from tests.editing.feeds.test_filling import ids, inside
from tests.editing.requests import create, replace
from tests.newsroom import Newsroom
from tests.publishing.filming import film, led_by

PICTURE = {"kind": "image", "url": "https://media.example.org/tides.jpg", "alt": "Tides"}


async def asset(newsroom: Newsroom, **told: Any) -> str:
    answer = await newsroom.desk.post("/desk/assets", json=told)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_what_is_anothers_or_kept_is_in_no_feed_for_partners(newsroom: Newsroom) -> None:
    """Whether it was published before the feed was made, or after."""
    kinds: dict[str, dict[str, Any]] = {
        "Own": {},
        "Allowed": {"rights": {"syndication": True}},
        "Kept": {"rights": {"syndication": False}},
        "Another's": {"syndicated_from": {"name": "Harbour Wire"}},
    }
    before = {name: await newsroom.published(name, **fields) for name, fields in kinds.items()}
    query = {"syndication": True}
    feed = await create(newsroom, "feeds", edition="en", title="Partners", query=query)
    await newsroom.drain()
    feed_id = feed.json()["id"]

    assert inside(newsroom, feed_id) == ids(before["Own"], before["Allowed"])
    after = {name: await newsroom.published(name, **fields) for name, fields in kinds.items()}
    expected = [each[name] for each in (before, after) for name in ("Own", "Allowed")]
    assert inside(newsroom, feed_id) == ids(*expected)
    kept = await newsroom.save(before["Own"], rights={"syndication": False})
    await newsroom.publish(kept)
    assert ids(kept)[0] not in inside(newsroom, feed_id)
    await replace(newsroom, "feeds", feed, title="Partners")
    await newsroom.drain()
    assert len(inside(newsroom, feed_id)) == 8


async def test_documents_say_what_may_be_syndicated(newsroom: Newsroom) -> None:
    shown = await asset(newsroom, **PICTURE, rights={"syndication": False})
    poster = await asset(newsroom, **PICTURE, rights={"syndication": True})
    filmed = await film(newsroom, rights={"syndication": False}, poster_id=poster)
    live = await newsroom.published(
        rights={"syndication": True, "tdm": "reserved"},
        lead={"video": {"asset_id": filmed}},
        image={"asset_id": shown},
    )
    elsewhere = await newsroom.published(
        image={"url": "https://media.example.org/a.jpg", "alt": "A"}
    )

    document = await newsroom.read(f"/v1/articles/{live.json()['id']}")
    assert document["rights"] == {"license": None, "tdm": "reserved", "syndication": True}
    assert document["image"]["syndication"] is False
    assert document["lead"]["video"]["syndication"] is False
    assert document["lead"]["video"]["poster"]["syndication"] is True
    video = await newsroom.read(f"/v1/videos/{live.json()['id']}")
    assert (video["syndication"], video["artwork"]["syndication"]) == (False, True)
    nobody = await newsroom.read(f"/v1/articles/{elsewhere.json()['id']}")
    assert nobody["image"]["syndication"] is None
    assert nobody["rights"]["syndication"] is None


async def test_media_that_are_kept_are_left_out_of_what_partners_get(newsroom: Newsroom) -> None:
    pictures = [PICTURE | {"url": f"https://media.example.org/{name}.jpg"} for name in "ab"]
    kept = await asset(newsroom, **pictures[0], rights={"syndication": False})
    shown = await asset(newsroom, **pictures[1])
    await newsroom.published(
        "Filmed",
        lead={"video": {"asset_id": await film(newsroom, rights={"syndication": False})}},
        image={"asset_id": shown},
        body=[
            {"type": "image", "asset_id": kept},
            {"type": "paragraph", "text": "Fog."},
            {"type": "gallery", "images": [{"asset_id": kept}, {"asset_id": shown}]},
        ],
    )
    for title, query in (("All", {}), ("Partners", {"syndication": True})):
        await create(newsroom, "feeds", edition="en", title=title, query=query, public=True)
    await newsroom.drain()

    formats = (await newsroom.read("/v1/feeds"))["formats"]
    for name in sorted(each["name"] for each in formats):
        answers = [
            await newsroom.reader.get(f"/feeds/saved/{slug}.{name}") for slug in ("all", "partners")
        ]
        if answers[0].status_code == 404:  # nobody renders this one yet
            continue
        own, partners = (answer.text for answer in answers)
        assert "/a.jpg" not in partners, name
        assert "lindle" not in partners, name
        if name == "json":
            assert "/a.jpg" in own
            assert "lindle" in own
            assert "/b.jpg" in partners


async def test_nor_do_partners_get_the_artwork_of_a_series_that_is_kept(newsroom: Newsroom) -> None:
    wide = {"width": 1280, "height": 720}
    kept = await asset(
        newsroom, **PICTURE | wide | {"url": "https://media.example.org/kept.jpg"},
        rights={"syndication": False},
    )  # fmt: skip
    series = await create(newsroom, "series", edition="en", title="At the edge", public=True,
                          artwork_id=kept)  # fmt: skip
    episode = {"series_id": series.json()["id"], "number": 1}
    await newsroom.published(
        "First", summary="All is said.", episode=episode, **led_by(await film(newsroom))
    )
    for title, query in (("All", {}), ("Partners", {"syndication": True})):
        await create(newsroom, "feeds", edition="en", title=title, query=query, public=True)
    await newsroom.drain()

    for name in ("roku", "roku-search"):
        own, partners = [
            (await newsroom.reader.get(f"/feeds/saved/{slug}.{name}")).text
            for slug in ("all", "partners")
        ]
        assert "At the edge" in own and "At the edge" in partners
        assert ("kept.jpg" in own, "kept.jpg" in partners) == (True, False), name
