"""The process: confined, lost without loss, gone with its caller."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.imaging import darkroom as darkrooms
from app.imaging.darkroom import Darkroom, opened
from app.imaging.pictures import Interrupted, Limits, Rendition, Unreadable
from app.imaging.renditions import NAMES, named
from tests.imaging.drawing import jpeg, landscape, names, plain, png

ROOT = Path(__file__).parents[2]
WANTED = [named(name, "webp", (0.5, 0.5)) for name in NAMES]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "picture [n=-1].jpg"
    file.write_bytes(jpeg(landscape(1200, 900), optimize_coding=False))
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


async def until(happens: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not happens():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.005)


async def busy(out: Path) -> None:
    """Until the first rendition is there, and others are still to come."""
    await until(lambda: names(out))


def kernel_says(pid: int | None, file: str) -> str:
    return Path(f"/proc/{pid}/{file}").read_text()


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def calling(*arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CALLER, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


async def test_it_starts_when_it_is_needed_and_ends_when_it_is_not(picture: Path) -> None:
    async with opened() as darkroom:
        assert darkroom.pid is None
        await darkroom.inspect(picture)
        pid = darkroom.pid
        await darkroom.inspect(picture)

        assert pid and darkroom.pid == pid

    assert not psutil.pid_exists(pid)


async def test_it_inherits_nothing(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTHEAD_DATABASE_URL", "postgresql://secret")
    with socket.socket() as ours:
        ours.set_inheritable(True)
        async with opened() as darkroom:
            await darkroom.inspect(picture)
            process = psutil.Process(darkroom.pid)

            assert set(process.environ()) <= {*darkrooms._ENVIRONMENT, "LC_CTYPE"}
            assert process.num_fds() == 4  # its line twice, and nowhere twice
            assert process.net_connections() == [] and process.open_files() == []
            assert process.nice() == 10
            if sys.platform == "linux":
                assert os.sched_getscheduler(process.pid) == os.SCHED_OTHER
                assert os.getsid(process.pid) == os.getsid(0) != os.getpgid(process.pid)
                data = kernel_says(darkroom.pid, "limits").partition("Max data size")[2]
                assert 288 * 2**20 < int(data.split()[0]) < 350 * 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have nothing of the kind")
async def test_in_the_background_it_gives_way_to_all(picture: Path) -> None:
    darkroom = Darkroom(Limits(), background=True)
    try:
        await darkroom.inspect(picture)
        assert os.sched_getscheduler(darkroom.pid or 0) == os.SCHED_IDLE
    finally:
        await darkroom.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_kill_fails_one_job_and_the_next_has_a_new_process(
    picture: Path, out: Path, number: signal.Signals
) -> None:
    async with opened() as darkroom:
        rendering = asyncio.create_task(darkroom.render(picture, WANTED, out))
        await busy(out)
        pid = darkroom.pid or 0
        os.kill(pid, number)
        with pytest.raises(Interrupted, match=f"code -{number:d}"):
            await rendering

        assert names(out) == set()
        assert len(await darkroom.render(picture, WANTED[:2], out)) == 2
        assert darkroom.pid != pid and not psutil.pid_exists(pid)


async def test_a_kill_between_jobs_is_not_noticed(picture: Path) -> None:
    async with opened() as darkroom:
        await darkroom.inspect(picture)
        os.kill(darkroom.pid or 0, signal.SIGKILL)
        await asyncio.sleep(0.1)

        assert (await darkroom.inspect(picture)).width == 1200


async def test_what_crashes_in_a_decoder_is_the_fault_of_the_picture(
    picture: Path, out: Path
) -> None:
    async with opened() as darkroom:
        rendering = asyncio.create_task(darkroom.render(picture, WANTED, out))
        await busy(out)
        os.kill(darkroom.pid or 0, signal.SIGSEGV)

        with pytest.raises(Unreadable, match="breaks"):
            await rendering


async def test_what_takes_too_long_is_given_up(picture: Path, out: Path) -> None:
    async with opened(Limits(render_seconds=0.1)) as darkroom:
        await darkroom.inspect(picture)
        with pytest.raises(Unreadable, match=r"longer than 0\.1 seconds"):
            await darkroom.render(picture, WANTED, out)

        assert names(out) == set()
        assert (await darkroom.inspect(picture)).width == 1200


async def test_what_stands_still_is_given_up_too(picture: Path, out: Path) -> None:
    async with opened(Limits(render_seconds=0.2)) as darkroom:
        await darkroom.inspect(picture)
        stopped = psutil.Process(darkroom.pid)
        stopped.suspend()
        with pytest.raises(Interrupted, match="does not get on"):
            await darkroom.render(picture, WANTED, out)

        assert not stopped.is_running()
        assert (await darkroom.inspect(picture)).width == 1200


async def test_waiting_for_others_does_not_count(picture: Path) -> None:
    async with opened(Limits(inspect_seconds=0.5)) as darkroom:
        await darkroom.inspect(picture)
        stopped = psutil.Process(darkroom.pid)
        inspecting = asyncio.create_task(darkroom.inspect(picture))
        stopped.suspend()
        await asyncio.sleep(0.7)
        stopped.resume()

        assert (await inspecting).width == 1200


async def test_who_gives_up_waiting_gets_no_one_elses_answer(picture: Path, out: Path) -> None:
    async with opened() as darkroom:
        rendering = asyncio.create_task(darkroom.render(picture, WANTED, out))
        await busy(out)
        rendering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await rendering

        assert names(out) == set()
        assert (await darkroom.inspect(picture)).width == 1200


async def test_who_closes_it_during_a_job_interrupts_that(picture: Path, out: Path) -> None:
    async with opened() as darkroom:
        rendering = asyncio.create_task(darkroom.render(picture, WANTED, out))
        await busy(out)

    with pytest.raises(Interrupted):
        await rendering
    assert names(out) == set()


async def test_jobs_at_once_wait_for_each_other(picture: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    small.write_bytes(png(7, 5))
    async with opened() as darkroom:
        widths = [
            found.width
            for found in await asyncio.gather(
                *(darkroom.inspect(file) for file in [picture, small] * 10)
            )
        ]

    assert widths == [1200, 7] * 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the data of a process")
async def test_memory_is_bounded_by_the_system_too(tmp_path: Path) -> None:
    """Where the head promises little, which is what a hole in a check would look like."""
    file = tmp_path / "flood.png"
    file.write_bytes(png(9_000, 9_000, interlaced=1, rows=3))
    async with opened(Limits(memory=100 * 2**20, pixels=10**9)) as darkroom:
        await darkroom.inspect(_small(tmp_path))
        darkroom.limits = Limits(memory=2**40, pixels=10**9)  # what the checks are told, only
        with pytest.raises(Unreadable):
            await darkroom.inspect(file)

        assert (await darkroom.inspect(_small(tmp_path))).width == 9


def _small(folder: Path) -> Path:
    file = folder / "small.jpg"
    file.write_bytes(jpeg(plain(9, 9)))
    return file


async def test_a_file_that_is_not_there_is_nobodys_picture(tmp_path: Path, picture: Path) -> None:
    async with opened() as darkroom:
        with pytest.raises(Interrupted, match="FileNotFoundError"):
            await darkroom.inspect(tmp_path / "missing.jpg")
        with pytest.raises(Interrupted, match="FileNotFoundError"):
            await darkroom.render(picture, [Rendition("w9", 9)], tmp_path / "missing")


async def test_a_process_is_replaced_after_many_jobs(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkrooms, "MOST_JOBS", 2)
    pids = []
    async with opened() as darkroom:
        for _ in range(3):
            await darkroom.inspect(picture)
            pids.append(darkroom.pid)

    assert pids[0] == pids[1] != pids[2]


CALLER = """
import asyncio, sys
from pathlib import Path
from app.imaging.darkroom import opened
from app.imaging.renditions import NAMES, named

async def main(picture, out):
    async with opened() as darkroom:
        await darkroom.inspect(picture)
        print(darkroom.pid, flush=True)
        await darkroom.render(picture, [named(n, "webp", (0.5, 0.5)) for n in NAMES], out)

asyncio.run(main(*map(Path, sys.argv[1:])))
"""


async def test_nothing_is_left_when_its_caller_is_killed(picture: Path, out: Path) -> None:
    with calling(picture, out) as caller:
        assert caller.stdout
        pid = int(caller.stdout.readline())
        await busy(out)
        caller.kill()
        caller.wait()

    await until(lambda: is_gone(pid))
    assert names(out) == set()
