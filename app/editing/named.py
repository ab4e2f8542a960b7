"""Things with a name and a slug that no other of their kind has: people, topics, collections."""

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, column, exists, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import slugs
from app.errors import Conflict, Fault, NotFound

Row = TypeVar("Row")

TRIES = 100


async def add(
    session: AsyncSession,
    model: type[Row],
    fields: dict[str, Any],
    *,
    slug: str | None,
    name: str,
    language: str | None = None,
) -> Row:
    """Insert a row under the slug that was sent (Conflict where it is taken), or one made from
    the name, with a number behind it where others have it."""
    made = slugs.slug(name, language=language, fallback=_noun(model))
    for candidate in [slug] if slug else _numbered(made):
        statement = (
            insert(model)
            .values(slug=candidate, **fields)
            .on_conflict_do_nothing(index_elements=["slug"])
            .returning(model)
        )
        row: Row | None = (await session.execute(statement)).scalar_one_or_none()
        if row is not None:
            return row
    raise await _taken(session, model, slug or made)


async def rename(session: AsyncSession, row: Any, slug: str | None) -> None:
    """Give the row another slug; None leaves it as it is. Raises Conflict where it is taken."""
    if slug is None or slug == row.slug:
        return
    model = type(row)
    try:
        async with session.begin_nested():
            row.slug = slug
            await session.flush()
    except IntegrityError as error:
        raise await _taken(session, model, slug) from error


async def lock(
    session: AsyncSession, model: type[Row], row_id: UUID, *, whole: bool = False
) -> Row:
    """The row, locked. `whole` locks it for deletion: articles can no longer begin to name it."""
    query = select(model).where(_columns(model).id == row_id)
    query = query.with_for_update(key_share=not whole)
    found = await session.execute(query.execution_options(populate_existing=True))
    row = found.scalar_one_or_none()
    if row is None:
        raise NotFound(f"There is no such {_noun(model)}.")
    return row


async def get(session: AsyncSession, model: type[Row], row_id: UUID) -> Row:
    row = await session.get(model, row_id)
    if row is None:
        raise NotFound(f"There is no such {_noun(model)}.")
    return row


def holds(model: Any, words: str) -> ColumnElement[bool]:
    """Whether the slug, the name or a name in some language holds this text, in any case."""
    held = pattern(words)
    return or_(
        model.name.ilike(held), model.slug.ilike(held), has_name_in_some_language(model, held)
    )


def has_name_in_some_language(model: Any, held: str) -> ColumnElement[bool]:
    """Whether one of its names is like this pattern."""
    names = func.jsonb_each_text(model.names).table_valued("key", "value")
    return exists().select_from(names).where(column("value").ilike(held))


def pattern(words: str) -> str:
    """What text that holds these words is like."""
    return "%" + words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def behind(model: Any, sort_key: str, row_id: UUID) -> ColumnElement[bool]:
    """Whether a row comes later in the order of sort keys, and of ids where these are equal."""
    behind: ColumnElement[bool] = tuple_(model.sort_key, model.id) > tuple_(sort_key, row_id)
    return behind


def fields(row: Any) -> dict[str, Any]:
    """What the row holds, by the names of its columns."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _columns(model: Any) -> Any:
    return model


def _noun(model: Any) -> str:
    return str(model.__name__).lower()


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    for number in range(2, TRIES + 1):
        yield f"{slug}-{number}"


async def _taken(session: AsyncSession, model: Any, slug: str) -> Conflict:
    candidates = list(_numbered(slug))
    query = select(model.slug).where(model.slug.in_(candidates))
    taken = set((await session.execute(query)).scalars())
    free = next((candidate for candidate in candidates if candidate not in taken), None)
    proposal = f" {free} is free." if free else ""
    fault = Fault(f"Another {_noun(model)} has this slug.{proposal}", pointer="/slug")
    return Conflict(f"The slug {slug} is taken.{proposal}", faults=[fault])
