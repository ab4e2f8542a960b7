"""Streams at the desk, and what readers have of them."""

from typing import Any

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

HLS = "https://live.example.org/one/index.m3u8"


async def asset(newsroom: Newsroom, **told: Any) -> str:
    answer = await newsroom.desk.post("/desk/assets", json=told)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def picture(newsroom: Newsroom) -> str:
    return await asset(newsroom, kind="image", url="https://media.example.org/image", alt="A")


async def test_a_stream_is_public_while_the_desk_says_so(newsroom: Newsroom) -> None:
    told: dict[str, Any] = {
        "title": "Kestrel One",
        "url": HLS,
        "backup_urls": ["https://spare.example.org/one.m3u8"],
        "dvr_seconds": 7200,
        "artwork_id": await picture(newsroom),
        "language": "fa",
        "rating": {"system": "USA_TV", "value": "PG"},
        "advisories": ["language"],
        "geo": {"allow": ["FR"]},
        "drm": [{"system": "widevine", "license_url": "https://drm.example.org/licence"}],
        "external_ids": [{"system": "playout", "id": "1"}],
    }
    stream = await create(newsroom, "streams", edition="en", **told)
    await newsroom.read("/v1/streams/kestrel-one", 404)
    assert (await newsroom.read("/v1/streams"))["items"] == []

    shown = await replace(newsroom, "streams", stream, **told, public=True)

    public = await newsroom.read("/v1/streams/kestrel-one")
    assert [source["url"] for source in public["sources"]] == [HLS, *told["backup_urls"]]
    assert {source["media_type"] for source in public["sources"]} == {
        "application/vnd.apple.mpegurl"
    }
    assert (public["language"], public["direction"], public["dvr_seconds"]) == ("fa", "rtl", 7200)
    assert public["rating"]["value"] == "PG"
    assert public["geo"]["allow"] == ["FR"]
    assert public["drm"][0]["license_url"] == "https://drm.example.org/licence"
    assert public["image"]["url"] == "https://media.example.org/image"
    assert public["path"] == "/streams/kestrel-one"
    assert (await newsroom.read("/v1/pages/streams/kestrel-one"))["id"] == public["id"]
    [card] = (await newsroom.read("/v1/streams"))["items"]
    assert card == {name: public[name] for name in card}
    assert card["artwork"]["url"] == public["image"]["url"]
    assert public.keys() - card.keys() == {
        "image", "share", "external_ids", "extras", "modified_at"
    }  # fmt: skip

    hidden = await replace(newsroom, "streams", shown, **told)
    await newsroom.read("/v1/streams/kestrel-one", 410)
    await newsroom.read(f"/v1/streams/{public['id']}", 410)
    assert (await newsroom.read("/v1/streams"))["items"] == []
    assert (await delete(newsroom, "streams", hidden)).status_code == 204


async def test_who_is_live_now_is_said_at_the_desk(newsroom: Newsroom) -> None:
    stream = await create(newsroom, "streams", edition="en", title="One", url=HLS, public=True)
    address = stream.headers["Location"]
    before = await newsroom.reader.get("/v1/streams?on_air=true")
    assert before.json()["items"] == []

    switched = await newsroom.desk.post(f"{address}/on-air", json={"on_air": True})
    again = await newsroom.desk.post(f"{address}/on-air", json={"on_air": True})

    assert switched.json()["on_air"]
    assert again.headers["ETag"] == switched.headers["ETag"] != stream.headers["ETag"]
    after = await newsroom.reader.get(
        "/v1/streams?on_air=true", headers={"If-None-Match": before.headers["ETag"]}
    )
    assert [each["slug"] for each in after.json()["items"]] == ["one"]
    assert (await newsroom.read("/v1/streams?on_air=false"))["items"] == []


async def test_a_slug_that_was_given_up_redirects(newsroom: Newsroom) -> None:
    told = {"title": "One", "url": HLS, "public": True}
    stream = await create(newsroom, "streams", edition="en", **told)
    moved = await replace(newsroom, "streams", stream, **told, slug="first")
    assert moved.status_code == 200

    answer = await newsroom.reader.get("/v1/streams/one")
    span = "since=2026-11-20T00:00:00Z&until=2026-11-21T00:00:00Z"
    below = await newsroom.reader.get(f"/v1/streams/one/schedule?{span}")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/v1/streams/first")
    assert below.status_code == 301
    assert below.headers["Location"].startswith("/v1/streams/first/schedule?since=")
    assert (await newsroom.read(below.headers["Location"]))["items"] == []


async def test_what_cannot_be_a_stream_is_refused(newsroom: Newsroom) -> None:
    playback = {"sources": [{"url": "https://media.example.org/one.mp3"}]}
    audio = await asset(newsroom, kind="audio", playback=playback)
    told = {"edition": "en", "title": "One", "url": HLS}
    loud = await newsroom.desk.post("/desk/streams", json=told | {"artwork_id": audio})
    assert pointers(loud) == ["/artwork_id"]
    taken = told | {"slug": "streams"}
    assert (await newsroom.desk.post("/desk/streams", json=taken)).status_code == 422
    stream = await create(newsroom, "streams", **told)
    address = stream.headers["Location"]
    unseen = await newsroom.desk.put(address, json={"title": "One", "url": HLS})
    assert unseen.status_code == 428


async def test_the_desks_list_is_narrowed(newsroom: Newsroom) -> None:
    identity = {"system": "playout", "id": "7"}
    for title in ("Two", "One"):
        ids = [identity] if title == "One" else []
        await create(newsroom, "streams", edition="en", title=title, url=HLS, external_ids=ids)

    async def found(**query: Any) -> list[str]:
        answer = await newsroom.desk.get("/desk/streams", params=query)
        assert answer.status_code == 200, answer.text
        return [each["title"] for each in answer.json()["items"]]

    assert await found() == ["One", "Two"]
    assert await found(external="playout:7") == ["One"]
    assert await found(edition="fr") == []
    first = await newsroom.desk.get("/desk/streams?limit=1")
    rest = await newsroom.desk.get(first.json()["next"])
    assert [each["title"] for each in rest.json()["items"]] == ["Two"]


async def test_a_picture_that_a_stream_shows_stays_and_changes_with_it(newsroom: Newsroom) -> None:
    shown = await picture(newsroom)
    stream = await create(
        newsroom, "streams", edition="en", title="One", url=HLS, public=True, artwork_id=shown
    )
    gone = await newsroom.desk.delete(f"/desk/assets/{shown}", headers={"If-Match": "*"})
    assert gone.status_code == 409

    changed = await newsroom.desk.put(
        f"/desk/assets/{shown}", json={"alt": "A studio"}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.text
    await newsroom.drain()

    assert (await newsroom.read("/v1/streams/one"))["image"]["alt"] == "A studio"
    assert (await newsroom.read(f"/v1/assets/{shown}"))["alt"] == "A studio"

    other = await picture(newsroom)
    hidden = await newsroom.desk.put(
        f"/desk/streams/{stream.json()['id']}",
        json={"title": "One", "url": HLS, "artwork_id": other},
        headers={"If-Match": "*"},
    )
    assert hidden.status_code == 200, hidden.text
    await newsroom.read(f"/v1/assets/{shown}", 410)
    await newsroom.read(f"/v1/assets/{other}", 404)
