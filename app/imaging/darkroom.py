"""The caller's side: one process for all pictures, one picture at a time.

It is started for the first job, ends with what takes too long, and is started anew for the next.
"""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from app.imaging import messages
from app.imaging.messages import ANSWER, JOB, Answer, Inspect, Render
from app.imaging.pictures import Inspected, Interrupted, Limits, Made, Rendition, Unreadable

MOST_JOBS = 200
"""A process is replaced after so many, and with it whatever they left in its memory."""
START_SECONDS = 60
PATIENCE, IDLE_PATIENCE = 6, 60
"""So many times as long as a job may keep a processor, it may take by the clock; and in the
background."""

_ENVIRONMENT = {
    "PYTHONPATH": str(Path(__file__).parents[2]),  # the same code as ours, wherever it was found
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "VIPS_CONCURRENCY": "1",
    "VIPS_DISC_THRESHOLD": "1t",  # no temporary files: what does not fit in memory is refused
}
_FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_USUAL = Limits()


class Darkroom:
    """Made by `opened`. Its methods raise Unreadable for what is the picture's fault, and
    Interrupted for all else, such as a killed process, a full disk or a missing file."""

    def __init__(self, limits: Limits, *, background: bool = False) -> None:
        """In the `background` it works while nobody else on the machine wants the processor: where
        no reader or editor waits for the picture."""
        self.limits = limits
        self._background = background
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._jobs = 0

    @property
    def pid(self) -> int | None:
        """Of the process, if there is one now."""
        return self._process.pid if self._process else None

    async def inspect(self, path: Path) -> Inspected:
        """All that is known of a picture."""
        job = messages.inspection(path, self.limits)
        answer = await self._answer(job)
        if answer.inspected is None:
            raise Interrupted("The process that reads pictures gave another answer.")
        return answer.inspected

    async def render(self, path: Path, wanted: Sequence[Rendition], out: Path) -> list[Made]:
        """Make these in the folder `out`, which is there: all of them, in their order, or none."""
        if not wanted:
            return []
        job = messages.rendering(path, wanted, out, self.limits)
        files = {job.out / each.file_name for each in job.wanted}
        try:
            made = (await self._answer(job)).made or ()
            names = [each.name for each in made]
            if names != [each.name for each in wanted] or {each.path for each in made} - files:
                raise Interrupted("The process that reads pictures gave another answer.")
        except BaseException:
            _remove(files)
            raise
        return list(made)

    async def close(self) -> None:
        """End the process. The next job starts another."""
        if self._process is None:
            return
        process, self._process = self._process, None
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _answer(self, job: Inspect | Render) -> Answer:
        async with self._turn:
            try:
                process = await self._started()
                patience = IDLE_PATIENCE if self._background else PATIENCE
                answer = await _asked(process, job, patience)
            except TimeoutError:
                await self.close()
                reason = "The process that reads pictures does not get on."
                raise Interrupted(reason) from None
            except (EOFError, ConnectionError, ValueError):
                raise await self._fallen(job) from None
            except BaseException:  # cancelled: the answer to come would be taken for the next one
                await self.close()
                raise
        if answer.unreadable is not None:
            raise Unreadable(answer.unreadable)
        if answer.failed is not None:
            raise Interrupted(answer.failed)
        return answer

    async def _started(self) -> Process:
        if self._process and (self._process.returncode is not None or self._jobs >= MOST_JOBS):
            await self.close()
        if self._process is None:
            self._jobs = 0
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-s", "-X", "utf8", "-m", "app.imaging.child"),
                *(str(self.limits.memory), "background" if self._background else "soon"),
                env=_ENVIRONMENT,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
            )
            try:
                await _heard(self._process, START_SECONDS)
            except TimeoutError:
                raise Interrupted("The process that reads pictures does not start.") from None
        self._jobs += 1
        return self._process

    async def _fallen(self, job: Inspect | Render) -> Exception:
        """Why it ended in the middle of a job, or said what makes no sense."""
        process = self._process
        if process is None:
            return Interrupted("The darkroom was closed.")
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 1)
        code = process.returncode
        await self.close()
        if code == -signal.SIGPROF:
            return Unreadable(f"The picture takes longer than {job.seconds:g} seconds to work on.")
        if code is not None and code < 0 and -code not in _FROM_OUTSIDE:
            return Unreadable("The picture breaks what reads it, or needs too much memory.")
        return Interrupted(f"The process that reads pictures ended (code {code}).")


@asynccontextmanager
async def opened(limits: Limits = _USUAL) -> AsyncIterator[Darkroom]:
    """A darkroom, whose process is gone when it closes, or when we are, however we end."""
    darkroom = Darkroom(limits)
    try:
        yield darkroom
    finally:
        await darkroom.close()


async def _asked(process: Process, job: Inspect | Render, patience: float) -> Answer:
    assert process.stdin is not None
    process.stdin.write(messages.framed(JOB.dump_json(job)))
    await process.stdin.drain()
    return await _heard(process, job.seconds * patience)


async def _heard(process: Process, seconds: float) -> Answer:
    assert process.stdout is not None
    async with asyncio.timeout(seconds):
        start = await process.stdout.readexactly(messages.LENGTH)
        return ANSWER.validate_json(await process.stdout.readexactly(messages.length(start)))


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
