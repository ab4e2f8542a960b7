"""Results as JSON and as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bench.publishing import Publishing
from bench.reads import Measured, Plan
from bench.rows import Prepared
from bench.server import Kind

ONE_ROW_TARGET = 0.80
"""Of the bare application that reads one row: for an article that is in no memory."""

PUBLISH_TARGET_MS = 15.0

CAVEATS = (
    "Ratios hold within one run; take anything below 15 % as equal. Absolute numbers are this "
    "machine's.",
    "Load is a closed loop over loopback, without TLS, from the same machine: latencies under it "
    "are mostly queueing.",
    "The bare servers send two header fields, Masthead about fifteen: the ratios are to its "
    "disadvantage.",
    "Everything fits into PostgreSQL's memory; PostgreSQL and the load share their cores, so what "
    "reads rows can be held up by them.",
    "Publishes are each article's first one; no worker runs beside them.",
)


@dataclass(frozen=True)
class Results:
    machine: Mapping[str, str]
    plan: Plan
    articles: int
    prepared: Sequence[Prepared]
    reads: Mapping[str, Mapping[Kind, Measured]]
    publishes: Sequence[Publishing]
    commit_ms: float | None
    memory_mb: float | None


def as_json(results: Results) -> dict[str, Any]:
    return {
        "machine": dict(results.machine),
        "plan": vars(results.plan) | {"articles": results.articles},
        "caveats": list(CAVEATS),
        "reads": {one.row.name: _read(one, results) for one in results.prepared},
        "publishes": [
            {
                "writers": each.writers,
                "count": each.count,
                "per_second": round(each.per_second, 1),
                "p50_ms": round(each.p50_ms, 2),
                "p95_ms": round(each.p95_ms, 2),
            }
            for each in results.publishes
        ],
        "commit_ms": results.commit_ms and round(results.commit_ms, 2),
        "memory_mb": results.memory_mb and round(results.memory_mb, 1),
    }


def show(results: Results, console: Console) -> None:
    for name, value in results.machine.items():
        console.print(f"[dim]{name:>15}[/dim]  {value}", soft_wrap=True, highlight=False)
    if results.prepared:
        console.print(_reads(results))
        if results.memory_mb:
            console.print(f"Masthead's process occupies {results.memory_mb:.0f} MB.")
    if results.publishes:
        console.print(_publishes(results))
    for caveat in CAVEATS:
        console.print(f"[dim]· {caveat}[/dim]", highlight=False)


def _read(one: Prepared, results: Results) -> dict[str, Any]:
    measured = results.reads[one.row.name]
    return {
        "title": one.row.title,
        "mean_bytes": one.mean_bytes,
        "servers": {kind: _server(each) for kind, each in measured.items()},
        "of_bare": round(_ratio(measured, "bare"), 3),
        "of_one_row": round(_ratio(measured, "one-row"), 3),
    }


def _server(measured: Measured) -> dict[str, Any]:
    return {
        "per_second": round(measured.per_second, 1),
        "rounds": [round(load.per_second, 1) for load in measured.loads],
        "p50_ms": round(measured.median.p50_ms, 3),
        "p99_ms": round(measured.median.p99_ms, 3),
        "failed": measured.failed,
        "busy": [part and round(part, 2) for part in measured.busy],
        "saturated": measured.is_saturated,
    }


def _ratio(measured: Mapping[Kind, Measured], other: Kind) -> float:
    theirs = measured[other].per_second
    return measured["masthead"].per_second / theirs if theirs else 0.0


def _reads(results: Results) -> Table:
    plan = results.plan
    table = Table(
        title=f"Reads: requests/s, medians of {plan.rounds} rounds of {plan.seconds:g} s, "
        f"{plan.connections} connections, {results.articles:,} articles",
        caption="* The server's core had time left: something else set the pace.",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("row", no_wrap=True)
    for heading in ("bytes", "masthead", "bare", "one row", "/ bare", "/ one row"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in results.prepared:
        measured = results.reads[one.row.name]
        table.add_row(
            one.row.title,
            f"{one.mean_bytes:,}",
            *(_pace(measured[kind]) for kind in ("masthead", "bare", "one-row")),
            f"{_ratio(measured, 'bare'):.2f}",
            _against_target(_ratio(measured, "one-row")) if one.row.name == "article"
            else f"{_ratio(measured, 'one-row'):.2f}",
        )  # fmt: skip
    return table


def _pace(measured: Measured) -> str:
    failed = f" ({measured.failed} failed)" if measured.failed else ""
    return f"{measured.per_second:,.0f}{'' if measured.is_saturated else '*'}{failed}"


def _against_target(ratio: float) -> str:
    mark = "[green]✓[/green]" if ratio >= ONE_ROW_TARGET else "[red]✗[/red]"
    return f"{ratio:.2f} {mark}"


def _publishes(results: Results) -> Table:
    table = Table(
        title="Publishes through HTTP, request to commit",
        caption=f"One commit of one row takes {results.commit_ms:.1f} ms here (p50). "
        f"The target for one writer is {PUBLISH_TARGET_MS:g} ms.",
        box=box.SIMPLE,
    )
    for heading in ("writers", "publishes", "per second", "p50 ms", "p95 ms"):
        table.add_column(heading, justify="right")
    for each in results.publishes:
        table.add_row(
            str(each.writers), f"{each.count:,}", f"{each.per_second:,.0f}",
            f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}",
        )  # fmt: skip
    return table
