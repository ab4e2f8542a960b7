"""Documents of one transaction: compared with what is there, and written where they differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.site.models import Edition, Site
from app.errors import Conflict
from app.published import paths
from app.published.models import Document
from app.published.writes import Put, Remove, Views


@dataclass
class Sheet:
    """What all documents of one transaction are made with, what is there, and what to write.

    `pictured` are the assets that the documents on it show.
    """

    session: AsyncSession
    moment: datetime
    site: Site
    editions: dict[UUID, Edition]
    schemas: dict[str, dict[str, Any]]
    existing: dict[UUID, Any] = field(default_factory=dict)
    pictured: set[UUID] = field(default_factory=set)
    writes: list[Put | Remove] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The default edition's: what people and topics, who belong to none, are named in."""
        return next(each.language for each in self.editions.values() if each.is_default)


async def look_up(sheet: Sheet, identities: Sequence[UUID]) -> None:
    rows = await sheet.session.execute(
        select(
            Document.id, Document.etag, Document.path, Document.status, Document.version,
            Document.modified_at, Document.edition, Document.sort_key,
        ).where(Document.id.in_(identities))
    )  # fmt: skip
    sheet.existing |= {row.id: row for row in rows}


def take_away(sheet: Sheet, kind: str, identity: UUID) -> None:
    known = sheet.existing.get(identity)
    if known is not None and known.status == 200:
        sheet.writes.append(
            Remove(id=identity, kind=kind, version=known.version, modified_at=sheet.moment)
        )


async def put(
    sheet: Sheet,
    kind: str,
    identity: UUID,
    version: int,
    render: Callable[[datetime], Any],
    *,
    path: str | None = None,
    sort_key: str | None = None,
    card: BaseModel | None = None,
    refresh: bool = False,
    always: bool = False,
    **fields: Any,
) -> None:
    """Write the document unless it would be the one that is there, at the same place in lists."""
    short = _bytes(card) if card else None
    known = sheet.existing.get(identity)
    if known and not always and (known.status, known.path, known.sort_key) == (200, path, sort_key):
        same = Views(full=_bytes(render(known.modified_at)), card=short)
        if same.etag == known.etag:
            return
    if path is not None and (known is None or known.path != path or known.status != 200):
        await _move(sheet, identity, known.path if known else None, path)
    sheet.writes.append(
        Put(
            id=identity,
            kind=kind,
            change="refresh" if refresh and known else "upsert",
            version=version,
            modified_at=sheet.moment,
            views=Views(full=_bytes(render(sheet.moment)), card=short),
            path=path,
            sort_key=sort_key,
            **fields,
        )
    )


async def _move(sheet: Sheet, identity: UUID, old: str | None, new: str) -> None:
    if not await paths.claim(sheet.session, new, identity, force=True):
        raise Conflict(f"Something else lives at {new}.")
    if old is not None and old != new:
        await paths.leave(sheet.session, old, identity)


def _bytes(shape: Any) -> bytes:
    return shape if isinstance(shape, bytes) else shape.model_dump_json().encode()
