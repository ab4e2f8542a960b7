"""Telling the person at the terminal how far a long work with several stages has come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from app import clock
from app.cli.console import err, say

SAY_EVERY_SECONDS = 10.0

Tell = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@contextmanager
def stages() -> Iterator[Tell]:
    """A bar for each stage on a terminal; elsewhere a line now and then."""
    if not err.is_terminal:
        yield _lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=err) as bar:

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield tell


def _lines() -> Tell:
    said = clock.seconds()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said
        if clock.seconds() - said > SAY_EVERY_SECONDS:
            said = clock.seconds()
            say(f"{stage}: {100 * done // max(total, 1)} %")

    return tell
