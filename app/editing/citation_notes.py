"""Internal notes on citations and on what they cite: kept only where the outlet asks for them, and
only for so long. What is written down can be demanded in court.

The setting comes with the session (`Database(info=…)`), since every command that takes a note
must know it, whoever runs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.errors import Fault, Invalid
from app.settings import Settings

_KEY = "citation_notes"

_TABLES = (
    "UPDATE desk.publications SET note_internal = NULL, noted_at = NULL, edit = edit + 1"
    " WHERE noted_at < transaction_timestamp() - make_interval(days => :days) RETURNING 1",
    "UPDATE desk.works SET note_internal = NULL, noted_at = NULL, edit = edit + 1"
    " WHERE noted_at < transaction_timestamp() - make_interval(days => :days) RETURNING 1",
    "UPDATE desk.speakers SET note_internal = NULL, noted_at = NULL, edit = edit + 1"
    " WHERE noted_at < transaction_timestamp() - make_interval(days => :days) RETURNING 1",
)
_REVISIONS = """
WITH aged AS (
  SELECT DISTINCT revision.article_id, each->>'id' AS id, each->>'note_internal' AS note
  FROM desk.revisions revision, jsonb_array_elements(revision.content->'citations') AS each
  WHERE revision.created_at < transaction_timestamp() - make_interval(days => :days)
    AND revision.content @? '$.citations[*].note_internal ? (@ != null)'
    AND each->>'note_internal' IS NOT NULL
)
UPDATE desk.revisions SET content = jsonb_set(content, '{citations}', (
  SELECT jsonb_agg(
    CASE WHEN (article_id, each->>'id', each->>'note_internal') IN (SELECT * FROM aged)
    THEN jsonb_set(each, '{note_internal}', 'null') ELSE each END ORDER BY place)
  FROM jsonb_array_elements(content->'citations') WITH ORDINALITY AS listed (each, place)
))
WHERE article_id IN (SELECT article_id FROM aged)
  AND content @? '$.citations[*].note_internal ? (@ != null)'
RETURNING 1
"""


class Noted(Protocol):
    """A row that may have a note, with the moment at which it was written."""

    note_internal: Any
    noted_at: Any


@dataclass(frozen=True)
class Policy:
    kept: bool = False
    days: int = 365


def session_info(settings: Settings) -> dict[str, Any]:
    """What the database's sessions are told of it."""
    return {_KEY: Policy(settings.citation_notes, settings.citation_notes_days)}


def are_kept(session: AsyncSession) -> bool:
    return _policy(session).kept


def require_allowed(session: AsyncSession, notes: Mapping[str, str | None]) -> None:
    """Raise Invalid, naming the place (a JSON Pointer) of each note, where none are kept."""
    if are_kept(session):
        return
    faults = [
        Fault(
            "Internal notes are not kept here. MASTHEAD_CITATION_NOTES would switch them on.",
            pointer=place,
        )
        for place, note in notes.items()
        if note is not None
    ]
    if faults:
        raise Invalid("Internal notes are switched off.", faults=faults)


def shown(session: AsyncSession, note: str | None) -> str | None:
    """The note, for whoever reads at the desk: nothing once notes are switched off."""
    return note if are_kept(session) else None


async def write(session: AsyncSession, row: Noted, note: str | None) -> None:
    """Set the note of a row. An old one that is sent again stays as old as it is."""
    if note != row.note_internal:
        row.noted_at = None if note is None else await transaction_time(session)
    row.note_internal = note


def join(row: Noted, other: Noted) -> None:
    """Let the row have both notes, which are as old as the older one."""
    notes = [each for each in (row.note_internal, other.note_internal) if each]
    moments: list[datetime] = [each for each in (row.noted_at, other.noted_at) if each]
    row.note_internal = "\n\n".join(dict.fromkeys(notes)) or None
    row.noted_at = min(moments, default=None)
    other.note_internal = other.noted_at = None


async def forget_old(session: AsyncSession) -> int:
    """Empty what was noted longer ago than notes are kept. Returns in how many rows.

    A note on a citation is in every revision since it was written; it ages with the first.
    """
    emptied = 0
    for statement in (*_TABLES, _REVISIONS):
        rows = await session.execute(text(statement), {"days": _policy(session).days})
        emptied += len(rows.all())
    return emptied


def _policy(session: AsyncSession) -> Policy:
    policy: Policy = session.info.get(_KEY, Policy())
    return policy
