"""`masthead import`: from other systems into this one."""

import re
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table

from app.cli.console import give, out, say
from app.cli.failures import FAILED, REFUSED, Stop
from app.cli.import_media import media
from app.cli.import_references import references
from app.cli.progress import stages
from app.cli.working import with_database
from app.database import Database
from app.exchange.wordpress.importing import Options, import_file
from app.exchange.wordpress.report import OUTCOMES, Item, Report
from app.identity.actor import SYSTEM

MOST_NOTES = 15
MOST_NAMED = 3

app = typer.Typer(name="import", help="Bring in what another system holds.", no_args_is_help=True)


@app.callback()
def _family() -> None:
    """What can be brought in, each from its own system."""


app.command()(references)
app.command()(media)


@app.command()
def wordpress(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            metavar="FILE",
            help="An export of WordPress (Tools > Export): WXR, one .xml file.",
        ),
    ],
    edition: Annotated[
        str | None, typer.Option(metavar="CODE", help="Into this edition; otherwise the default.")
    ] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="Pages too, as articles of a section “Pages”.")
    ] = False,
    citations: Annotated[
        bool,
        typer.Option(
            "--citations/--no-citations", help="Make footnotes and attributed quotes citations."
        ),
    ] = True,
    system: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="What external ids call the old site. Give each its own if you import several.",
        ),
    ] = "wordpress",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do it all, report, and undo it.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Write what became of each item here.")
    ] = None,
) -> None:
    """Import posts with their authors, categories, tags, dates and permalinks.

    Authors become people, categories sections, tags topics. What was published is published, at
    its old path and date, and nobody is notified; the rest are drafts. A second run changes only
    what has changed in the file, and nothing that somebody has edited at the desk since. Pictures
    stay where they are and are shown from there: `masthead import media` brings them here.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,59}", system):
        raise Stop("--system: lower-case letters, digits, dots and hyphens, please.", code=REFUSED)
    if report is not None and not report.parent.is_dir():
        raise Stop(f"--report: there is no folder {report.parent}.", code=REFUSED)
    options = Options(
        edition=edition, system=system, pages=pages, citations=citations, dry_run=dry_run
    )

    async def work(database: Database) -> Report:
        with stages() as tell:
            return await import_file(database, SYSTEM, file, options, progress=tell)

    done = with_database(work)
    _show(done)
    if report is not None:
        report.write_bytes(orjson.dumps(done.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
        say(f"What became of each item is in {report}.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    if failed := sum(count["failed"] for count in done.counts().values()):
        raise Stop(f"{failed} could not be imported; see above.", code=FAILED)


def _show(report: Report) -> None:
    table = Table(box=None, pad_edge=False)
    shown = [one for one in OUTCOMES if any(count[one] for count in report.counts().values())]
    for heading in ("", *shown):
        table.add_column(heading, justify="right" if heading else "left")
    for kind, count in report.counts().items():
        table.add_row(kind, *(str(count[outcome] or "") for outcome in shown))
    out.print(table)
    if states := report.states():
        give("\nArticles: " + ", ".join(f"{count} {state}" for state, count in states.items()))
    if reasons := report.reasons():
        give("\nNot taken as they were:")
        for reason, items in reasons.items():
            give(f"  {len(items):>5}  {reason}{_named(items)}")
    for what, number in report.unread.items():
        give(f"  {number:>5}  {what}: not imported")
    if notes := report.notes():
        give("\nWorth a look:")
        for note, items in list(notes.items())[:MOST_NOTES]:
            give(f"  {len(items):>5}  {note}{_named(items)}")
        if len(notes) > MOST_NOTES:
            give(f"         and {len(notes) - MOST_NOTES} other remarks: --report has all of them")


def _named(items: list[Item]) -> str:
    """The ids of a few, to look them up in the old site."""
    if any(item.kind not in ("post", "page") for item in items):
        return ""
    ids = ", ".join(item.id for item in items[:MOST_NAMED])
    return f" ({ids}{', …' if len(items) > MOST_NAMED else ''})"
