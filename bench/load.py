"""Load for some seconds: by Debian's wrk where it is, else by a generator of our own.

Ours costs more than a bare server does: it cannot show the full speed of one, and says so.
"""

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

import uvloop

from bench.sockets import Connection, Failed, request

Generator = Literal["wrk", "python"]

_SCRIPT = Path(__file__).with_name("random_requests.lua")


@dataclass(frozen=True)
class Target:
    """What to ask for: a path with its query, and an ETag if the client has one."""

    path: str
    etag: str | None = None


@dataclass(frozen=True)
class Load:
    """What came of it. Latencies are of a closed loop: they are mostly queueing."""

    requests: int
    seconds: float
    failed: int
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def generator() -> Generator:
    return "wrk" if shutil.which("wrk") else "python"


def run(
    port: int, targets: Sequence[Target], *, seconds: float, connections: int, by: Generator
) -> Load:
    """Ask for random ones of the targets, over so many connections, for so long."""
    if by == "wrk":
        return _wrk(port, targets, seconds, connections)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_own(port, targets, seconds, connections))


def _wrk(port: int, targets: Sequence[Target], seconds: float, connections: int) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{target.path}\t{target.etag or ''}\n" for target in targets)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
        command += ["-s", str(_SCRIPT), f"http://127.0.0.1:{port}", "--", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.rpartition("RESULT ")[2])
    return Load(
        requests=told["requests"],
        seconds=told["microseconds"] / 1e6,
        failed=told["failed"],
        p50_ms=told["p50"] / 1000,
        p99_ms=told["p99"] / 1000,
    )


async def _own(port: int, targets: Sequence[Target], seconds: float, connections: int) -> Load:
    requests = [
        request("GET", one.path, headers={"If-None-Match": one.etag} if one.etag else None)
        for one in targets
    ]
    began = time.perf_counter()
    end = began + seconds
    counted = await asyncio.gather(
        *(_client(port, requests, Random(number), end) for number in range(connections))
    )
    took = time.perf_counter() - began
    latencies = sorted(latency for _, found in counted for latency in found)
    return Load(
        requests=len(latencies),
        seconds=took,
        failed=sum(failed for failed, _ in counted),
        p50_ms=_quantile(latencies, 0.5) * 1000,
        p99_ms=_quantile(latencies, 0.99) * 1000,
    )


async def _client(
    port: int, requests: list[bytes], chance: Random, end: float
) -> tuple[int, list[float]]:
    failed = 0
    latencies: list[float] = []
    async with Connection(port) as connection:
        while (sent := time.perf_counter()) < end:
            try:
                status, _ = await connection.ask(chance.choice(requests))
            except Failed:
                return failed + 1, latencies
            failed += status >= 400
            latencies.append(time.perf_counter() - sent)
    return failed, latencies


def _quantile(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
