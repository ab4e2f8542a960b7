"""The real command, run as users run it: in a directory of its own, in processes of its own."""

import contextlib
import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil
import pytest
import structlog

from app.cli import main

MASTHEAD = Path(sys.executable).with_name("masthead")
START_SECONDS = 60


class Ended(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@dataclass
class Place:
    """A directory, and settings for what runs in it."""

    directory: Path
    settings: dict[str, str] = field(default_factory=dict)
    begun: list["Running"] = field(default_factory=list)

    def run(self, *words: str, **settings: str) -> Ended:
        """A command, to its end, in this process: a new one takes a second to begin."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with (
            pytest.MonkeyPatch.context() as here,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _logging_and_signals_kept(),
        ):
            for name in os.environ.keys() - self.environment(settings).keys():
                here.delenv(name)
            for name, value in self.environment(settings).items():
                here.setenv(name, value)
            here.setattr(sys, "argv", ["masthead", *words])
            here.chdir(self.directory)
            code = _exit_code()
        return Ended(code, _text(out), _text(err))

    def run_apart(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command, to its end, in a process of its own."""
        return subprocess.run(
            [MASTHEAD, *words],
            cwd=self.directory,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )

    def start(self, *words: str, **settings: str) -> "Running":
        """A command that goes on; not waited for."""
        process = subprocess.Popen(
            [MASTHEAD, *words],
            cwd=self.directory,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.begun.append(Running(process))
        return self.begun[-1]

    def serve(self, *words: str, **settings: str) -> "Running":
        """A server that answers, on a free port."""
        running = self.start("serve", "--port", "0", *words, **settings)
        running.url = running.event("listening")["url"]
        return running

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("MASTHEAD_")}
        chosen = {"MASTHEAD_OPS_ADDRESS": "off"} | self.settings | settings
        return inherited | chosen


class Running:
    """A command that goes on. Its output is JSON lines, and words."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.url = ""
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def event(self, name: str, seconds: float = START_SECONDS) -> dict[str, Any]:
        """The first event of this name, waited for."""
        until(lambda: self.events(name) or self.process.poll() is not None, seconds, self)
        assert self.events(name), f"it ended without {name}: {self.said}"
        return self.events(name)[0]

    def events(self, name: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in list(self.lines) if line.startswith("{")]
        return [event for event in found if event.get("event") == name]

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(self.url + path, timeout=START_SECONDS, **options)

    def end(self, how: signal.Signals = signal.SIGTERM, seconds: float = 30) -> int:
        """Its exit code after this signal."""
        self.process.send_signal(how)
        return self.ended(seconds)

    def kill(self) -> None:
        """As the kernel does where memory runs out: nothing of it can clean up."""
        self.process.kill()
        self.process.wait()

    def ended(self, seconds: float = 30) -> int:
        code = self.process.wait(seconds)
        self._reader.join(seconds)
        return code

    def family(self, word: str = "") -> list[psutil.Process]:
        """The processes below it with this word on their command line."""
        below = psutil.Process(self.pid).children(recursive=True)
        return [one for one in below if word in _command(one)]

    def web(self) -> list[psutil.Process]:
        return self.family("app.processes.web")

    def worker(self) -> list[psutil.Process]:
        return self.family("app.worker")

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


@contextlib.contextmanager
def _logging_and_signals_kept() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, configuration = root.handlers, root.level, structlog.get_config()
    on_term = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        root.handlers, root.level = handlers, level
        structlog.configure(**configuration)
        for name, module in sys.modules.items():
            if name.startswith("app.") and hasattr(module, "log"):
                vars(module.log).pop("bind", None)  # where a logger keeps how it was configured
        signal.signal(signal.SIGTERM, on_term)


def _text(written: io.TextIOWrapper) -> str:
    return written.buffer.getvalue().decode()  # type: ignore[attr-defined]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if _runs(one)]


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it ended between the two questions
        return False


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def until(true: Callable[[], object], seconds: float = 30, about: object = "") -> None:
    end = time.monotonic() + seconds
    while not true():
        said = about.said if isinstance(about, Running) else about
        assert time.monotonic() < end, f"waited {seconds} s: {said}"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
