"""Importing a WordPress export: the whole file, through the ordinary commands, in chunks.

Each chunk is one transaction. Broken off, the same import goes on where it was: what is there
already is recognised by its id in the old site, and comes out unchanged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.editing.site import queries as site
from app.editing.site.models import Edition
from app.errors import NotFound
from app.exchange.media import known
from app.exchange.wordpress import placing, reading, saving, sorting
from app.exchange.wordpress.records import Survey
from app.exchange.wordpress.report import Report
from app.exchange.wordpress.subjects import Desk
from app.exchange.wordpress.transactions import Transaction, chunks, transactions
from app.identity.actor import Actor

Progress = Callable[[str, int, int], None]
"""Told what is at work, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Options:
    """`edition` is a code; None is the default one. `system` is the name of the old site in
    external ids: sites that are imported into one newsroom need one each. `citations`: footnotes
    and quotations become some; without, those of articles stay as they are."""

    edition: str | None = None
    system: str = "wordpress"
    pages: bool = False
    citations: bool = True
    dry_run: bool = False


async def import_file(
    database: Database,
    actor: Actor,
    file: Path,
    options: Options,
    *,
    progress: Progress = lambda work, done, total: None,
) -> Report:
    """Bring the posts of a WXR file to the desk, and those that were public to the readers.

    Raises Invalid where the file is no export, NotFound where there is no such edition.
    """
    found = _survey(file, progress)
    report = Report(
        source={"file": file.name, "site": found.title, "url": found.url}, dry_run=options.dry_run
    )
    async with transactions(database, dry_run=options.dry_run) as transaction:
        async with transaction() as session:
            edition = await _edition(session, options.edition)
            desk = Desk(actor, edition, options.system, await known.load(session))
        plan = placing.plan(desk, found, pages=options.pages)
        await _place(transaction, plan, report, progress)
        types = reading.IN_ARTICLES if options.pages else ("post",)
        places = placing.places(plan, citations=options.citations)
        posts = sorting.drafts(reading.posts(file), places, types, report)
        done, total = 0, sum(found.types[type_] for type_ in types)
        for chunk in chunks(posts):
            async with transaction() as session:
                items = await saving.take(session, desk, chunk)
            report.take(items)
            done += len(chunk)
            progress("Articles", done, total)
        progress("Articles", total, total)
    report.count_unread(found)
    return report


async def _place(
    transaction: Transaction, plan: placing.Plan, report: Report, progress: Progress
) -> None:
    done = 0
    for chunk in chunks(placing.steps(plan)):
        async with transaction() as session:
            items = [await step.take(session) for step in chunk]
        report.items.extend(items)
        done += len(chunk)
        progress("People, sections, topics", done, plan.total)


def _survey(file: Path, progress: Progress) -> Survey:
    size, done = file.stat().st_size, 0

    def on_read(count: int) -> None:
        nonlocal done
        done += count
        progress("Reading", done, size)

    return reading.survey(file, on_read)


async def _edition(session: AsyncSession, code: str | None) -> Edition:
    editions = await site.editions(session)
    for edition in editions:
        if edition.code == code or (code is None and edition.is_default):
            return edition
    raise NotFound(
        f"There is no edition `{code}`; there are {', '.join(one.code for one in editions)}."
    )
