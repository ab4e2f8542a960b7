"""HLS addresses are looked at: what they tell is filled in, and those that are dead are found."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.editing.assets.hls import rounds, tasks
from app.outbound.fetching import fetch
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.outbound.playing import Asked, Stranger, reply

MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",URI="en.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Farsi",LANGUAGE="fa",URI="fa.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Français",LANGUAGE="fr",URI="fr.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2",AUDIO="a",SUBTITLES="s"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=5200000,RESOLUTION=1920x1080,CODECS="avc1.640028,mp4a.40.2",AUDIO="a",SUBTITLES="s"
high.m3u8
"""
MEDIA = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\na.ts\n#EXTINF:4.5,\nb.ts\n#EXT-X-ENDLIST\n"


@pytest.fixture
async def calling(site_url: str, there: Stranger) -> AsyncIterator[Newsroom]:
    only_there = partial(fetch, allowed={there.endpoint})
    async with newsrooms.opened(site_url, fetch=only_there) as opened:
        yield opened


def play(there: Stranger, master: str = MASTER) -> str:
    there.pages |= {
        "/master.m3u8": reply(200, master, content_type="application/vnd.apple.mpegurl"),
        "/high.m3u8": reply(200, MEDIA),
    }
    return there.url("/master.m3u8")


async def register(newsroom: Newsroom, *urls: str, **playback: Any) -> str:
    sources = [{"url": url, "media_type": "application/vnd.apple.mpegurl"} for url in urls]
    sent = {"kind": "video", "title": "Gate", "playback": {"sources": sources, **playback}}
    answer = await newsroom.desk.post("/desk/assets", json=sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def asset(newsroom: Newsroom, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = (await newsroom.desk.get(f"/desk/assets/{identity}")).json()
    return found


async def checks(newsroom: Newsroom, query: str = "") -> list[dict[str, Any]]:
    answer = await newsroom.desk.get(f"/desk/stream-checks{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def older(newsroom: Newsroom, minutes: int) -> None:
    async with newsroom.database.write() as session:
        await session.execute(
            text(
                "UPDATE desk.stream_checks SET"
                " checked_at = checked_at - make_interval(mins => :minutes),"
                " failing_since = failing_since - make_interval(mins => :minutes)"
            ),
            {"minutes": minutes},
        )


async def test_what_a_master_tells_is_filled_in_where_it_was_left_open(
    calling: Newsroom, there: Stranger
) -> None:
    identity = await register(calling, play(there))
    before = await asset(calling, identity)

    await calling.drain()

    found = await asset(calling, identity)
    [source] = found["playback"]["sources"]
    assert (source["width"], source["height"], source["quality"]) == (1920, 1080, "FHD")
    assert (source["bitrate"], source["codecs"]) == (5_200_000, "avc1.640028,mp4a.40.2")
    assert found["playback"]["audio_languages"] == ["en", "fa"]
    assert found["duration_ms"] == 14_500
    assert found["edit"] == before["edit"] if "edit" in before else True
    [check] = await checks(calling)
    assert (check["owner_kind"], check["owner_id"]) == ("asset", identity)
    assert (check["failures"], check["dead"], check["detail"]) == (0, False, None)
    assert [each["height"] for each in check["found"]["qualities"]] == [360, 1080]
    assert check["found"]["subtitles"] == [{"language": "fr", "name": "Français"}]
    assert (check["found"]["is_live"], check["found"]["duration"]) == (False, 14.5)
    assert [each.target for each in there.asked] == ["/master.m3u8", "/high.m3u8"]


async def test_what_an_editor_said_stays(calling: Newsroom, there: Stranger) -> None:
    url = play(there)
    sent = {
        "kind": "video", "duration_ms": 1_000,
        "playback": {"sources": [{"url": url, "height": 720}], "audio_languages": ["de"]},
    }  # fmt: skip
    answer = await calling.desk.post("/desk/assets", json=sent)

    await calling.drain()

    found = await asset(calling, answer.json()["id"])
    [source] = found["playback"]["sources"]
    assert (source["height"], source["bitrate"]) == (720, 5_200_000)
    assert (found["playback"]["audio_languages"], found["duration_ms"]) == (["de"], 1_000)


async def test_no_asset_is_longer_than_the_desk_takes(calling: Newsroom, there: Stranger) -> None:
    identity = await register(calling, play(there))
    there.pages["/high.m3u8"] = reply(200, MEDIA.replace("4.5", "1209600"))

    await calling.drain()

    assert (await asset(calling, identity))["duration_ms"] is None


@pytest.mark.parametrize(
    ("master", "says"),
    [
        (None, "answers 404"),
        ("<title>Not a playlist</title>", "does not begin with #EXTM3U"),
        (MASTER.replace("high.m3u8", "gone.m3u8"), "best quality"),
        (MASTER.replace("high.m3u8", "http://169.254.169.254/x.m3u8"), "best quality"),
    ],
)
async def test_what_cannot_be_played_is_failing(
    calling: Newsroom, there: Stranger, master: str | None, says: str
) -> None:
    url = there.url("/missing.m3u8") if master is None else play(there, master)
    identity = await register(calling, url)

    await calling.drain()

    [check] = await checks(calling, "?failing=true")
    assert (check["owner_id"], check["failures"], check["dead"]) == (identity, 1, False)
    assert says in check["detail"]
    assert await checks(calling, "?failing=false") == []


async def test_a_stream_that_fails_for_an_hour_is_dead_and_lives_again(
    calling: Newsroom, there: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = await register(calling, there.url("/master.m3u8"))
    live = await calling.published(lead={"video": {"asset_id": identity}})
    await calling.drain()
    for failures in (2, 3, 4):
        assert await checks(calling, "?dead=true") == [], "three in 52 minutes are too few"
        assert await rounds.check_due(calling.database) == 0, "not due yet"
        await older(calling, 26)
        assert await rounds.check_due(calling.database) == 1
        [check] = await checks(calling)
        assert check["failures"] == failures
    assert [check["dead"] for check in await checks(calling)] == [True]
    report = (await calling.desk.get("/desk/tv-report?missing=dead_stream")).json()["items"]
    assert [each["article_id"] for each in report] == [live.json()["id"]]

    play(there)
    await older(calling, 31)
    assert await rounds.check_due(calling.database) == 1
    assert await checks(calling, "?dead=true") == []
    await calling.drain()
    video = await calling.read(f"/v1/videos/{live.json()['id']}")
    assert (video["sources"][0]["height"], video["duration"]) == (1080, 14.5), "readers were told"
    await older(calling, 60 * 22)
    assert await rounds.check_due(calling.database) == 0
    await older(calling, 61)
    assert await rounds.check_due(calling.database) == 1


async def test_an_address_may_be_long(calling: Newsroom, there: Stranger) -> None:
    signature = "".join(str(uuid4()) for _ in range(100))  # such that no index can pack it
    await register(calling, *(there.url(f"/{at}.m3u8?{signature}") for at in range(2)))

    await calling.drain()

    first = (await calling.desk.get("/desk/stream-checks?limit=1")).json()
    [second] = (await calling.desk.get(first["next"])).json()["items"]
    assert {first["items"][0]["url"][-20:], second["url"][-20:]} == {signature[-20:]}
    assert second["url"] != first["items"][0]["url"]


async def test_being_turned_away_is_no_failure(calling: Newsroom, there: Stranger) -> None:
    there.pages["/master.m3u8"] = reply(403)
    await register(calling, there.url("/master.m3u8"))

    await calling.drain()

    [check] = await checks(calling)
    assert check["failures"] == 0 and "turned us away (403)" in check["detail"]


async def test_nobody_is_dead_while_our_own_line_is_down(
    calling: Newsroom, there: Stranger
) -> None:
    async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.close()

    there.pages["/a.m3u8"] = hang_up
    identity = await register(calling, there.url("/a.m3u8"))
    await calling.published(lead={"video": {"asset_id": identity}})
    await calling.drain()
    for _ in range(4):
        await older(calling, 31)
        assert await rounds.check_due(calling.database) == 1
    assert await checks(calling, "?dead=true") == []

    await register(calling, play(there))
    await calling.drain()
    await older(calling, 31)
    await rounds.check_due(calling.database)

    [dead] = await checks(calling, "?dead=true")
    assert dead["owner_id"] == identity


async def test_addresses_that_are_no_longer_used_are_forgotten_and_tokens_not_tried(
    calling: Newsroom, there: Stranger
) -> None:
    identity = await register(calling, play(there), there.url("/other.m3u8"))
    await calling.drain()
    assert len(await checks(calling, f"?owner_id={identity}")) == 2

    source = {"url": there.url("/other.m3u8")}
    replaced = await calling.desk.put(
        f"/desk/assets/{identity}",
        json={"title": "Gate", "playback": {"sources": [source]}},
        headers={"If-Match": "*"},
    )
    assert replaced.status_code == 200, replaced.text
    await calling.drain()
    [left] = await checks(calling)
    assert left["url"].endswith("/other.m3u8")

    there.asked.clear()
    await register(calling, play(there), token={"key": "cdn-1"})
    await calling.drain()
    assert there.asked == []


async def test_live_channels_are_looked_at_with_their_back_ups(
    calling: Newsroom, there: Stranger
) -> None:
    sent = {"edition": "en", "title": "Kestrel Bay live", "url": play(there),
            "backup_urls": [there.url("/backup.m3u8")]}  # fmt: skip
    answer = await calling.desk.post("/desk/streams", json=sent)
    assert answer.status_code == 201, answer.text

    await calling.drain()

    found = {each["url"].rpartition("/")[2]: each for each in await checks(calling)}
    assert {each["owner_id"] for each in found.values()} == {answer.json()["id"]}
    assert found["master.m3u8"]["failures"] == 0
    assert "answers 404" in found["backup.m3u8"]["detail"]


async def test_what_is_deleted_is_not_dead_for_ever(calling: Newsroom, there: Stranger) -> None:
    stays = await register(calling, there.url("/a.m3u8"))
    goes = await register(calling, there.url("/a.m3u8"))
    emptied = await register(calling, there.url("/a.m3u8"))
    sent = {"edition": "en", "title": "Kestrel Bay live", "url": there.url("/a.m3u8")}
    stream = (await calling.desk.post("/desk/streams", json=sent)).json()["id"]
    await calling.drain()
    assert len(await checks(calling)) == 4

    any_edit = {"If-Match": "*"}
    for path in (f"/desk/assets/{goes}", f"/desk/streams/{stream}"):
        assert (await calling.desk.delete(path, headers=any_edit)).status_code == 204
    none = {"title": "Gate", "playback": {"sources": [{"url": there.url("/a.mp4")}]}}
    await calling.desk.put(f"/desk/assets/{emptied}", json=none, headers=any_edit)
    await tasks.begin_round.run(calling.database)

    assert [check["owner_id"] for check in await checks(calling)] == [stays]


async def test_where_calls_are_switched_off_nothing_is_looked_at(site_url: str) -> None:
    async with newsrooms.opened(site_url, outbound=False) as silent:
        await register(silent, "https://media.example.org/master.m3u8")
        await silent.drain()

        assert await checks(silent) == []
        assert await rounds.check_due(silent.database) == 0
