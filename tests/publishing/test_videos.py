"""The public video of an article: which film it is, what is told of it, and when it changes."""

from collections.abc import AsyncIterator

import pytest

from app.publishing.videos import in_order
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.publishing.filming import HLS, MP4, POSTER, WEBVTT, caption, film, led_by


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def test_a_lead_video_is_a_video_with_all_that_a_tv_needs(newsroom: Newsroom) -> None:
    asset = await film(
        newsroom,
        language="en",
        playback={"rating": {"system": "USA_TV", "value": "PG"}, "advisories": ["violence"],
                  "chapters": [{"at_ms": 0, "title": "Down"}], "transcript": "A hundred steps."},
    )  # fmt: skip
    await caption(newsroom, asset, label="English")
    await caption(newsroom, asset, "fr", "subtitles")
    live = await newsroom.published(
        "Inside the Lindle gate",
        summary="A hundred and four steps down.",
        external_ids=[
            {"system": "content_id", "id": "old-1787"},
            {"system": "wordpress", "id": "1"},
        ],
        **led_by(asset),
    )
    identity = live.json()["id"]

    video = await newsroom.read(f"/v1/videos/{identity}")
    [card] = (await newsroom.read("/v1/videos"))["items"]

    assert [source["url"] for source in video["sources"]] == [HLS, MP4]
    assert card.items() <= video.items()
    assert video["id"] == identity
    assert (video["title"], video["duration"]) == ("Inside the Lindle gate", 548.0)
    assert (video["content_id"], video["media_type"]) == ("old-1787", "shortFormVideo")
    assert video["artwork"]["url"] == POSTER["url"] and video["artwork"]["crops"] == {}
    assert card["captions"] == [
        {"kind": "captions", "language": "en", "label": "English",
         "url": f"/v1/videos/{identity}/captions/en.vtt"},
        {"kind": "subtitles", "language": "fr", "label": "fr",
         "url": f"/v1/videos/{identity}/captions/fr.subtitles.vtt"},
    ]  # fmt: skip
    assert card["rating"] == {"system": "USA_TV", "value": "PG"}
    assert video["links"] == {"article": f"/v1/articles/{identity}", "playback": None,
                              "attributions_vtt": None, "attributions_json": None}  # fmt: skip
    assert video["chapters"] == [{"at_ms": 0, "title": "Down"}]
    assert video["transcript"] == "A hundred steps."
    article = await newsroom.read(f"/v1/articles/{identity}")
    assert article["lead"]["video"]["captions"] == card["captions"]


async def test_captions_follow_their_film_into_live_articles(newsroom: Newsroom) -> None:
    first, second = await film(newsroom), await film(newsroom)
    live = await newsroom.published(
        body=[{"type": "video", "asset_id": first}, {"type": "video", "asset_id": second}]
    )
    address = f"/v1/videos/{live.json()['id']}"
    before = (await newsroom.reader.get(address)).headers["ETag"]

    await caption(newsroom, first)
    await caption(newsroom, second, "fr", "subtitles")
    await newsroom.drain()

    read = await newsroom.reader.get(f"{address}/captions/en.vtt")
    assert (read.status_code, read.text) == (200, WEBVTT)
    assert read.headers["Content-Type"] == "text/vtt; charset=utf-8"
    other = await newsroom.reader.get(f"{address}/captions/{second}.fr.subtitles.vtt")
    assert other.status_code == 200
    assert (await newsroom.reader.get(f"{address}/captions/fr.vtt")).status_code == 404
    assert (await newsroom.reader.get(address)).headers["ETag"] != before

    changed = await newsroom.desk.put(
        f"/desk/assets/{first}/captions/captions/en",
        json={"text": WEBVTT.replace("six", "seven")},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 200, changed.text
    await newsroom.drain()
    again = await newsroom.reader.get(f"{address}/captions/en.vtt")
    assert "seven" in again.text
    assert again.headers["ETag"] != read.headers["ETag"], "though its document is what it was"

    deleted = await newsroom.desk.delete(
        f"/desk/assets/{first}/captions/captions/en", headers={"If-Match": "*"}
    )
    assert deleted.status_code == 204
    await newsroom.drain()
    assert (await newsroom.reader.get(f"{address}/captions/en.vtt")).status_code == 404


async def test_plain_language_finds_subtitles_where_there_are_no_captions(
    newsroom: Newsroom,
) -> None:
    asset = await film(newsroom)
    await caption(newsroom, asset, "fr", "subtitles", text=WEBVTT.replace("The water", "L'eau"))
    live = await newsroom.published(**led_by(asset))
    address = f"/v1/videos/{live.json()['id']}/captions/fr.vtt"

    assert "L'eau" in (await newsroom.reader.get(address)).text
    await caption(newsroom, asset, "fr")
    await newsroom.drain()
    assert "The water" in (await newsroom.reader.get(address)).text


async def test_only_what_anyone_may_watch_is_a_video(newsroom: Newsroom) -> None:
    asset = await film(newsroom)
    await caption(newsroom, asset)
    text = {"type": "paragraph", "text": "First."}
    behind = await newsroom.published(
        "Behind the cut",
        body=[text, {"type": "video", "asset_id": asset}],
        access={"level": "subscriber", "preview_blocks": 1},
    )
    lead = await newsroom.published(
        "Above it",
        access={"level": "subscriber"},
        **led_by(asset, transcript="What was said is not for all."),
    )
    words = await newsroom.published("Words")

    assert [card["title"] for card in (await newsroom.read("/v1/videos"))["items"]] == ["Above it"]
    for hidden in (behind, words):
        await newsroom.read(f"/v1/videos/{hidden.json()['id']}", 404)
    cut = await newsroom.read(f"/v1/videos/{lead.json()['id']}")
    assert cut["transcript"] is None
    assert cut["access"]["level"] == "subscriber" and cut["access"]["cut"] is True
    captions = f"/v1/videos/{behind.json()['id']}/captions/{asset}.en.vtt"
    assert (await newsroom.reader.get(captions)).status_code == 401
    async with await newsroom.client("front-end") as front_end:
        opened = await front_end.get(captions)
    assert opened.status_code == 200
    assert opened.headers["Cache-Control"] == "private, no-store"


async def test_a_withdrawn_article_has_no_video_any_more(newsroom: Newsroom) -> None:
    asset = await film(newsroom)
    await caption(newsroom, asset)
    live = await newsroom.published(**led_by(asset))
    identity = live.json()["id"]

    gone = await newsroom.desk.post(
        f"/desk/articles/{identity}/withdraw", json={"notice": "It was the wrong film."},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert gone.status_code == 200, gone.text

    for address in ("", "/captions/en.vtt", "/attributions.json"):
        problem = await newsroom.read(f"/v1/videos/{identity}{address}", 410)
        assert problem["notice"] == "It was the wrong film."
    played = await newsroom.reader.post(f"/v1/videos/{identity}/playback")
    assert played.status_code == 410
    assert (await newsroom.read("/v1/videos"))["items"] == []


def test_sources_stand_in_the_order_in_which_a_tv_should_try_them() -> None:
    def source(media_type: str, height: int | None, bitrate: int | None = None) -> dict:
        return {"media_type": media_type, "height": height, "bitrate": bitrate}

    small, large = source("video/mp4", 480), source("video/mp4", 1080, 1)
    larger, unknown = source("video/mp4", 1080, 2), source("video/webm", None)
    dash, hls = source("application/dash+xml", None), source("application/vnd.apple.mpegurl", 240)

    assert in_order([small, unknown, large, dash, larger, hls]) == [
        hls, dash, larger, large, small, unknown,
    ]  # fmt: skip
