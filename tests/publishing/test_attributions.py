"""The source lines along a film, from the citations of its article; and films that need tokens."""

from collections.abc import AsyncIterator
from io import StringIO
from typing import Any

import orjson
import pytest
import webvtt

from tests import newsroom as newsrooms
from tests.citing import work
from tests.newsroom import Newsroom
from tests.publishing.filming import HLS, MP4, caption, film, led_by

SECRET = "hmac:0123456789abcdef"


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, playback_secrets={"cdn-1": SECRET}) as opened:
        yield opened


async def publication(newsroom: Newsroom, name: str) -> str:
    answer = await newsroom.desk.post(
        "/desk/publications", json={"name": name, "kind": "newspaper"}
    )
    return str(answer.json()["id"])


def heard(work_id: str, start: int, end: int, **anchor: Any) -> dict[str, Any]:
    """A citation of this work that is heard in a film."""
    at = {"target": "media", "time_ms": [start, end]} | anchor
    return {"type": "reported_by", "work_id": work_id, "anchors": [at]}


async def test_who_is_cited_when_stands_beside_the_film(newsroom: Newsroom) -> None:
    courier = await publication(newsroom, "The Northgate Courier")
    audit = await work(newsroom, "Harbour audit", publication_id=courier)
    minutes = await work(newsroom, "Minutes of the council")
    said_so = {"type": "reported_by", "work_id": minutes, "anchors": [{"exact": "said so"}]}
    live = await newsroom.published(
        body_markdown="They said so.",
        citations=[heard(minutes, 9_000, 15_000), heard(audit, 1_000, 2_000), said_so],
        **led_by(await film(newsroom)),
    )
    address = f"/v1/videos/{live.json()['id']}"

    video = await newsroom.read(address)
    links = video["links"]
    vtt = (await newsroom.reader.get(links["attributions_vtt"])).text
    told = await newsroom.read(links["attributions_json"])

    cues = webvtt.from_buffer(StringIO(vtt)).captions
    assert [(cue.start, cue.end) for cue in cues] == [
        ("00:00:01.000", "00:00:04.000"), ("00:00:09.000", "00:00:15.000"),
    ]  # fmt: skip
    lines = [orjson.loads(cue.text) for cue in cues]
    assert [line["line1"] for line in lines] == ["The Northgate Courier", "Minutes of the council"]
    assert told["v"] == 1
    assert [(cue["start_ms"], cue["end_ms"]) for cue in told["cues"]] == [
        (1_000, 4_000), (9_000, 15_000),
    ]  # fmt: skip
    assert [each["line1"] for each in video["attributions"]] == [
        "The Northgate Courier", "Minutes of the council",
    ]  # fmt: skip

    etag = (await newsroom.reader.get(address)).headers["ETag"]
    renamed = await newsroom.desk.put(
        f"/desk/publications/{courier}", json={"name": "The Courier", "kind": "newspaper"},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert renamed.status_code == 200, renamed.text
    await newsroom.drain()
    again = await newsroom.read(links["attributions_json"])
    assert again["cues"][0]["line1"] == "The Courier"
    assert (await newsroom.reader.get(address)).headers["ETag"] != etag


async def test_a_time_belongs_to_the_film_that_its_anchor_names(newsroom: Newsroom) -> None:
    first, second = await film(newsroom), await film(newsroom)
    audit, minutes = await work(newsroom, "Audit"), await work(newsroom, "Minutes")
    films = [{"type": "video", "asset_id": each} for each in (first, second)]
    draft = await newsroom.article(body=films)
    one, two = (block["id"] for block in draft.json()["content"]["body"])
    citations = [heard(minutes, 0, 5_000, block_id=two), heard(audit, 0, 5_000, block_id=one)]
    live = await newsroom.publish(await newsroom.save(draft, citations=citations))

    told = await newsroom.read(f"/v1/videos/{live.json()['id']}/attributions.json")

    assert [cue["line1"] for cue in told["cues"]] == ["Audit"]


async def test_a_source_behind_the_cut_is_on_no_screen(newsroom: Newsroom) -> None:
    audit = await work(newsroom, "Secret audit")
    hidden = {"type": "reported_by", "work_id": audit,
              "anchors": [{"exact": "said so", "time_ms": [0, 5_000]}]}  # fmt: skip
    live = await newsroom.published(
        body=[
            {"type": "paragraph", "text": "Open."},
            {"type": "paragraph", "text": "They said so."},
        ],
        access={"level": "subscriber", "preview_blocks": 1},
        citations=[hidden],
        **led_by(await film(newsroom)),
    )
    address = f"/v1/videos/{live.json()['id']}"

    video = await newsroom.read(address)

    assert (video["attributions"], video["links"]["attributions_json"]) == ([], None)
    await newsroom.read(f"{address}/attributions.json", 404)


async def test_sources_with_tokens_stand_in_no_document(newsroom: Newsroom) -> None:
    asset = await film(newsroom, playback={"token": {"key": "cdn-1", "minutes": 10}})
    await caption(newsroom, asset)
    free = await newsroom.published("Free", **led_by(asset))
    paid = await newsroom.published("Paid", access={"level": "subscriber"}, **led_by(asset))
    identity = free.json()["id"]

    shown = [f"/v1/videos/{identity}", "/v1/videos", f"/v1/articles/{identity}",
             f"/v1/articles/{identity}?view=app", f"/v1/assets/{asset}"]  # fmt: skip
    for address in shown:
        text = (await newsroom.reader.get(address)).text
        assert "Free" in text or "Inside the gate" in text
        assert HLS not in text and MP4 not in text and "cdn-1" not in text, address
    video = await newsroom.read(f"/v1/videos/{identity}")
    assert (video["sources"], video["token_required"]) == ([], True)

    played = await newsroom.reader.post(video["links"]["playback"])
    assert played.status_code == 200, played.text
    urls = [source["url"] for source in played.json()["sources"]]
    assert urls[0].startswith(f"{HLS}?expires=") and urls[1].startswith(f"{MP4}?expires=")

    moved = {"sources": [{"url": MP4.replace("film", "moved")}], "token": {"key": "cdn-1"}}
    replaced = await newsroom.desk.put(
        f"/desk/assets/{asset}",
        json={"title": "Inside the gate", "duration_ms": 548_000, "playback": moved},
        headers={"If-Match": "*"},
    )
    assert replaced.status_code == 200, replaced.text
    await newsroom.drain()
    played = await newsroom.reader.post(video["links"]["playback"])
    assert "/moved.mp4?" in played.json()["sources"][0]["url"], "though no document shows it"

    locked = f"/v1/videos/{paid.json()['id']}"
    for request in ("POST playback", "GET captions/en.vtt"):
        method, below = request.split()
        assert (await newsroom.reader.request(method, f"{locked}/{below}")).status_code == 401
        async with await newsroom.client("front-end") as front_end:
            assert (await front_end.request(method, f"{locked}/{below}")).status_code == 200
