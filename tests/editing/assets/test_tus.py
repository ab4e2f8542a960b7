"""Files that come in pieces, by tus: what is kept, what becomes of it, and every refusal."""

import asyncio
import base64
import hashlib
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from app.editing.assets import uploading
from tests import newsroom as newsrooms
from tests.imaging.drawing import jpeg, landscape
from tests.newsroom import Newsroom
from tests.storage.making import no_file_larger_than

PICTURE = jpeg(landscape(700, 500))
UPLOADS = "/desk/uploads"
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
async def newsroom(site_url: str, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, data_dir=tmp_path, max_upload_bytes=200_000) as opened:
        yield opened


def described(**texts: str) -> dict[str, str]:
    pairs = [f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in texts.items()]
    return {"Upload-Metadata": ",".join(pairs)} if pairs else {}


async def begun(newsroom: Newsroom, content: bytes = PICTURE, **texts: str) -> str:
    headers = TUS | {"Upload-Length": str(len(content))} | described(**texts)
    answer = await newsroom.desk.post(UPLOADS, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Upload-Expires"].endswith("GMT")
    return answer.headers["Location"]


async def send(
    newsroom: Newsroom, upload: str, content: bytes, offset: int = 0, **others: str
) -> httpx.Response:
    headers = TUS | {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset),
    }  # fmt: skip
    others = {name.replace("_", "-"): value for name, value in others.items()}
    return await newsroom.desk.patch(upload, content=content, headers=headers | others)


async def head(newsroom: Newsroom, upload: str) -> httpx.Response:
    return await newsroom.desk.head(upload, headers=TUS)


def kind(answer: httpx.Response) -> str:
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    return str(answer.json()["type"]).removeprefix("urn:masthead:problem:")


def lying(folder: Path) -> list[Path]:
    return list((folder / "uploads").iterdir())


async def assets(newsroom: Newsroom) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await newsroom.desk.get("/desk/assets")).json()["items"]
    return found


