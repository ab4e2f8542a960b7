"""Reading keys."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import tokens
from app.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Key
from app.identity.scopes import Scope

_VALID_KEY = select(Key).where(
    Key.prefix == bindparam("prefix"),
    Key.revoked_at.is_(None),
    or_(Key.expires_at.is_(None), Key.expires_at > func.transaction_timestamp()),
)


async def actor_of(session: AsyncSession, credentials: str) -> Actor | None:
    """Who holds this key, if it is valid now by the primary's clock.

    Asked for each request: a revoked key is refused at once, by every process.
    """
    token = tokens.parse(credentials)
    if token is None:
        return None
    found = await session.execute(_VALID_KEY, {"prefix": token.prefix})
    key = found.scalar_one_or_none()
    if key is None or not token.proves(key.digest):
        return None
    return Actor(
        kind="key",
        id=key.id,
        name=key.name,
        scopes=frozenset(scope for scope in Scope if scope in key.scopes),
        sections=frozenset(key.section_ids) if key.section_ids is not None else None,
    )


async def get(session: AsyncSession, key_id: UUID) -> Key:
    key = await session.get(Key, key_id)
    if key is None:
        raise NotFound("There is no such key.")
    return key


async def all_keys(session: AsyncSession) -> Sequence[Key]:
    """The newest first, revoked and expired ones too."""
    return (await session.execute(select(Key).order_by(Key.id.desc()))).scalars().all()


async def page(session: AsyncSession, *, after: tuple[UUID] | None, limit: int) -> Sequence[Key]:
    """The newest first, behind the key with this id."""
    query = select(Key).order_by(Key.id.desc()).limit(limit)
    if after is not None:
        query = query.where(Key.id < after[0])
    return (await session.execute(query)).scalars().all()


async def known_sections(session: AsyncSession, section_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these sections that there are."""
    found = await session.execute(
        text("SELECT id FROM desk.sections WHERE id = ANY(:ids)"), {"ids": list(section_ids)}
    )
    return set(found.scalars())
