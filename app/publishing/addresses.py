"""Where an article lives: by its edition's pattern, claimed at the first publish, then fixed."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.slugs import slug
from app.errors import Conflict, Fault, Invalid
from app.published import paths
from app.publishing.snapshot import Snapshot

TRIES = 50


async def claim(session: AsyncSession, taken: Snapshot, published_at: datetime) -> str:
    """The article's path, claimed for it.

    A path that an editor wrote is taken or refused; one made by the pattern gets a number where
    somebody lives, or lived, there already.
    """
    article, wanted = taken.article, taken.content.path
    if wanted is not None:
        path = _own_path(wanted)
        if path == article.path:
            return path
        if not await paths.claim(session, path, article.id, force=True):
            fault = Fault(f"Something else lives at {path}.", pointer="/path")
            raise Conflict("The path is taken.", faults=[fault])
        if article.path is not None:
            await paths.leave(session, article.path, article.id)
        return path
    if article.path is not None:
        # Withdrawn or not, its address is known: it comes back to it.
        await paths.claim(session, article.path, article.id, force=False)
        return article.path
    for candidate in _candidates(taken, published_at):
        if await paths.claim(session, candidate, article.id, force=False):
            return candidate
    raise Conflict("No free path could be made. Give the article a slug of its own.")


async def would_be(session: AsyncSession, taken: Snapshot, published_at: datetime) -> str:
    """The path that `claim` would give now, without claiming it."""
    if taken.content.path is not None:
        return _own_path(taken.content.path)
    if taken.article.path is not None:
        return taken.article.path
    for candidate in _candidates(taken, published_at):
        if await paths.is_free(session, candidate, taken.article.id):
            return candidate
    raise Conflict("No free path could be made. Give the article a slug of its own.")


def _own_path(wanted: str) -> str:
    try:
        return paths.normalise(wanted)
    except ValueError:
        fault = Fault("Must be percent-encoded UTF-8 without control characters.", pointer="/path")
        raise Invalid("The path cannot be used.", faults=[fault]) from None


def _candidates(taken: Snapshot, published_at: datetime) -> Iterator[str]:
    edition, content = taken.edition, taken.content
    word = slug(content.slug or content.headline, language=edition.language) or "article"
    local = published_at.astimezone(ZoneInfo(edition.time_zone))
    for number in range(1, TRIES + 1):
        made = edition.path_pattern.format(
            section=taken.sections[content.section_id].path,
            yyyy=f"{local.year:04}",
            mm=f"{local.month:02}",
            dd=f"{local.day:02}",
            slug=word if number == 1 else f"{word}-{number}",
            id=taken.article.id,
        )
        yield paths.normalise(edition.path_prefix + made)
    yield paths.normalise(f"{edition.path_prefix}/{word}-{taken.article.id}")
