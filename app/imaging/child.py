"""The process of the darkroom: one job after the other, until its line closes.

Run as `python -m app.imaging.child <bytes of memory> <soon or background>`, with jobs on standard
input and answers on standard output.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

import pyvips

from app.imaging import messages
from app.imaging.confinement import confine
from app.imaging.inspecting import inspect
from app.imaging.messages import ANSWER, JOB, Answer, Inspect, Render
from app.imaging.pictures import Unreadable
from app.imaging.rendering import render

_unfinished: list[Path] = []
"""Files of the job that is being done: whoever asked for them may be gone before they are."""


def main() -> None:
    os.setpgrp()  # Ctrl-C is for those who asked us; no session, see `app.processes.children`
    confine(int(sys.argv[1]), background=sys.argv[2] == "background")
    jobs: SimpleQueue[Inspect | Render] = SimpleQueue()
    answers = _line_out()
    # Reading goes on during a job: the end of the line is the end of us, whatever we are doing.
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs), daemon=True).start()
    answer = Answer()
    while True:
        answers.write(messages.framed(ANSWER.dump_json(answer)))
        answers.flush()
        _unfinished.clear()
        answer = _in_time(jobs.get())


def _in_time(job: Inspect | Render) -> Answer:
    """SIGPROF ends the process, wherever it is, when the job has used up its seconds."""
    signal.setitimer(signal.ITIMER_PROF, job.seconds)
    try:
        return _done(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _done(job: Inspect | Render) -> Answer:
    try:
        if isinstance(job, Inspect):
            return Answer(inspected=inspect(job.path, job.limits))
        _unfinished.extend(job.out / each.file_name for each in job.wanted)
        return Answer(made=tuple(render(job.path, list(job.wanted), job.out, job.limits)))
    except Unreadable as unreadable:
        return Answer(unreadable=unreadable.reason)
    except MemoryError:
        return Answer(unreadable="The picture needs too much memory.")
    except pyvips.Error:
        return Answer(unreadable="The picture cannot be worked on.")
    except Exception as error:
        return Answer(failed=f"{type(error).__name__}: {error}")


def _line_out() -> BinaryIO:
    """Standard output for us alone: what a library prints goes nowhere."""
    ours = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return ours


def _listen(line: BinaryIO, jobs: "SimpleQueue[Inspect | Render]") -> None:
    try:
        for body in _bodies(line):
            jobs.put(JOB.validate_json(body))
    finally:
        for path in _unfinished:
            with suppress(OSError):
                path.unlink()
        os._exit(0)


def _bodies(line: BinaryIO) -> Iterator[bytes]:
    while start := line.read(messages.LENGTH):
        yield line.read(messages.length(start))


if __name__ == "__main__":
    main()
