"""What `/media` answers: who may have which file, in parts or whole, and with which headers."""

import hashlib
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app.published.writes import Remove
from app.storage import keys
from tests.delivery.filing import Filed, Filing, files_in, reading_files, stored_at
from tests.delivery.shelf import NOON, Shelf, a_document
from tests.imaging.drawing import jpeg, quarters

FILM = random.Random(7).randbytes(300_000)
PDF = b"%PDF-1.7 nothing in it"


@pytest.fixture
def filing(shelf: Shelf, tmp_path: Path) -> Filing:
    return Filing(shelf, stored_at(tmp_path))


@pytest.fixture
async def reader(
    database_url: str, filing: Filing, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    async with reading_files(database_url, files_in(tmp_path, filing.storage)) as client:
        yield client


async def test_a_file_is_what_was_stored(filing: Filing, reader: httpx.AsyncClient) -> None:
    film = await filing.add(FILM)

    whole = await reader.get(film.original)
    head = await reader.head(film.original)
    again = await reader.get(film.original, headers={"If-None-Match": whole.headers["etag"]})
    tracked = await reader.get(film.original + "?utm_source=letter&utm_source=tv")

    assert (whole.status_code, whole.content) == (200, FILM)
    told = dict(whole.headers)
    assert told.pop("x-request-id")
    assert told.pop("last-modified").endswith(" GMT")
    etag = told.pop("etag")
    assert etag.startswith('"')
    tag = f"asset-{film.id}"
    assert told == {
        "content-type": "video/mp4",
        "content-length": "300000",
        "accept-ranges": "bytes",
        "cache-control": (
            "public, max-age=31536000, s-maxage=60, stale-if-error=86400, immutable"
        ),
        "surrogate-key": tag, "cache-tag": tag, "xkey": tag,
        "access-control-allow-origin": "*",
        "access-control-expose-headers": (
            "Accept-Ranges, Content-Length, Content-Range, ETag, Retry-After, X-Request-Id"
        ),
        "cross-origin-resource-policy": "cross-origin",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }  # fmt: skip
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == "300000"
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["cache-control"] == whole.headers["cache-control"]
    assert "content-length" not in again.headers
    assert tracked.content == FILM


async def test_parts_of_a_file(filing: Filing, reader: httpx.AsyncClient) -> None:
    film = await filing.add(FILM)
    etag = (await reader.head(film.original)).headers["etag"]

    async def ask(wanted: str, **fields: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return await reader.get(film.original, headers={"Range": wanted, **named})

    for first, last in ((0, 0), (0, 131_071), (131_071, 131_072), (5, 299_999), (150_000, 280_000)):
        answer = await ask(f"bytes={first}-{last}")
        assert (answer.status_code, answer.content) == (206, FILM[first : last + 1])
        assert answer.headers["content-range"] == f"bytes {first}-{last}/300000"
        assert answer.headers["content-length"] == str(last - first + 1)
        assert answer.headers["etag"] == etag
    assert (await ask("bytes=299990-")).content == FILM[-10:]
    assert (await ask("bytes=-10")).content == FILM[-10:]
    assert (await ask("bytes=0-")).status_code == 206  # what players ask, to see whether they can

    behind = await ask("bytes=300000-")
    assert behind.status_code == 416
    assert behind.headers["content-range"] == "bytes */300000"
    assert behind.json()["type"] == "urn:masthead:problem:range-not-satisfiable"
    assert behind.headers["access-control-allow-origin"] == "*"

    several = await ask("bytes=0-1,5-6")
    assert (several.status_code, several.content) == (200, FILM)
    assert (await ask("bytes=0-1", If_Range=etag)).status_code == 206
    other = await ask("bytes=0-1", If_Range='"another"')
    assert (other.status_code, other.content) == (200, FILM)
    assert (await ask("bytes=0-1", If_None_Match=etag)).status_code == 304
    assert (await ask("bytes=900000-", If_None_Match=etag)).status_code == 304
    head = await reader.head(film.original, headers={"Range": "bytes=0-1"})
    assert (head.status_code, head.headers["content-length"]) == (200, "300000")


async def test_what_is_not_in_public_is_not_there(
    filing: Filing, shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    film = await filing.add(FILM)
    draft, person = replace(film, id=uuid4()), replace(film, id=uuid4())
    meta = {"sha256": film.sha256, "media_type": "video/mp4"}
    await shelf.put(a_document("person", "Nobody", identity=person.id, meta=meta))
    remote = await filing.add(b"elsewhere", sha256=None, stored=False)
    for address in (draft.original, person.original, remote.original):
        answer = await reader.get(address)
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "public, max-age=0, s-maxage=5"
        assert answer.json()["type"] == "urn:masthead:problem:not-found"

    await shelf.put(Remove(id=film.id, kind="asset", version=2, modified_at=NOON, notice="Expired"))
    gone = await reader.get(film.original)
    assert (gone.status_code, gone.json()["notice"]) == (410, "Expired")
    assert gone.headers["surrogate-key"] == f"asset-{film.id}"
    await shelf.put(Remove(id=film.id, kind="asset", version=3, modified_at=NOON, status=451))
    assert (await reader.head(film.original)).status_code == 451
    assert (await reader.get(film.original, headers={"If-None-Match": "*"})).status_code == 451

    await filing.publish(film)
    assert (await reader.get(film.original)).content == FILM


async def test_only_the_addresses_that_an_asset_has(
    filing: Filing, reader: httpx.AsyncClient
) -> None:
    film = await filing.add(jpeg(quarters(90, 60)))  # a picture, but not by its type
    picture = await filing.picture(focus=(50, 33))
    start = f"/media/{picture.id}/{picture.sha256[:12]}"
    wrong = [
        "/media/", "/media", f"{start}/", f"{start}/original.jpg", f"{start}/original.png",
        f"{start}/w640.png", f"{start}/w640.avif", f"{start}/w641.jpg", f"{start}/w640.gif",
        f"{start}/16x9-1280.jpg", f"{start}/16x9-1280-50x34.jpg", f"{start}/16x9-1280-050x33.jpg",
        f"{start}/16x9-1280-33x50.jpg", f"{start}/w640-50x33.jpg", f"{start}/w640.jpg/",
        f"{start}/../w640.jpg", f"{start}/%2e%2e/w640.jpg", f"{start}/w640.jpg%00",
        f"{start}//w640.jpg",
        f"/media/{picture.id}/{'0' * 12}/w640.jpg",
        f"/media/{picture.id}/{picture.sha256}/w640.jpg",
        f"/media/{str(picture.id).upper()}/{picture.sha256[:12]}/w640.jpg",
        film.rendition("w640"), film.original.replace(".mp4", ".mov"),
        film.original.replace(".mp4", ".html"), film.original.replace(film.sha256[:12], "f" * 12),
    ]  # fmt: skip

    answers = {address: await reader.get(address) for address in wrong}

    assert {address: answer.status_code for address, answer in answers.items()} == {
        address: 400 if "%00" in address else 404 for address in wrong
    }
    assert (await reader.get(picture.rendition("16x9-1280"))).status_code == 200


async def test_originals_are_served_but_not_of_pictures(
    filing: Filing, reader: httpx.AsyncClient
) -> None:
    """Pictures can tell where they were taken: there are only renditions of them."""
    for media_type in ("video/mp4", "video/webm", "audio/mpeg", "application/vnd.apple.mpegurl"):
        filed = await filing.add(b"<script>alert(1)</script>", media_type)
        answer = await reader.get(filed.original)
        assert answer.headers["content-type"] == media_type
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "content-disposition" not in answer.headers

    for media_type in ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"):
        filed = await filing.add(jpeg(quarters(90, 60)), media_type)
        assert (await reader.get(filed.original)).status_code == 404


async def test_what_no_type_of_ours_is_never_served(
    filing: Filing, reader: httpx.AsyncClient
) -> None:
    pdf = await filing.add(PDF, "application/pdf")
    answer = await reader.get(pdf.original)
    assert (answer.content, answer.headers["content-disposition"]) == (PDF, "attachment")

    for media_type in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"):
        page = Filed(uuid4(), b"<script>alert(1)</script>", media_type)
        await filing.publish(page)
        for end in ("mp4", "pdf", "svg", "html", "jpg"):
            address = f"/media/{page.id}/{page.sha256[:12]}/original.{end}"
            assert (await reader.get(address)).status_code == 404, (media_type, end)
        assert (await reader.get(page.rendition("w640"))).status_code == 404


async def test_one_can_only_read_and_any_page_may(
    filing: Filing, reader: httpx.AsyncClient
) -> None:
    film = await filing.add(FILM)
    asked = {"Origin": "https://tv.example", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "range"}  # fmt: skip

    allowed = await reader.options(film.original, headers=asked)
    refused = await reader.post(film.original)
    body = await reader.request("GET", film.original, content=b"x")

    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "Range" in allowed.headers["access-control-allow-headers"].split(", ")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert body.status_code == 413


async def test_a_storage_that_fails_is_told_before_the_first_byte(
    filing: Filing, reader: httpx.AsyncClient, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    lost = await filing.add(b"lost", stored=False)
    assert (await reader.get(lost.original)).status_code == 404

    folder = (tmp_path / "media" / keys.original(film.sha256)).parent
    moved = folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(moved)  # the storage follows no links: to it, this is a broken disk
    for ask in (reader.get, reader.head):
        broken = await ask(film.original)
        assert broken.status_code == 503
        assert broken.headers["retry-after"] == "5"
        assert broken.headers["cache-control"] == "private, no-store"
        assert str(tmp_path) not in broken.text


async def test_an_address_says_the_same_in_every_process(
    database_url: str, filing: Filing, tmp_path: Path
) -> None:
    film, picture = await filing.add(FILM), await filing.picture()
    etags = []
    for folder in ("one", "two"):
        files = files_in(tmp_path / folder, filing.storage)
        async with reading_files(database_url, files) as client:
            asked = [await client.head(each) for each in (
                film.original, picture.rendition("w320"), picture.rendition("w320", "webp"),
                picture.rendition("1x1-800"),
            )]  # fmt: skip
            etags.append([answer.headers["etag"] for answer in asked])

    assert etags[0] == etags[1]
    assert len(set(etags[0])) == 4
    assert hashlib.sha256(FILM).hexdigest()[:32] not in "".join(etags[0])


async def test_readers_are_sent_to_the_cdn_which_gets_the_bytes(
    database_url: str, filing: Filing, tmp_path: Path
) -> None:
    film = await filing.add(FILM)
    files = files_in(tmp_path, filing.storage)
    cdn = "https://cdn.example/files/"
    async with reading_files(database_url, files, cdn=cdn) as client:
        sent = await client.get(film.original + "?utm_source=tv")
        asked = await client.get(film.original, headers={"CDN-Loop": "kestrel"})
        nowhere = await client.get("/media/x")
        gone = await client.get(replace(film, id=uuid4()).original, headers={"CDN-Loop": "a"})

    assert sent.status_code == 307
    assert sent.headers["location"] == f"https://cdn.example/files{film.original}"
    assert sent.headers["cache-control"].startswith("public, max-age=10, s-maxage=40")
    assert sent.headers["access-control-allow-origin"] == "*"
    assert asked.content == FILM
    assert [each.headers["vary"] for each in (sent, asked, nowhere, gone)] == ["CDN-Loop"] * 4
    assert (nowhere.status_code, gone.status_code) == (404, 404)
