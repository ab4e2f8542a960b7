"""Rounds of load on all servers in turn, so that what disturbs the machine disturbs them alike."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench import load
from bench.cores import seconds_used
from bench.load import Generator, Load
from bench.rows import Prepared
from bench.server import KINDS, Kind, Server

WARM_UP = 1.0
SATURATED = 0.9
"""A server that was busy for a smaller part of the time was not what was slow."""


@dataclass
class Measured:
    """All rounds of one server on one row."""

    loads: list[Load] = field(default_factory=list)
    busy: list[float | None] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return statistics.median(load.per_second for load in self.loads)

    @property
    def median(self) -> Load:
        """The round in the middle."""
        return sorted(self.loads, key=lambda each: each.per_second)[len(self.loads) // 2]

    @property
    def failed(self) -> int:
        return sum(load.failed for load in self.loads)

    @property
    def is_saturated(self) -> bool:
        """Whether the server's core was what set the pace, as far as the system tells."""
        known = [part for part in self.busy if part is not None]
        return not known or statistics.median(known) >= SATURATED


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float
    connections: int
    generator: Generator


def measure(
    prepared: Sequence[Prepared],
    servers: Mapping[Kind, Server],
    plan: Plan,
    *,
    progress: Callable[[], None],
) -> dict[str, dict[Kind, Measured]]:
    """By name of row and kind of server. `progress` is called after each of the loads."""
    found = {one.row.name: {kind: Measured() for kind in KINDS} for one in prepared}
    for number in range(plan.rounds):
        for one in prepared:
            for kind in KINDS:
                if number == 0:
                    _load(one, servers[kind], plan, WARM_UP)
                used = seconds_used(servers[kind].pid)
                came = _load(one, servers[kind], plan, plan.seconds)
                now = seconds_used(servers[kind].pid)
                measured = found[one.row.name][kind]
                measured.loads.append(came)
                busy = None if used is None or now is None else (now - used) / came.seconds
                measured.busy.append(busy)
                progress()
    return found


def _load(one: Prepared, server: Server, plan: Plan, seconds: float) -> Load:
    targets = one.targets if server.kind == "masthead" else one.numbered
    return load.run(
        server.port, targets, seconds=seconds, connections=plan.connections, by=plan.generator
    )
