"""Assets that are fetched from elsewhere: what comes of them, and why some cannot be had."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from app.editing.assets.fetching import Unfetched
from tests import newsroom as newsrooms
from tests.editing.requests import pointers
from tests.imaging.drawing import jpeg, landscape
from tests.newsroom import Newsroom
from tests.outbound.playing import Asked, Stranger, redirect, reply

PICTURE = jpeg(landscape(700, 500))
PDF = b"%PDF-1.7\nsome pages"


async def begun(newsroom: Newsroom, url: str, kind: str = "image", **told: Any) -> httpx.Response:
    answer = await newsroom.desk.post("/desk/assets/import", json={"kind": kind, "url": url} | told)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["state"], answer.json()["imported_from"]) == ("waiting", url)
    return answer


async def seen(newsroom: Newsroom, begun: httpx.Response) -> dict[str, Any]:
    asset: dict[str, Any] = (await newsroom.desk.get(begun.headers["Location"])).json()
    return asset


def told(newsroom: Newsroom, statement: str) -> None:
    with psycopg.connect(newsroom.url) as connection:
        connection.execute(statement.encode())


async def test_a_picture_is_fetched_and_read(importing: Newsroom, there: Stranger) -> None:
    there.pages["/old.jpg"] = redirect("/uploads/The%20mole.jpg?x=1")
    there.pages["/uploads/The%20mole.jpg?x=1"] = reply(200, PICTURE, content_type="text/plain")

    asset = await begun(importing, there.url("/old.jpg"), alt="The mole")
    await importing.drain()

    found = await seen(importing, asset)
    assert (found["state"], found["width"], found["alt"]) == ("ready", 700, "The mole")
    assert (found["media_type"], found["file_name"]) == ("image/jpeg", "The mole.jpg")
    assert (await importing.desk.get(f"{asset.headers['Location']}/file")).content == PICTURE
    assert there.asked[0].headers["accept"].startswith("image/")

    there.pages["/report"] = reply(200, PDF)
    asset = await begun(importing, there.url("/report"), "document")
    await importing.drain()
    assert (await seen(importing, asset))["state"] == "ready"


async def test_each_final_reason_is_told(
    importing: Newsroom, there: Stranger, tmp_path: Path
) -> None:
    there.pages |= {
        "/page": reply(200, "<!doctype html><p>Log in"),
        "/large": reply(200, b"%PDF-" + b"x" * 200_000),
        "/gone": reply(410, "Gone"),
        "/drawing": reply(200, '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "/empty": reply(200, b""),
        "/broken": reply(200, PICTURE[:2000]),
        "/inward": redirect("http://169.254.169.254/latest/meta-data/"),
        "/round": redirect("/round"),
        "/picture": reply(200, PICTURE),
    }
    reasons = {
        ("/page", "image"): "web page",
        ("/large", "document"): "200,000 bytes",
        ("/gone", "image"): "answers 410",
        ("/drawing", "image"): "SVG",
        ("/empty", "image"): "empty",
        ("/broken", "image"): "",
        ("/inward", "image"): "public internet",
        ("/round", "image"): "redirects more than",
        ("/picture", "video"): "image/jpeg, and not of the kind video",
    }
    assets = {each: await begun(importing, there.url(each[0]), each[1]) for each in reasons}
    inside = await begun(importing, "http://localhost:5432/secret.jpg")
    await importing.drain()

    for each, asset in assets.items():
        found = await seen(importing, asset)
        assert found["state"] == "failed", each
        assert reasons[each] in found["failure"], each
    assert "public internet" in (await seen(importing, inside))["failure"]
    assert list((tmp_path / "uploads").iterdir()) == []

    there.pages["/gone"] = reply(200, PICTURE)
    again = assets["/gone", "image"].headers["Location"]
    assert (await importing.desk.post(f"{again}/prepare")).json()["state"] == "waiting"
    await importing.drain()
    assert (await importing.desk.get(again)).json()["state"] == "ready"


async def test_what_may_pass_is_tried_again(importing: Newsroom, there: Stranger) -> None:
    there.pages["/a.jpg"] = reply(503, "Busy")

    asset = await begun(importing, there.url("/a.jpg"))
    with pytest.raises(Unfetched, match="503"):
        await importing.drain()
    assert (await seen(importing, asset))["state"] == "waiting"
    there.pages["/a.jpg"] = reply(200, PICTURE)
    told(importing, "UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL")
    await importing.drain()
    assert (await seen(importing, asset))["state"] == "ready"

    asset = await begun(importing, "http://127.0.0.1:1/")  # the port is refused for good
    other = await begun(importing, there.url("/b.jpg"))
    there.pages["/b.jpg"] = reply(502, "Away")
    told(importing, "UPDATE jobs.procrastinate_jobs SET attempts = 8")
    await importing.drain()
    assert "public internet" in (await seen(importing, asset))["failure"]
    assert "502" in (await seen(importing, other))["failure"]


async def test_what_was_deleted_meanwhile_leaves_no_file(
    importing: Newsroom, there: Stranger, tmp_path: Path
) -> None:
    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        gone = await importing.desk.delete(asset.headers["Location"], headers={"If-Match": "*"})
        assert gone.status_code == 204
        await reply(200, PICTURE)(asked, writer)

    there.pages["/a.jpg"] = play
    asset = await begun(importing, there.url("/a.jpg"))
    await importing.drain()

    assert there.targets == ["/a.jpg"]
    assert [file for file in (tmp_path / "media").rglob("*") if file.is_file()] == []


async def test_what_cannot_be_asked(importing: Newsroom, site_url: str) -> None:
    for url in ("ftp://example.org/a.jpg", "/a.jpg", "https://me:secret@example.org/a.jpg"):
        answer = await importing.desk.post(
            "/desk/assets/import", json={"kind": "image", "url": url}
        )
        assert (answer.status_code, pointers(answer)) == (422, ["/url"])
    answer = await importing.desk.post(
        "/desk/assets/import",
        json={"kind": "image", "url": "https://example.org", "duration_ms": 1},
    )
    assert pointers(answer) == ["/duration_ms"]
    async with newsrooms.opened(site_url, outbound=False) as silent:
        answer = await silent.desk.post(
            "/desk/assets/import", json={"kind": "image", "url": "https://example.org/a.jpg"}
        )
        assert answer.json()["type"] == "urn:masthead:problem:outbound-off"
