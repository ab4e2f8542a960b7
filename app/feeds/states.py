"""What an answer is made of, and in which state: where its ETag and its date come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.feeds.places import Row


@dataclass(frozen=True, slots=True)
class State:
    """`name` changes whenever anything does that the answer shows; `tags` are its cache tags."""

    name: str
    changed_at: datetime
    tags: tuple[str, ...]


def combined(rows: Iterable[Row]) -> State:
    """Of rows of version, date and cache tags, each as text."""
    names: list[str] = []
    moments: list[datetime] = []
    tags: dict[str, None] = {}
    for version, at, tagged in rows:
        assert version and at and tagged
        names.append(version.decode())
        moments.append(datetime.fromisoformat(at.decode()))
        tags |= dict.fromkeys(tagged.decode().split())
    return State(" ".join(names), max(moments), tuple(tags))


def moment(column: str) -> str:
    """SQL for a timestamp as text: any client of the database gets the same."""
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"


DOCUMENT = f"d.etag, {moment('d.modified_at')}, array_to_string(d.tags, ' ')"
"""The columns of a row for `combined`, of a document `d`."""

SITE = f"""SELECT {DOCUMENT} FROM published.documents d
    WHERE d.kind = 'site' AND d.slug = 'site' AND d.status = 200"""
"""Such a row: of the site."""


def stamp(key: str) -> str:
    """SQL for such a row: of the stamp of a list. `key` is SQL, too."""
    return (
        f"SELECT s.seq::text, {moment('s.at')}, 'list-' || s.key"
        f" FROM published.stamps s WHERE s.key = {key}"
    )
