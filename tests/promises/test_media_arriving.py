"""Many pictures at once, and the process that reads them killed: none is lost, memory is bounded,
readers hardly notice. And rights that end while the program runs.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import psutil
import pytest

from tests import newsroom as newsrooms
from tests.imaging.drawing import jpeg, landscape
from tests.promises.program import family, serving

CLIENTS = 8
MORE = 300 * 2**20


@asynccontextmanager
async def reading(address: str, pause: float) -> AsyncIterator[list[float]]:
    """Somebody reads this meanwhile, again and again, with pauses of so many seconds; afterwards
    the list has how long each took, in seconds."""
    took: list[float] = []
    reader = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.promises.reading", address, str(pause)),
        stdin=PIPE, stdout=PIPE, limit=2**26,
    )  # fmt: skip
    try:
        yield took
        told, _ = await reader.communicate(b"")
        assert reader.returncode == 0
        took += json.loads(told)
    finally:
        with suppress(ProcessLookupError):
            reader.kill()


def p99(took: list[float]) -> float:
    return quantiles(took, n=100)[-1]


@dataclass
class Memory:
    """The most that a process and its children have had, above what they had at first."""

    process: psutil.Process
    first: int = 0
    most: int = 0

    async def until(self, done: asyncio.Event) -> None:
        self.first = self.present()
        while not done.is_set():
            self.most = max(self.most, self.present() - self.first)
            await asyncio.sleep(0.2)

    def present(self) -> int:
        found = 0
        for each in family(self.process):
            try:
                # What is counted anyway: to have each page looked at would stop the process.
                told = each.memory_info()
                found += told.rss - getattr(told, "shared", 0)
            except psutil.NoSuchProcess:
                continue
        return found


def pictures(count: int, width: int) -> list[bytes]:
    """All different."""
    drawn = jpeg(landscape(width, width * 2 // 3), Q=85)
    return [drawn[:-2] + b"\xff\xfe\x00\x06" + n.to_bytes(4, "big") + drawn[-2:]
            for n in range(count)]  # fmt: skip


async def _uploaded(desk: httpx.AsyncClient, waiting: list[bytes]) -> list[str]:
    found: list[str] = []

    async def client() -> None:
        while waiting:
            answer = await desk.post(
                "/desk/assets/files", files={"file": ("a.jpg", waiting.pop(), "image/jpeg")}
            )
            assert answer.status_code == 201, answer.text
            found.append(answer.json()["id"])

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return found


async def _until(
    holds: Callable[[], Awaitable[bool]], *, seconds: float, pause: float = 0.05
) -> float:
    """How long it took until it did."""
    began = time.perf_counter()
    while not await holds():
        assert time.perf_counter() - began < seconds, "it took too long"
        await asyncio.sleep(pause)
    return time.perf_counter() - began


async def _kill(program: psutil.Process, times: int) -> None:
    """Kill the process that reads pictures, while it does."""
    for _ in range(times):
        await asyncio.sleep(0.5)
        for each in family(program):
            with suppress(psutil.NoSuchProcess):
                if "app.imaging.child" in each.cmdline():
                    each.kill()


async def _states(desk: httpx.AsyncClient) -> list[str]:
    states: list[str] = []
    link = "/desk/assets?limit=100"
    while link:
        page = (await desk.get(link)).json()
        states += [asset["state"] for asset in page["items"]]
        link = page["next"]
    return states


async def _story(url: str, folder: Path, count: int, width: int) -> tuple[float, float, Memory]:
    async with newsrooms.opened(url, data_dir=folder) as newsroom:
        article = await newsroom.published()
        key = await newsrooms.key(newsroom.database)
    path = f"/v1/articles/{article.json()['id']}"
    is_full = count > CLIENTS**2
    pause = 0.005 if is_full else 0.1  # whoever reads all the time takes half a processor
    done = asyncio.Event()
    async with serving(url, data_dir=str(folder)) as (base, program):
        watched = Memory(program)
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as desk:
            async with reading(base + path, pause) as idle:
                await asyncio.sleep(15 if is_full else 3)
            async with reading(base + path, pause) as busy:
                watching = asyncio.create_task(watched.until(done))
                killing = asyncio.create_task(_kill(program, times=3))
                ids = await _uploaded(desk, pictures(count, width))
                await killing
                assert len(set(ids)) == count

                async def all_read() -> bool:
                    waiting = await desk.get("/desk/assets?state=waiting&limit=1")
                    return not waiting.json()["items"]

                # Each such question holds readers up by some milliseconds.
                await _until(all_read, seconds=60 + 3 * count, pause=5 if is_full else 1)
                done.set()
                await watching
            assert await _states(desk) == ["ready"] * count
            await _rights_end(desk, base, ids[0])
    return p99(idle), p99(busy), watched


async def _rights_end(desk: httpx.AsyncClient, base: str, asset_id: str) -> None:
    """A live picture goes from article, card and list within five seconds of its moment."""
    section = (await desk.get("/desk/sections?edition=en")).json()["items"][0]["id"]
    draft = await desk.post(
        "/desk/articles",
        json={
            "headline": "A picture", "section_id": section,
            "lead": {"image": {"asset_id": asset_id}}, "body_markdown": "Fog.",
        },
    )  # fmt: skip
    at = f"/desk/articles/{draft.json()['id']}"
    live = await desk.post(f"{at}/publish", headers={"If-Match": draft.headers["ETag"]})
    assert live.status_code == 200, live.text
    path = f"/v1/articles/{draft.json()['id']}"
    async with httpx.AsyncClient(base_url=base) as reader:
        picture = (await reader.get(path)).json()["lead"]["image"]["url"]
        assert (await reader.get(picture)).status_code == 200
        ends = datetime.now(UTC) + timedelta(seconds=1)
        asset = await desk.get(f"/desk/assets/{asset_id}")
        told = await desk.put(
            f"/desk/assets/{asset_id}",
            json={"rights": {"expires_at": ends.isoformat()}},
            headers={"If-Match": asset.headers["ETag"]},
        )
        assert told.status_code == 200, told.text

        async def gone() -> bool:
            answers: list[Any] = [
                (await reader.get(path)).text,
                (await reader.get(f"{path}?view=card")).text,
                (await reader.get("/v1/articles")).text,
            ]
            served = (await reader.get(picture)).status_code
            return not any(asset_id in text for text in answers) and served == 410

        took = await _until(gone, seconds=1 + 5 + 10)
        print(f"rights: gone {took - 1:.1f} s after they ended")
        assert took <= 1 + 5


async def test_fifty_uploads_lose_nothing(site_url: str, tmp_path: Path) -> None:
    """50 small ones through 8 clients; 500 of four megapixels in the full form."""
    idle, busy, memory = await _story(site_url, tmp_path, 50, 240)
    print(f"p99 {idle * 1000:.1f} ms idle, {busy * 1000:.1f} ms busy;"
          f" {memory.most / 2**20:.0f} MB more")  # fmt: skip
    assert memory.most <= MORE


@pytest.mark.prove
@pytest.mark.timeout(3000)
async def test_five_hundred_uploads_lose_nothing(site_url: str, tmp_path: Path) -> None:
    """As a service or in a container: in a terminal Linux may weigh sessions (PostgreSQL has many)
    before it looks how nice a process is; `sysctl kernel.sched_autogroup_enabled=0` ends that."""
    idle, busy, memory = await _story(site_url, tmp_path, 500, 2400)
    print(f"p99 {idle * 1000:.1f} ms idle, {busy * 1000:.1f} ms busy;"
          f" {memory.most / 2**20:.0f} MB more")  # fmt: skip
    assert memory.most <= MORE
    assert busy <= 2 * idle
