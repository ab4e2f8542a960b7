"""What a feed is about: the document that its address names, and the state that it is in."""

import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.published.feed_names import FOLDERS, LATEST, named_place, section_place
from app.published.models import SERIES, STREAMS

Row = tuple[bytes | None, ...]


class Read(Protocol):
    """Asks the database: parameters are text, columns come as the bytes of text or bytea."""

    def __call__(self, sql: str, *parameters: str | None) -> Awaitable[Sequence[Row]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`kind` and `id` are those of the document, `name` is its place in addresses (`topics/tides`),
    `state` changes whenever anything does that a feed of it shows; `channels`, whenever a live
    channel or a series does, the last time at `channels_at`. `gone`: its status, if it was taken
    away. `moved`: it was asked for by an address that it has given up.

    `edition` narrows a feed that has articles of all of them.
    """

    kind: str
    id: str
    name: str
    edition: str | None
    narrowed: bool
    state: str
    channels: str
    changed_at: datetime
    tags: tuple[str, ...]
    channels_at: datetime | None = None
    gone: int | None = None
    notice: str | None = None
    moved: bool = False


async def find(read: Read, name: str, edition: str | None = None) -> Place | None:
    """The place of this name: `latest`, `sections/…`, `topics/…`, `people/…`, `series/…` or
    `saved/…`, by path, slug or id. None where there is none such, and never was."""
    folder, _, rest = name.partition("/")
    if name == LATEST:
        rows = await read(_EDITION, edition)
    elif folder not in _KINDS or not rest:
        return None
    elif _ID.fullmatch(rest):
        rows = await read(_BY_ID, rest, _KINDS[folder])
    elif folder == FOLDERS["feed"]:
        rows = await read(_BY_PATH, f"/feeds/{name}", _KINDS[folder])
    else:
        path = f"/{rest}" if folder == FOLDERS["section"] else f"/{name}"
        rows = await read(_BY_PATH, path, _KINDS[folder])
    return _place(rows[0], edition) if rows else None


def _place(row: Row, edition: str | None) -> Place:
    text = [each.decode() if each is not None else None for each in row]
    kind, identity, slug, path, own, status, notice, tags, changed, on_air, moved, *versions = text
    assert kind and identity and status and changed and tags
    crosses = kind in ("topic", "person", "feed")
    return Place(
        kind=kind,
        id=identity,
        name=_name(kind, slug, path),
        edition=edition if crosses else slug if kind == "edition" else own,
        narrowed=crosses and edition is not None,
        state=_joined(*versions[:3], edition if crosses else None),
        channels=_joined(*versions[3:]),
        changed_at=datetime.fromisoformat(changed),
        tags=tuple(tags.split()),
        channels_at=datetime.fromisoformat(on_air) if on_air else None,
        gone=int(status) if status != "200" else None,
        notice=notice,
        moved=moved == "true",
    )


def _joined(*versions: str | None) -> str:
    return " ".join(each or "-" for each in versions)


def _name(kind: str, slug: str | None, path: str | None) -> str:
    if kind == "edition":
        return LATEST
    if kind == "section":
        return section_place(path or "")
    return named_place(kind, slug or "")


_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}

# Text, whatever it is: any client of the database gives the same bytes.
_STATE = f"""
    d.kind, d.id::text, d.slug, d.path, d.edition, d.status::text, d.meta->>'notice',
    array_to_string(d.tags || site.tags, ' '),
    to_char(greatest(d.modified_at, site.modified_at, s.at) AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
    to_char(greatest(streams.at, series.at) AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
    {{moved}}, site.etag, d.etag, s.seq::text, streams.seq::text, series.seq::text
    FROM {{found}}
    JOIN published.documents site ON site.kind = 'site' AND site.slug = 'site' AND site.status = 200
    LEFT JOIN published.stamps s ON s.key = d.id
    LEFT JOIN published.stamps streams ON streams.key = '{STREAMS}'
    LEFT JOIN published.stamps series ON series.key = '{SERIES}'
"""

_DEFAULT = """(SELECT e.{column} FROM published.documents e
    WHERE e.kind = 'edition' AND e.status = 200 AND e.slug IS NOT NULL
        AND (e.meta->>'default')::boolean LIMIT 1)"""

_EDITION = f"""SELECT {_STATE.format(moved="'false'", found="published.documents d")}
    WHERE d.kind = 'edition' AND d.status = 200
        AND d.slug = coalesce($1::text, {_DEFAULT.format(column="slug")})"""

_BY_ID = f"""SELECT {_STATE.format(moved="'false'", found="published.documents d")}
    WHERE d.id = $1::uuid AND d.kind = $2"""

_BY_PATH = f"""SELECT {
    _STATE.format(
        moved="p.redirect::text",
        found="published.paths p JOIN published.documents d ON d.id = p.document_id",
    )
}
    WHERE d.kind = $2
        AND p.path IN ($1, nullif({_DEFAULT.format(column="path")}, '/') || $1)
    ORDER BY p.path <> $1 LIMIT 1"""
