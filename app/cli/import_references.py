"""`masthead import references`: CSL-JSON, BibTeX and RIS, as works at the desk."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.cli.console import give, say
from app.cli.failures import FAILED, REFUSED, Stop
from app.cli.working import with_database
from app.database import Database
from app.exchange.references.files import import_file
from app.exchange.references.reading import READERS, Format
from app.exchange.references.schemas import ImportReport
from app.identity.actor import SYSTEM

BY_SUFFIX: dict[str, Format] = {".json": "csl-json", ".bib": "bibtex", ".ris": "ris"}
MOST_NAMED = 20


def references(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, readable=True, metavar="FILE",
            help="CSL-JSON (.json), BibTeX or BibLaTeX (.bib), RIS (.ris).",
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="csl-json, bibtex or ris, whatever its "
                     "name ends in."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do it all, report, and undo it.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Write what became of each entry here."),
    ] = None,
) -> None:  # fmt: skip
    """Import references as works, with their publications where nobody knows them yet.

    What is there already is found, by an identifier or its address, and left as it is: a second
    run creates only what is missing.
    """
    given = form or BY_SUFFIX.get(file.suffix.lower())
    known = next((each for each in READERS if each == given), None)
    if known is None:
        raise Stop(f"--format: one of {', '.join(READERS)}, please.", code=REFUSED)
    if report is not None and not report.parent.is_dir():
        raise Stop(f"--report: there is no folder {report.parent}.", code=REFUSED)
    content = file.read_bytes()

    async def work(database: Database) -> ImportReport:
        return await import_file(database, SYSTEM, content, known, dry_run=dry_run)

    done = with_database(work)
    _show(done)
    if report is not None:
        report.write_bytes(orjson.dumps(done.model_dump(mode="json"), option=orjson.OPT_INDENT_2))
        say(f"What became of each entry is in {report}.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    if done.totals.refused:
        raise Stop(f"{done.totals.refused} could not be imported; see above.", code=FAILED)


def _show(done: ImportReport) -> None:
    totals = done.totals
    give(
        f"{totals.entries} entries: {totals.created} created, {totals.found} there already, "
        f"{totals.refused} refused"
    )
    give(f"{len(done.publications)} publications created")
    refused = [entry for entry in done.entries if entry.outcome == "refused"]
    for entry in refused[:MOST_NAMED]:
        give(f"  {entry.key or ''} ({entry.place}): {' '.join(entry.reasons)}")
    if len(refused) > MOST_NAMED:
        give(f"  and {len(refused) - MOST_NAMED} others: --report has all of them")
    for told, count in (
        ("may be the same as others: see `duplicates`", _having(done, "duplicates")),
        ("with warnings", _having(done, "warnings")),
        ("with fields that were not taken", _having(done, "dropped", "unplaced")),
    ):
        if count:
            give(f"  {count:>5}  {told}")


def _having(done: ImportReport, *names: str) -> int:
    return sum(any(getattr(entry, name) for name in names) for entry in done.entries)
