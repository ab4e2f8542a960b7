"""What this process counts, for Prometheus: added up over all processes of this server.

Each process keeps its numbers in files of one directory (`prepare`, by the parent, before it
starts others); `exposition` reads them all.
"""

import asyncio
import os
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_REQUEST_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_WORK_BUCKETS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600)
_WRITE_EVERY = 1.0
_WAIT_BUCKETS = (0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)


@dataclass(frozen=True)
class Metrics:
    """Durations are in seconds; a histogram's count is the number of times it happened."""

    registry: CollectorRegistry
    requests: "_Tallied"
    publishes: Histogram
    refreshes: Counter
    jobs: Histogram
    head: Gauge
    consumer_lag: Gauge
    database_waits: Histogram


def prepare(directory: Path) -> None:
    """Make the directory of the numbers and remove those of processes that ended.

    To be called by the parent before it starts others: they inherit the place.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in directory.glob("*.db"):
        if _pid(file) == os.getpid() or not lives(_pid(file)):
            file.unlink(missing_ok=True)
    os.environ[_DIRECTORY] = str(directory)
    metrics.cache_clear()
    _tallies.clear()


@cache
def metrics() -> Metrics:
    """The metrics of this process. Made at first use, so that `prepare` can come before."""
    # The client chose where values live when it was imported, before `prepare`: ask it again.
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    return Metrics(
        registry=registry,
        requests=_Tallied(
            "masthead_http_request_seconds",
            "HTTP requests, from the head of the request to the end of the answer.",
            ["side", "method", "status"],
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        ),
        publishes=Histogram(
            "masthead_publish_seconds",
            "The end of transactions that publish: subjects rendered, the lock, the flush.",
            buckets=_WORK_BUCKETS,
            registry=registry,
        ),
        refreshes=Counter(
            "masthead_refreshes",
            "Documents rendered anew because something that they embed changed.",
            registry=registry,
        ),
        jobs=Histogram(
            "masthead_job_seconds",
            "Background jobs that ended.",
            ["job", "outcome"],
            buckets=_WORK_BUCKETS,
            registry=registry,
        ),
        head=Gauge(
            "masthead_head_seq",
            "The newest change of the public log that a process here has seen.",
            multiprocess_mode="livemax",
            registry=registry,
        ),
        consumer_lag=Gauge(
            "masthead_consumer_lag",
            "Changes of the public log that a consumer of it has still to deal with.",
            ["consumer"],
            multiprocess_mode="livemax",
            registry=registry,
        ),
        database_waits=Histogram(
            "masthead_database_wait_seconds",
            "Until the desk or the worker had a database connection that works.",
            buckets=_WAIT_BUCKETS,
            registry=registry,
        ),
    )


def count_request(side: str, method: str, status: int, seconds: float) -> None:
    """Count one HTTP request that was answered (or broken off: status 499).

    To be called in the event loop, which writes what was counted once a second: writing costs more
    than an answer from memory can spare.
    """
    tally = _tallies.get((side, method, status // 100))
    if tally is None:
        tally = _tally(side, method, status // 100)
    tally.counts[bisect_left(_REQUEST_BUCKETS, seconds)] += 1
    tally.seconds += seconds
    loop = asyncio.get_running_loop()
    if tally.written_by is not loop:
        tally.written_by = loop
        loop.call_later(_WRITE_EVERY, tally.write)


def exposition() -> bytes:
    """All numbers of all processes, in Prometheus' text format."""
    directory = os.environ.get(_DIRECTORY)
    if directory is None:
        return generate_latest(metrics().registry)
    registry = CollectorRegistry()
    registry.register(_AllProcesses(Path(directory)))
    return generate_latest(registry)


class _Tallied(Histogram):
    """A histogram to which many observations can be added at once."""

    def add(self, counts: list[int], total: float) -> None:
        self._sum.inc(total)
        for bucket, count in zip(self._buckets, counts, strict=True):
            if count:
                bucket.inc(count)


class _Tally:
    """What was counted for one set of labels and is not written yet."""

    __slots__ = ("child", "counts", "seconds", "written_by")

    def __init__(self, child: _Tallied) -> None:
        self.child = child
        self.written_by: asyncio.AbstractEventLoop | None = None
        self._clear()

    def write(self) -> None:
        self.child.add(self.counts, self.seconds)
        self.written_by = None
        self._clear()

    def _clear(self) -> None:
        self.counts = [0] * (len(_REQUEST_BUCKETS) + 1)
        self.seconds = 0.0


_tallies: dict[tuple[str, str, int], _Tally] = {}


def _tally(side: str, method: str, status_class: int) -> _Tally:
    known = method if method in _METHODS else "other"
    key = (side, known, status_class)
    if key not in _tallies:
        _tallies[key] = _Tally(metrics().requests.labels(side, known, f"{status_class}xx"))
    return _tallies[key]


class _AllProcesses(Collector):
    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def collect(self) -> Iterable[Metric]:
        for file in self._directory.glob("gauge_live*.db"):
            if not lives(_pid(file)):
                mark_process_dead(_pid(file), str(self._directory))  # type: ignore[no-untyped-call]
        # A process killed at its first breath leaves an empty file, which the client cannot read.
        files = [str(file) for file in self._directory.glob("*.db") if _size(file)]
        merged: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        return merged


def _pid(file: Path) -> int:
    return int(file.stem.rpartition("_")[2])


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # another scrape has just found its process dead
        return 0


def lives(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
