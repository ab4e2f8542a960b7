"""A film of ours in a browser, played by hls.js: from another origin, with real tracks."""

import asyncio
import importlib.resources
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app import jobs
from app.assembly import Located
from app.published import media_urls
from app.sessions import open_database
from app.settings import Settings
from tests.browser import chromium
from tests.promises.serving import Desk, opened

HLS_JS = chromium.MODULES / "hls.js" / "dist" / "hls.min.js"
MEDIA = importlib.resources.files("app.exchange.demo") / "media"
PAGE = (Path(__file__).parent / "player.html").read_text()

pytestmark = [
    pytest.mark.skipif(chromium.PROGRAM is None, reason="needs Debian's package chromium"),
    pytest.mark.skipif(not HLS_JS.exists(), reason="needs hls.js: npm install --prefix tests/node"),
]


def uploaded(desk: Desk, name: str, content: bytes | None = None) -> dict[str, Any]:
    content = content or (MEDIA / name).read_bytes()
    answer = desk.client.post("/desk/assets/files", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    asset: dict[str, Any] = answer.json()
    return asset


def changed(desk: Desk, address: str, **content: Any) -> None:
    present = desk.client.get(address)
    tag = {"If-Match": present.headers["ETag"]} if present.status_code == 200 else {}
    answer = desk.client.put(address, json=content, headers=tag)
    assert answer.status_code in (200, 201), answer.text


def published_film(desk: Desk, folder: Path) -> str:
    """The id of a live article with the demo's film, its playlist, captions and two sources."""
    film = uploaded(desk, "mole-camera.mp4")
    poster = uploaded(desk, "mole-camera-frame.jpg")
    address = media_urls.original(film["id"], film["sha256"], film["media_type"])
    playlist = (MEDIA / "mole-camera.m3u8").read_bytes()
    listed = uploaded(desk, "mole-camera.m3u8",
                      playlist.replace(b"mole-camera.mp4", address.encode()))  # fmt: skip
    changed(
        desk, f"/desk/assets/{film['id']}", duration_ms=6_000, poster_id=poster["id"],
        playback={"sources": [{"asset_id": listed["id"]}]},
    )  # fmt: skip
    for language in ("en", "fa"):
        text = (MEDIA / f"mole-camera.{language}.vtt").read_text()
        changed(desk, f"/desk/assets/{film['id']}/captions/captions/{language}", text=text)
    asyncio.run(drained(desk.url, folder))
    work = desk.client.post("/desk/works", json={"kind": "report", "title": "Harbour audit"})
    heard = {
        "type": "reported_by", "work_id": work.json()["id"],
        "anchors": [{"target": "media", "time_ms": [1_000, 5_000]}],
    }  # fmt: skip
    article = desk.published(lead={"video": {"asset_id": film["id"]}}, citations=[heard])
    return str(article.json()["id"])


async def drained(url: str, folder: Path) -> None:
    """Do what the worker would do."""
    here = Located(Settings(_env_file=None, database_url=SecretStr(url), data_dir=folder), False)
    database = open_database(here)
    await jobs.drain(database)
    await database.close()


@pytest.mark.timeout(120)
def test_a_film_plays_with_its_captions_and_sources(site_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with opened(site_url, data_dir=folder) as desk:
        video = published_film(desk, folder)
        page = PAGE % {"api": f"http://127.0.0.1:{desk.port}", "video": video}

        found = chromium.found_by(page, {"hls.js": HLS_JS}, tmp_path / "profile", seconds=60)

    assert found["errors"] == []
    for player in ("hls", "mp4"):
        assert found[player]["sizes"] == [640, 360]
        assert found[player]["lasts"] == pytest.approx(6, abs=0.5)
    assert found["sought"] == pytest.approx(5, abs=0.2)
    assert [len(found["captions"][language]) for language in ("en", "fa")] == [3, 3]
    assert found["captions"]["en"][0] == "[Wind and rain]"
    assert [line["line1"] for line in found["attributions"]] == ["Harbour audit"]
    assert found["picture"] == [1280, 720]
