"""A child that cannot be started, for real: its interpreter is not there for a while."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from app.processes.children import Child, NeverReady, Stop, keep

PROGRAM = """
import time
from app.processes.line import Line

def main(line_file):
    Line(line_file, patience=1).ready()
    time.sleep(60)
"""

Events = list[Any]


@pytest.fixture
def child(tmp_path: Path) -> Child:
    (tmp_path / "waits_for_long.py").write_text(PROGRAM)
    return Child("child", "waits_for_long", environment={"PYTHONPATH": str(tmp_path)})


@pytest.fixture
def events() -> Iterator[Events]:
    with structlog.testing.capture_logs() as captured:
        yield captured


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


async def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("waited in vain")


async def until_ready(child: Child, *, after: int | None = None) -> int:
    await until(lambda: child.pid not in (None, after))
    assert child.pid is not None
    return child.pid


async def until_tried(events: Events, times: int) -> None:
    await until(lambda: [one["event"] for one in events].count("process_not_started") >= times)


async def test_one_that_cannot_be_started_again_is_tried_until_it_can(
    child: Child, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Stop()
    keeper = asyncio.create_task(keep(child, stop, patience=5))
    first = await until_ready(child)
    with monkeypatch.context() as without_interpreter:
        without_interpreter.setattr(sys, "executable", str(tmp_path / "not-there"))
        os.kill(first, signal.SIGKILL)
        await until_tried(events, 1)
        before = open_files()
        await until_tried(events, 2)
        assert open_files() == before

    assert await until_ready(child, after=first) != first

    stop.signal()
    await keeper


async def test_one_that_cannot_be_started_at_all_is_given_up(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "not-there"))

    with pytest.raises(NeverReady, match="child process cannot be started: No such file"):
        await keep(child, Stop(), patience=5)
