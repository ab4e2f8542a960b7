"""An upload by an independent client of tus goes on after kill -9 of the server in the middle."""

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from tusclient.client import TusClient

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.promises.program import family, serving
from tests.promises.serving import served

SIZE, PIECE = 3_000_000, 65_536
TUS = {"Tus-Resumable": "1.0.0"}


def film() -> bytes:
    """Begins as an MP4 does; no two places in it are alike."""
    noise = b"".join(hashlib.sha256(b"%d" % number).digest() for number in range(SIZE // 32))
    return b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + noise


async def broken_off(base: str, upload: str, content: bytes, key: str, die: asyncio.Event) -> None:
    """Half of it, and then nothing more, until the server is dead."""

    async def half() -> AsyncIterator[bytes]:
        for start in range(0, len(content) // 2, PIECE):
            yield content[start : start + PIECE]
        await asyncio.sleep(0.2)  # a moment for the server to take it from the line
        die.set()
        await asyncio.sleep(60)

    headers = TUS | {
        "Authorization": f"Bearer {key}", "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
    }  # fmt: skip
    async with httpx.AsyncClient(base_url=base) as client:
        await client.patch(upload, content=half(), headers=headers)


def gone_on_with(base: str, upload: str, headers: dict[str, str]) -> None:
    """By a client that has never heard of us; and another upload by it, from its beginning."""
    content, tus = film(), TusClient(f"{base}/desk/uploads", headers=headers)
    rest = tus.uploader(
        file_stream=io.BytesIO(content), url=base + upload, chunk_size=500_000, upload_checksum=True
    )
    assert PIECE < rest.offset < len(content)
    rest.upload()
    assert rest.request is not None
    asset_id = rest.request.response_headers["masthead-asset"]
    whole = tus.uploader(file_stream=io.BytesIO(content), metadata={"filename": "Ferry.mp4"})
    whole.upload()

    with httpx.Client(base_url=base, headers=headers) as desk:
        asset = desk.get(f"/desk/assets/{asset_id}").json()
        assert asset["sha256"] == hashlib.sha256(content).hexdigest()
        assert (asset["kind"], asset["state"], asset["size"]) == ("video", "ready", len(content))
        assert desk.get(f"/desk/assets/{asset_id}/file").content == content
        found = desk.get("/desk/assets").json()["items"]
        assert [each["file_name"] for each in found] == ["Ferry.mp4", None]


async def test_an_upload_goes_on_after_a_kill(newsroom: Newsroom, tmp_path: Path) -> None:
    content, key = film(), await newsrooms.key(newsroom.database)
    bearer, die = {"Authorization": f"Bearer {key}"}, asyncio.Event()
    async with serving(newsroom.url, "--no-worker", data_dir=str(tmp_path)) as (base, server):
        headers = TUS | bearer | {"Upload-Length": str(len(content))}
        async with httpx.AsyncClient(base_url=base, headers=headers) as client:
            upload = (await client.post("/desk/uploads")).headers["Location"]
        sending = asyncio.create_task(broken_off(base, upload, content, key, die))
        await die.wait()
        for process in family(server):
            process.kill()
        sending.cancel()
        with pytest.raises((asyncio.CancelledError, httpx.TransportError)):
            await sending
    lies = tmp_path / "uploads" / upload.rpartition("/")[2].replace("-", "")
    kept = lies.stat().st_size
    assert PIECE < kept < len(content)
    assert content.startswith(lies.read_bytes())

    with served(newsroom.url, data_dir=tmp_path) as server:
        await asyncio.to_thread(gone_on_with, f"http://127.0.0.1:{server.port}", upload, bearer)
    assert list((tmp_path / "uploads").iterdir()) == []
