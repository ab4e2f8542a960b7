"""Which core does what, and how busy processes were."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cores:
    """`server` is for the server alone; `others` for the load and PostgreSQL.

    Both are None where there are not two cores, or the system cannot pin.
    """

    server: int | None
    others: frozenset[int] | None


def shared_out() -> Cores:
    if not hasattr(os, "sched_getaffinity"):
        return Cores(None, None)
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        return Cores(None, None)
    return Cores(usable[0], frozenset(usable[1:]))


def stay_on(cores: frozenset[int] | None) -> None:
    """Pin this process, and what it starts from now on."""
    if cores is not None:
        os.sched_setaffinity(0, cores)


def seconds_used(pid: int) -> float | None:
    """Processor time of a process until now; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_mb(pid: int) -> float | None:
    """What a process occupies, with its share of what it has in common with others (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
