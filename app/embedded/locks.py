"""Locks between processes, as flock(2): the kernel frees them however their holder ends.

A lock belongs to an open file. A child process that inherits the file holds the lock too, and
Python passes files on only where told to (PEP 446).
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app import clock
from app.errors import Unavailable

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX

Report = Callable[[str], None]


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """The lock's file, made if it is missing, not locked yet; closing it frees the lock."""
    file = open_file(path)
    try:
        yield file
    finally:
        os.close(file)


def open_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def taken(file: int, mode: int) -> bool:
    """Try to take the lock, without waiting. Changing a shared one that others hold loses it."""
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Nobody holds it, in any mode."""
    with opened(path) as file:
        return taken(file, EXCLUSIVE)


def wait(file: int, mode: int, *, patience: float, report: Report, reason: str) -> None:
    """Take the lock, telling `report` why this takes long. `Unavailable` after `patience` s."""
    for _ in attempts(patience=patience, report=report, reason=lambda: reason):
        if taken(file, mode):
            return


def attempts(*, patience: float, report: Report, reason: Callable[[], str]) -> Iterator[None]:
    """Once per attempt at something: often at first, then twice a second.

    What is waited for is reported after two seconds and every ten from then on.
    """
    began = clock.seconds()
    pause, next_report = 0.01, 2.0
    while True:
        yield
        waited = clock.seconds() - began
        if waited > patience:
            raise Unavailable(f"{reason()} Gave up after {waited:.0f} s.")
        if waited > next_report:
            report(f"{reason()} ({waited:.0f} s so far)")
            next_report = waited + 10
        time.sleep(pause)
        pause = min(pause * 1.2, 0.5)
