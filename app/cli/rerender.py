"""`masthead rerender`."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import func, select

from app import jobs
from app.cli.console import give, say
from app.cli.failures import REFUSED, Stop
from app.cli.opening import load
from app.cli.progress import stages
from app.cli.working import with_database
from app.database import Database, transaction_time
from app.editing.articles.models import Article
from app.publishing import follow_up, refresh, tasks


@dataclass(frozen=True)
class Place:
    """How far it has come: the last article that is done, how many are, and when it began."""

    after: str
    done: int
    began: str


def rerender(
    articles: Annotated[
        list[UUID] | None, typer.Argument(metavar="[ARTICLE]...", help="Only these, by their ids.")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="All that is live, and the site's own documents.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew, where an earlier run was broken off.")
    ] = False,
) -> None:
    """Make live documents again from what is at the desk, while the server runs.

    Readers see a document change only where it comes out differently. Broken off, the same command
    goes on where it was.
    """
    if bool(articles) == all_:
        raise Stop("Name the articles, or say --all.", code=REFUSED)
    if articles:
        changed = with_database(lambda database: _some(database, articles))
        give(f"Done. Articles that came out differently: {changed} of {len(articles)}.")
        return
    changed = with_database(lambda database: _everything(database, restart=restart))
    give(f"Done. Articles that came out differently: {changed}.")


async def _some(database: Database, articles: list[UUID]) -> int:
    changed = 0
    for start in range(0, len(articles), refresh.CHUNK):
        async with database.write() as session:
            chunk = articles[start : start + refresh.CHUNK]
            changed += await refresh.refresh_articles(session, chunk)
    return changed


async def _everything(database: Database, *, restart: bool) -> int:
    async with database.read() as session:
        live = select(func.count()).where(Article.live_version.is_not(None))
        total = (await session.execute(live)).scalar_one()
        began = (await transaction_time(session)).isoformat()
    file = _file(database.url)
    place = None if restart else _read(file)
    if place:
        say(f"Going on where an earlier run stopped, after {place.done} (--restart begins anew).")
        began = place.began
    done = place.done if place else 0
    with stages() as tell:

        def progress(last: UUID, count: int) -> None:
            nonlocal done
            done += count
            tell("Rendering", done, total)
            _write(file, Place(str(last), done, began))

        changed = await refresh.rerender_all(
            database, after=UUID(place.after) if place else None, progress=progress
        )
    async with database.write() as session:
        renewed = await jobs.try_again(session, follow_up.TASKS)
        made_good = await tasks.forget_failed(session, before=datetime.fromisoformat(began))
    if made_good:
        say(f"This has done the work of failed jobs, which are forgotten now: {made_good}.")
    if renewed:
        say(f"Failed follow-ups of corrected works, which the worker tries again now: {renewed}.")
    file.unlink(missing_ok=True)
    return changed


def _file(url: str) -> Path:
    """One for each database."""
    name = hashlib.sha256(url.encode()).hexdigest()[:12]
    return load().data_dir / f"rerender-{name}.json"


def _read(file: Path) -> Place | None:
    try:
        return Place(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, place: Place) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(place)))
        draft.replace(file)
    except OSError as error:
        raise Stop(
            f"Cannot note how far this has come: {error}\nSet MASTHEAD_DATA_DIR to a directory "
            "that can be written."
        ) from error
