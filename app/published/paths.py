"""Who lives at which path: claimed, moved and left behind.

Paths are kept decoded, in Unicode's NFC form, without a trailing slash; `encode` gives the form
that documents and links carry.
"""

import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, unquote
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


def encode(path: str) -> str:
    """The path as it stands in a URL (RFC 3986 §2.1)."""
    return quote(path, safe="/-._~!$&'()*+,;=:@")


def normalise(path: str) -> str:
    """One spelling for each path: decoded, NFC, one leading slash, no trailing or double ones.

    Raises ValueError where the percent-encoding is not UTF-8 or hides control characters.
    """
    decoded = unicodedata.normalize("NFC", unquote(path, errors="strict"))
    if any(character < " " or character == "\x7f" for character in decoded):
        raise ValueError("control characters in a path")
    return "/" + "/".join(part for part in decoded.split("/") if part)


async def claim(session: AsyncSession, path: str, document_id: UUID, *, force: bool) -> bool:
    """Make the document live at `path`; what it left behind there before is forgotten.

    False where another document lives there, or has lived there and `force` is not set: a path
    that readers know is not given to another story unless an editor says so. What was deleted
    lives nowhere; a withdrawn article keeps its path, for it may come back.
    """
    row = await session.execute(
        text(
            "INSERT INTO published.paths (path, document_id, redirect) VALUES (:path, :id, false)"
            " ON CONFLICT (path) DO UPDATE SET document_id = excluded.document_id,"
            "   redirect = false, to_url = NULL"
            " WHERE paths.document_id = excluded.document_id OR (:force AND (paths.redirect"
            "   OR EXISTS (SELECT FROM published.documents gone WHERE gone.id = paths.document_id"
            "     AND gone.status <> 200 AND gone.kind <> 'article')))"
            " RETURNING path"
        ),
        {"path": path, "id": document_id, "force": force},
    )
    return row.first() is not None


async def is_free(session: AsyncSession, path: str, document_id: UUID) -> bool:
    """Whether `claim` without force would succeed now."""
    found = await session.execute(
        text("SELECT document_id FROM published.paths WHERE path = :path"), {"path": path}
    )
    row = found.first()
    return row is None or row.document_id == document_id


async def leave(session: AsyncSession, path: str, document_id: UUID) -> None:
    """The document moved away: from now on its old path redirects to wherever it lives."""
    await session.execute(
        text("UPDATE published.paths SET redirect = true WHERE path = :path AND document_id = :id"),
        {"path": path, "id": document_id},
    )


async def homes(session: AsyncSession, document_ids: Sequence[UUID]) -> list[tuple[str, UUID]]:
    """The paths at which these documents live now, each with its document."""
    found = await session.execute(
        text(
            "SELECT path, document_id FROM published.paths"
            " WHERE document_id = ANY(:ids) AND NOT redirect"
        ),
        {"ids": list(document_ids)},
    )
    return [(row.path, row.document_id) for row in found]


async def owner(session: AsyncSession, path: str) -> UUID | None:
    """The document that lives at this path now."""
    found = await session.execute(
        text("SELECT document_id FROM published.paths WHERE path = :path AND NOT redirect"),
        {"path": path},
    )
    identity: UUID | None = found.scalar_one_or_none()
    return identity