async def test_a_file_comes_in_pieces_and_becomes_an_asset(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    fields = json.dumps({"alt": "Hügel", "credit": "Photo: Mara Tollen"})
    upload = await begun(newsroom, filename="../../Hügel.jpg", fields=fields)
    at = await head(newsroom, upload)
    assert (at.headers["Upload-Offset"], at.headers["Upload-Length"]) == ("0", str(len(PICTURE)))
    sent = described(filename="../../Hügel.jpg", fields=fields)["Upload-Metadata"]
    assert set(at.headers["Upload-Metadata"].split(",")) == set(sent.split(","))
    assert "no-store" in at.headers["Cache-Control"]

    first = await send(newsroom, upload, PICTURE[:5000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5000")
    assert "Upload-Expires" in first.headers
    assert "Masthead-Asset" not in first.headers
    assert await assets(newsroom) == []
    last = await send(newsroom, upload, PICTURE[5000:], 5000)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(PICTURE)))
    await newsroom.drain()

    asset = (await newsroom.desk.get(f"/desk/assets/{last.headers['Masthead-Asset']}")).json()
    assert (asset["state"], asset["file_name"]) == ("ready", "Hügel.jpg")
    assert (asset["alt"], asset["credit"]) == ("Hügel", "Photo: Mara Tollen")
    assert asset["sha256"] == hashlib.sha256(PICTURE).hexdigest()
    assert asset["created_by"] == "a test's admin"
    beside = await send(newsroom, upload, PICTURE)
    assert (beside.status_code, beside.headers["Upload-Offset"]) == (409, str(len(PICTURE)))
    for again in (await head(newsroom, upload), await send(newsroom, upload, b"", len(PICTURE))):
        assert again.headers["Masthead-Asset"] == asset["id"]
        assert again.headers["Upload-Offset"] == str(len(PICTURE))
    assert len(await assets(newsroom)) == 1
    assert lying(tmp_path) == []


async def test_what_the_server_can_do(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.options(UPLOADS)

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration,checksum"
    assert answer.headers["Tus-Max-Size"] == "200000"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


WRONG: list[tuple[dict[str, str], int, str]] = [
    ({}, 422, "Upload-Length"),
    ({"Upload-Length": "0"}, 422, "Upload-Length"),
    ({"Upload-Length": "-1"}, 422, "Upload-Length"),
    ({"Upload-Length": "1e3"}, 422, "Upload-Length"),
    ({"Upload-Length": "9" * 40}, 422, "Upload-Length"),
    ({"Upload-Length": "10", "Upload-Defer-Length": "1"}, 422, "Upload-Defer-Length"),
    ({"Upload-Length": "200001"}, 413, "200,000 bytes"),
    ({"Upload-Length": "10", "Tus-Resumable": "0.2.2"}, 412, "tus-version"),
    ({"Upload-Length": "10", "Upload-Metadata": "filename ?"}, 422, "Upload-Metadata"),
    ({"Upload-Length": "10", "Upload-Metadata": "fields gA=="}, 422, "Upload-Metadata"),
    ({"Upload-Length": "10", "Upload-Metadata": "filename AA=="}, 422, "Upload-Metadata"),
    ({"Upload-Length": "10", "Upload-Metadata": "colour cmVk"}, 422, "Upload-Metadata"),
    ({"Upload-Length": "10", "Upload-Metadata": "name YQ==,name YQ=="}, 422, "Upload-Metadata"),
    ({"Upload-Length": "10"} | described(fields="{"), 400, "malformed-json"),
    ({"Upload-Length": "10"} | described(fields='{"at": 1}'), 422, "/fields/at"),
]


async def test_what_cannot_begin(newsroom: Newsroom) -> None:
    for headers, status, told in WRONG:
        answer = await newsroom.desk.post(UPLOADS, headers=TUS | headers)
        assert (answer.status_code, told in answer.text) == (status, True), answer.text
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers.get("Tus-Version") is None
    with_bytes = await newsroom.desk.post(
        UPLOADS, content=b"x", headers=TUS | {"Content-Type": "application/json"}
    )
    assert with_bytes.status_code == 415


async def test_what_cannot_be_sent(newsroom: Newsroom) -> None:
    upload = await begun(newsroom)
    await send(newsroom, upload, PICTURE[:10])

    wrong = await send(newsroom, upload, b"x", 5)
    assert (wrong.status_code, kind(wrong)) == (409, "upload-offset")
    assert wrong.headers["Upload-Offset"] == "10"
    many = await send(newsroom, upload, PICTURE[10:] + b"x", 10)
    assert (many.status_code, kind(many)) == (413, "content-too-large")
    for offset in ("", "-1", "x"):
        answer = await newsroom.desk.patch(
            upload, content=b"x",
            headers=TUS | {"Content-Type": "application/offset+octet-stream",
                           "Upload-Offset": offset},
        )  # fmt: skip
        assert answer.json()["errors"][0]["header"] == "Upload-Offset"
    for content in (b"x", b""):
        plain = await newsroom.desk.patch(
            upload, content=content,
            headers=TUS | {"Content-Type": "application/json", "Upload-Offset": "10"},
        )  # fmt: skip
        assert plain.status_code == 415
    old = await newsroom.desk.patch(upload, headers={"Tus-Resumable": "0.2.2"})
    assert (old.status_code, kind(old)) == (412, "tus-version")
    unknown = f"{UPLOADS}/5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"
    assert (await send(newsroom, unknown, b"x")).status_code == 404
    assert (await head(newsroom, unknown)).status_code == 404
    assert (await newsroom.desk.delete(unknown, headers=TUS)).status_code == 404

    assert (await head(newsroom, upload)).headers["Upload-Offset"] == "10"


async def test_a_damaged_piece_is_not_kept(newsroom: Newsroom) -> None:
    upload = await begun(newsroom)
    good = base64.b64encode(hashlib.sha1(PICTURE[:10]).digest()).decode()

    for checksum, status, told in (
        ("sha1 " + base64.b64encode(b"x" * 20).decode(), 460, "upload-checksum"),
        ("md5 AAAA", 400, "bad-request"),
        ("sha1 ???", 422, "invalid"),
    ):
        answer = await send(newsroom, upload, PICTURE[:10], Upload_Checksum=checksum)
        assert (answer.status_code, kind(answer)) == (status, told)
        assert (await head(newsroom, upload)).headers["Upload-Offset"] == "0"
    answer = await send(newsroom, upload, PICTURE[:10], Upload_Checksum=f"sha1 {good}")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "10")
    rest = base64.b64encode(hashlib.sha256(PICTURE[10:]).digest()).decode()
    answer = await send(newsroom, upload, PICTURE[10:], 10, Upload_Checksum=f"sha256 {rest}")
    assert "Masthead-Asset" in answer.headers


async def test_one_sends_at_a_time(newsroom: Newsroom) -> None:
    upload, waiting, go_on = await begun(newsroom), asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield PICTURE[:10]
        waiting.set()
        await go_on.wait()
        yield PICTURE[10:]

    headers = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    sending = asyncio.create_task(newsroom.desk.patch(upload, content=slowly(), headers=headers))
    await waiting.wait()
    for busy in (
        await send(newsroom, upload, PICTURE),
        await newsroom.desk.delete(upload, headers=TUS),
    ):
        assert (busy.status_code, kind(busy), busy.headers["Retry-After"]) == (
            423, "upload-busy", "1",
        )  # fmt: skip
    assert (await head(newsroom, upload)).status_code == 423
    go_on.set()
    assert "Masthead-Asset" in (await sending).headers


async def test_only_the_key_that_began_it_goes_on(newsroom: Newsroom) -> None:
    upload = await begun(newsroom)
    async with await newsroom.client("admin") as other:
        for answer in (
            await other.head(upload, headers=TUS),
            await other.delete(upload, headers=TUS),
            await other.patch(
                upload, content=PICTURE,
                headers=TUS | {"Content-Type": "application/offset+octet-stream",
                               "Upload-Offset": "0"},
            ),
        ):  # fmt: skip
            assert answer.status_code == 404
    assert (await head(newsroom, upload)).headers["Upload-Offset"] == "0"


async def test_giving_up(newsroom: Newsroom, tmp_path: Path) -> None:
    upload = await begun(newsroom)
    await send(newsroom, upload, PICTURE[:10])
    assert (await newsroom.desk.delete(upload, headers=TUS)).status_code == 204
    assert (await head(newsroom, upload)).status_code == 404
    assert lying(tmp_path) == []

    upload = await begun(newsroom)
    asset_id = (await send(newsroom, upload, PICTURE)).headers["Masthead-Asset"]
    answer = await newsroom.desk.post(upload, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 204
    assert [asset["id"] for asset in await assets(newsroom)] == [asset_id]
    assert (await newsroom.desk.post(upload, headers=TUS)).status_code == 405


async def test_a_file_that_cannot_be_taken(newsroom: Newsroom, tmp_path: Path) -> None:
    content = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    upload = await begun(newsroom, content)

    refused = await send(newsroom, upload, content)
    assert refused.status_code == 422
    assert "SVG" in refused.json()["errors"][0]["detail"]
    again = await send(newsroom, upload, b"", len(content))
    assert (again.status_code, kind(again)) == (410, "upload-failed")
    assert "SVG" in again.json()["detail"]
    assert (await head(newsroom, upload)).status_code == 410
    assert (await newsroom.desk.delete(upload, headers=TUS)).status_code == 204
    assert lying(tmp_path) == []
    assert await assets(newsroom) == []


async def test_what_is_told_of_it_may_be_wrong_by_the_end(newsroom: Newsroom) -> None:
    """The bytes are kept: they may have taken hours, and what is wrong may be put right."""
    external = [{"system": "old", "id": "7"}]
    other = await newsroom.upload(PICTURE, external_ids=external)
    upload = await begun(newsroom, fields=json.dumps({"external_ids": external}))

    answer = await send(newsroom, upload, PICTURE)
    assert answer.status_code in (409, 422), answer.text
    gone = await newsroom.desk.delete(other.headers["Location"], headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert "Masthead-Asset" in (await head(newsroom, upload)).headers


async def test_a_full_disk_keeps_what_fits(newsroom: Newsroom) -> None:
    content = b"%PDF-" + os.urandom(150_000)
    upload = await begun(newsroom, content)

    with no_file_larger_than(100_000):
        full = await send(newsroom, upload, content)
        assert (full.status_code, kind(full)) == (507, "out-of-room")
    kept = int((await head(newsroom, upload)).headers["Upload-Offset"])
    assert kept <= 100_000

    last = await send(newsroom, upload, content[kept:], kept)
    asset = (await newsroom.desk.get(f"/desk/assets/{last.headers['Masthead-Asset']}")).json()
    assert asset["sha256"] == hashlib.sha256(content).hexdigest()


async def test_ends_that_meet_make_one_asset(newsroom: Newsroom, tmp_path: Path) -> None:
    """As after a kill between the last byte and the asset: it lies there, whole."""
    upload = await begun(newsroom)
    lies = tmp_path / "uploads" / upload.rpartition("/")[2].replace("-", "")
    lies.write_bytes(PICTURE)

    answers = await asyncio.gather(*(head(newsroom, upload) for _ in range(6)))

    assert {answer.status_code for answer in answers} <= {200, 423}
    done = {a.headers["Masthead-Asset"] for a in answers if a.status_code == 200}
    assert done == {asset["id"] for asset in await assets(newsroom)}
    assert len(done) == 1
    assert (await head(newsroom, upload)).headers["Masthead-Asset"] in done
    assert not lies.exists()


async def test_what_lies_still_is_dropped(newsroom: Newsroom, tmp_path: Path) -> None:
    still, moving, done = [await begun(newsroom) for _ in range(3)]
    await send(newsroom, done, PICTURE)
    yesterday = os.stat(tmp_path).st_mtime - 25 * 3600
    os.utime(tmp_path / "uploads" / still.rpartition("/")[2].replace("-", ""), (yesterday,) * 2)

    await uploading.clear_still.run(newsroom.database)

    assert (await head(newsroom, still)).status_code == 404
    assert (await head(newsroom, moving)).headers["Upload-Offset"] == "0"
    assert "Masthead-Asset" in (await head(newsroom, done)).headers
    assert len(lying(tmp_path)) == 1

    with psycopg.connect(newsroom.url) as connection:
        connection.execute("UPDATE desk.uploads SET created_at = created_at - interval '8 days'")
    await begun(newsroom)
    assert (await head(newsroom, done)).status_code == 404


async def test_a_key_has_so_many_at_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_OPEN", 2)
    first, _ = await begun(newsroom), await begun(newsroom)

    full = await newsroom.desk.post(UPLOADS, headers=TUS | {"Upload-Length": "10"})
    assert (full.status_code, kind(full)) == (409, "conflict")
    await newsroom.desk.delete(first, headers=TUS)
    await begun(newsroom)
