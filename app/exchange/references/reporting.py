"""The words of the report: what became of each entry of a file."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson

from app.editing.works.models import Work
from app.errors import MastheadError
from app.exchange.references.finding import Found
from app.exchange.references.publishers import Known
from app.exchange.references.records import Dropped, ReadWork, Refused
from app.exchange.references.schemas import (
    DroppedField,
    ImportedEntry,
    ImportedPublication,
    ImportReport,
    LikelyDuplicate,
    Outcome,
    Totals,
    UnplacedField,
)

_SHOWN = 200
"""Characters of what has no place: a registry's items hold whole lists of literature."""

_FAULTS = 5


def report(entries: list[ImportedEntry], made: Sequence[Known]) -> ImportReport:
    times = Counter(entry.outcome for entry in entries)
    return ImportReport(
        dry_run=False,
        totals=Totals(
            entries=len(entries),
            created=times["created"],
            found=times["found"],
            refused=times["refused"],
        ),
        publications=[
            ImportedPublication(id=each.id, name=each.name, kind=each.kind, issn=[*each.issn])
            for each in made
        ],
        entries=entries,
    )


def joined(parts: Sequence[ImportReport]) -> ImportReport:
    """One report on a file that was taken in parts."""
    whole = report([entry for part in parts for entry in part.entries], ())
    publications = [each for part in parts for each in part.publications]
    return whole.model_copy(update={"publications": publications})


def of_dry_run(done: ImportReport) -> ImportReport:
    """The same without the ids of what was undone."""
    for publication in done.publications:
        publication.id = None
    for entry in done.entries:
        if entry.outcome == "created" or entry.same_as:
            entry.work_id = None
        for duplicate in entry.duplicates:
            if duplicate.place:
                duplicate.work_id = None
    return done.model_copy(update={"dry_run": True})


def created(
    read: ReadWork,
    work: Work,
    *,
    warnings: Sequence[str],
    dropped: Sequence[Dropped],
    duplicates: list[LikelyDuplicate],
) -> ImportedEntry:
    return _entry(
        read,
        "created",
        work_id=work.id,
        warnings=[*read.warnings, *warnings],
        dropped=_dropped([*read.dropped, *dropped]),
        duplicates=duplicates,
    )


def found(read: ReadWork, there: Found, *, same_as: str | None) -> ImportedEntry:
    work, warnings = there.work, [*read.warnings]
    title = read.draft.title
    if title and work.title and title.casefold() != work.title.casefold():
        warnings.append(
            f"the work there is called “{work.title}”: if it is another one, send the entry "
            "without the address or number that they share"
        )
    if work.visibility == "internal":
        warnings.append("the work there is internal: it cannot be cited in public")
    return _entry(
        read, "found", work_id=work.id, found_by=there.by, same_as=same_as, warnings=warnings
    )


def refused(read: ReadWork, error: MastheadError) -> ImportedEntry:
    faults = [f"{fault.pointer}: {fault.detail}" for fault in error.faults[:_FAULTS]]
    return _entry(read, "refused", reasons=[error.detail, *faults])


def unread(entry: Refused) -> ImportedEntry:
    """Of what the reader refused."""
    return ImportedEntry(
        place=entry.place, key=entry.key, title=None, outcome="refused", work_id=None,
        found_by=None, same_as=None, reasons=[entry.reason], warnings=[*entry.warnings],
        dropped=[], unplaced=[], duplicates=[],
    )  # fmt: skip


def _entry(read: ReadWork, outcome: Outcome, **fields: Any) -> ImportedEntry:
    usual: dict[str, Any] = {
        "work_id": None, "found_by": None, "same_as": None, "reasons": [], "duplicates": [],
        "warnings": [*read.warnings], "dropped": _dropped(read.dropped),
    }  # fmt: skip
    return ImportedEntry(
        place=read.place,
        key=read.key,
        title=read.draft.title,
        outcome=outcome,
        unplaced=[
            UnplacedField(field=name[:_SHOWN], value=_shown(value))
            for name, value in read.kept.items()
        ],
        **usual | fields,
    )


def _dropped(several: Sequence[Dropped]) -> list[DroppedField]:
    return [DroppedField(field=each.field, reason=each.reason) for each in several]


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "; ".join(value)
    written = value if isinstance(value, str) else orjson.dumps(value).decode()
    return written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"
