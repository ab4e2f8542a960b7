"""`python -m bench`, `make bench`."""

import asyncio
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bench import bare, cluster, corpus, load, machine, publishing, reads, report, rows
from bench.cores import Cores, memory_mb, shared_out, stay_on
from bench.corpus import Newsroom
from bench.load import Generator
from bench.publishing import Publishing
from bench.reads import Plan
from bench.report import Results
from bench.rows import ROWS, Prepared
from bench.server import KINDS, Kind, Server, started

PUBLISH = "publish"
NAMES = (*(row.name for row in ROWS), PUBLISH)
PROBE = "/v1/site"

console = Console()


def main(
    articles: Annotated[int, typer.Option(min=21, help="Live articles to make.")] = 2_000,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds, of which the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="Length of a round.")] = 3.0,
    connections: Annotated[int, typer.Option(min=1, help="Of the load.")] = 32,
    publishes: Annotated[int, typer.Option(min=8, help="For each number of writers.")] = 400,
    only: Annotated[
        str, typer.Option(help=f"Some of the rows, by comma: {', '.join(NAMES)}.")
    ] = ",".join(NAMES),
    generator: Annotated[
        Generator | None, typer.Option(help="Default: wrk where it is installed.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Where the figures go.")] = Path("var/bench.json"),
) -> None:
    """Measure public reads and publishing, against bare servers in the same run."""
    wanted = only.split(",")
    if unknown := set(wanted) - set(NAMES):
        raise typer.BadParameter(f"There is no row {', '.join(sorted(unknown))}.")
    plan = Plan(rounds, seconds, connections, generator or load.generator())
    cores = shared_out()
    stay_on(cores.others)
    with cluster.started() as url, _bar() as bar:
        newsroom = _make(url, articles, bar)
        drafts = _drafts(url, newsroom, articles, publishes if PUBLISH in wanted else 0)
        results = _measure(url, cores, plan, wanted, newsroom, drafts, articles, bar)
    report.show(results, console)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(report.as_json(results), indent=2) + "\n")
    console.print(f"The figures: {output}", highlight=False)


def _make(url: str, articles: int, bar: Progress) -> Newsroom:
    task = bar.add_task("making articles", total=articles)

    async def work() -> Newsroom:
        database = corpus.open_database(url)
        newsroom = await corpus.furnish(database)
        await corpus.fill(database, newsroom, articles, lambda made: bar.advance(task, made))
        await database.close()
        return newsroom

    corpus.set_up(url)
    return asyncio.run(work())


def _drafts(url: str, newsroom: Newsroom, articles: int, each: int) -> dict[int, list[UUID]]:
    """For each number of writers its own ones; a few more to warm up with, under 0."""

    async def work() -> dict[int, list[UUID]]:
        database = corpus.open_database(url)
        found: dict[int, list[UUID]] = {}
        first = articles
        for writers, count in {0: min(each, 20), **dict.fromkeys(publishing.WRITERS, each)}.items():
            found[writers] = await corpus.draft(database, newsroom, range(first, first + count))
            first += count
        await database.close()
        return found

    drafts = asyncio.run(work())
    corpus.settle_statistics(url)
    return drafts


def _measure(
    url: str,
    cores: Cores,
    plan: Plan,
    wanted: list[str],
    newsroom: Newsroom,
    drafts: dict[int, list[UUID]],
    articles: int,
    bar: Progress,
) -> Results:
    with ExitStack() as stack:
        masthead = stack.enter_context(started("masthead", url, cores.server, PROBE))
        prepared = _prepared(url, masthead, wanted)
        servers: dict[Kind, Server] = {"masthead": masthead}
        for kind in KINDS[1:]:
            servers[kind] = stack.enter_context(started(kind, url, cores.server, "/0"))
        task = bar.add_task("reads", total=plan.rounds * len(prepared) * len(KINDS))
        measured = reads.measure(prepared, servers, plan, progress=lambda: bar.advance(task))
        published: list[Publishing] = []
        commit = None
        if PUBLISH in wanted:
            commit = publishing.commit_ms(url)
            published = _publish(masthead, newsroom, drafts, bar)
        return Results(
            machine=machine.told(url, cores, plan.generator),
            plan=plan,
            articles=articles,
            prepared=prepared,
            reads=measured,
            publishes=published,
            commit_ms=commit,
            memory_mb=memory_mb(masthead.pid),
        )


def _prepared(url: str, masthead: Server, wanted: list[str]) -> list[Prepared]:
    prepared: list[Prepared] = []
    answers: bare.Answers = [(200, b"{}")]
    for row in ROWS:
        if row.name in wanted:
            prepared.append(rows.prepare(row, url, masthead.port, first=len(answers)))
            answers += prepared[-1].answers
    bare.keep(url, answers)
    return prepared


def _publish(
    masthead: Server, newsroom: Newsroom, drafts: dict[int, list[UUID]], bar: Progress
) -> list[Publishing]:
    task = bar.add_task("publishes", total=len(publishing.WRITERS))
    asyncio.run(publishing.publish(masthead.port, newsroom.key, drafts[0], writers=2))
    published = []
    for writers in publishing.WRITERS:
        work = publishing.publish(masthead.port, newsroom.key, drafts[writers], writers=writers)
        published.append(asyncio.run(work))
        bar.advance(task)
    return published


def _bar() -> Progress:
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    return Progress(*columns, console=console, transient=True)


if __name__ == "__main__":
    typer.run(main)
