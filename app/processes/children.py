"""A process that is kept running: started, waited for, started again when it dies, stopped."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from app import clock
from app.processes import line, loading

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that died is started again; twice as long each time."""
STEADY_SECONDS = 60
"""Who lived so long starts again after the first pause."""

log = structlog.get_logger()


class Stop:
    """The wish to end: `begun` asks for an orderly end, `forced` for one at once."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.forced = asyncio.Event()

    def signal(self) -> None:
        (self.forced if self.begun.is_set() else self.begun).set()


@dataclass
class Child:
    """The `main` of `module` gets the line and `files`, all of them inherited descriptors."""

    name: str
    module: str
    files: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    pid: int | None = None
    """Of the process that is ready now; None while there is none."""


class NeverReady(Exception):
    """A process did not get ready for the first time: trying again will not help."""

    def __init__(self, child: Child, outcome: str) -> None:
        super().__init__(f"The {child.name} process {outcome}.")


async def keep(child: Child, stop: Stop, *, patience: float) -> None:
    """Run it until `stop`; then it has `patience` seconds to end."""
    pause = FIRST_PAUSE
    while not stop.begun.is_set():
        began = clock.seconds()
        try:
            process, ours = await _started(child)
        except OSError as error:  # too many processes or files, too little memory: it may pass
            code, outcome = None, f"cannot be started: {error.strerror}"
        else:
            code = await _live(child, process, ours, stop, patience)
            outcome = f"ended at once (code {code})"
        if stop.begun.is_set():
            return
        if not child.ready.is_set():
            raise NeverReady(child, outcome)
        pause = FIRST_PAUSE if clock.seconds() - began > STEADY_SECONDS else pause
        if code is None:
            log.error(
                "process_not_started", name=child.name, reason=outcome, again_in_seconds=pause
            )
        else:
            log.error("process_died", name=child.name, code=code, again_in_seconds=pause)
        await _first(stop.begun.wait(), asyncio.sleep(pause))
        pause = min(pause * 2, LONGEST_PAUSE)


async def _started(child: Child) -> tuple[Process, socket.socket]:
    """A new process of it, and our end of the line to it."""
    ours, theirs = line.pair()
    files = (theirs.fileno(), *child.files)
    try:
        process = await asyncio.create_subprocess_exec(
            # -P: a directory named `app` where the server was started must not be taken for ours.
            *(sys.executable, "-P", "-m", loading.__name__, child.module, *map(str, files)),
            pass_fds=files,
            env={**os.environ, **child.environment},
            stdin=asyncio.subprocess.DEVNULL,
            # Ctrl-C is for us. Not a session: Linux may weigh each as one, however nice they are.
            process_group=0,
        )
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


async def _live(
    child: Child, process: Process, ours: socket.socket, stop: Stop, patience: float
) -> int:
    """One life of it. Returns its exit code, negative for the signal that killed it."""
    try:
        told = asyncio.create_task(_told(ours, child, process.pid))
        await _first(process.wait(), stop.begun.wait())
        told.cancel()
        return await _end(process, stop, patience)
    finally:
        child.pid = None
        ours.close()


async def _told(ours: socket.socket, child: Child, pid: int) -> None:
    """Wait for the child to say that it is ready. One that dies says nothing."""
    if await asyncio.get_running_loop().sock_recv(ours, 1) == line.READY:
        child.pid = pid
        child.ready.set()
        log.debug("process_ready", name=child.name, pid=pid)


async def _end(process: Process, stop: Stop, patience: float) -> int:
    if process.returncode is None:
        process.terminate()
        await _first(process.wait(), stop.forced.wait(), asyncio.sleep(patience))
    if process.returncode is None:
        process.kill()
    return await process.wait()


async def _first(*awaited: object) -> None:
    """Wait until one of them is done, and give up the others."""
    tasks = [asyncio.ensure_future(one) for one in awaited]  # type: ignore[call-overload]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
