"""Films for tests: video assets at the desk, and what goes along with them."""

from typing import Any

import httpx

from tests.newsroom import Newsroom

HLS = "https://media.example.org/lindle/master.m3u8"
MP4 = "https://media.example.org/lindle/film.mp4"
POSTER = {"url": "https://media.example.org/lindle.jpg", "alt": "A gate", "width": 1280,
          "height": 720}  # fmt: skip
WEBVTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe water came at six.\n"


async def film(newsroom: Newsroom, **fields: Any) -> str:
    """The id of a new video asset, elsewhere, as HLS and as a file."""
    playback = {
        "sources": [
            {"url": MP4, "width": 1920, "height": 1080, "bitrate": 5_200_000},
            {"url": HLS},
        ]
    } | fields.pop("playback", {})
    sent = {"kind": "video", "title": "Inside the gate", "duration_ms": 548_000, **fields}
    answer = await newsroom.desk.post("/desk/assets", json=sent | {"playback": playback})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def caption(
    newsroom: Newsroom, asset_id: str, language: str = "en", kind: str = "captions", **fields: Any
) -> httpx.Response:
    """The answer to setting captions that were not there."""
    sent = {"text": WEBVTT} | fields
    answer = await newsroom.desk.put(
        f"/desk/assets/{asset_id}/captions/{kind}/{language}", json=sent
    )
    assert answer.status_code == 201, answer.text
    return answer


def led_by(asset_id: str, **fields: Any) -> dict[str, Any]:
    """The fields of an article with this film as its lead."""
    return {"lead": {"video": {"asset_id": asset_id, "poster": POSTER, **fields}}}
