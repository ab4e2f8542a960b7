"""How long a publish takes, from the request to the answer that comes after its commit."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

from bench.sockets import Connection, request

WRITERS = (1, 8)


@dataclass(frozen=True)
class Publishing:
    writers: int
    count: int
    seconds: float
    p50_ms: float
    p95_ms: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


async def publish(port: int, key: str, ids: Sequence[UUID], *, writers: int) -> Publishing:
    """Publish these drafts, each by a request of its own, by so many editors at once."""
    waiting = list(ids)
    latencies: list[float] = []

    async def editor() -> None:
        async with Connection(port) as connection:
            while waiting:
                asked = _request(waiting.pop(), key)
                began = time.perf_counter()
                status, body = await connection.ask(asked)
                latencies.append(time.perf_counter() - began)
                if status != 200:
                    raise RuntimeError(f"a publish was answered {status}: {body[:500]!r}")

    began = time.perf_counter()
    await asyncio.gather(*(editor() for _ in range(writers)))
    took = time.perf_counter() - began
    return Publishing(
        writers=writers,
        count=len(ids),
        seconds=took,
        p50_ms=statistics.median(latencies) * 1000,
        p95_ms=sorted(latencies)[int(len(latencies) * 0.95)] * 1000,
    )


def commit_ms(url: str, times: int = 200) -> float:
    """What one commit of one row costs here, from Python: no publish can be faster."""
    took = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
        connection.execute("CREATE TABLE IF NOT EXISTS bench.commits (at timestamptz)")
        for _ in range(times):
            began = time.perf_counter()
            connection.execute("INSERT INTO bench.commits VALUES (now())")
            took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _request(article_id: UUID, key: str) -> bytes:
    headers = {
        "Authorization": f"Bearer {key}",
        "If-Match": '"1"',
        "Idempotency-Key": str(uuid4()),
    }
    target = f"/desk/articles/{article_id}/publish"
    return request("POST", target, headers=headers, body=b'{"minor": false}')
