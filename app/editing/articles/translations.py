"""Articles that tell the same story, each in an edition of its own: one group."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import attempts
from app.editing.articles import checks, queries
from app.editing.articles.models import Article
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor

Held = Mapping[UUID, Article]
"""Articles by their ids, with the whole groups that they are in, all locked."""


async def hold(session: AsyncSession, *article_ids: UUID) -> Held:
    """Those of these articles that there are, with all that tell the same stories.

    Whoever links articles asks for this before any other lock: so all are locked at once, in the
    order of their ids, and nobody else can change the groups.
    """

    async def attempt() -> Held | None:
        found = await queries.lock_present(session, await _with_groups(session, article_ids))
        return found if found.keys() == set(await _with_groups(session, article_ids)) else None

    return await attempts.until_held(session, attempt)


async def join(
    session: AsyncSession, actor: Actor, article: Article, other_id: UUID, held: Held
) -> bool:
    """Let both articles, with all that are linked to either, tell the same story.

    Also: whether that is new. It takes the right to change the other article, too.
    """
    other = held.get(other_id)
    if other is not None:
        await checks.section_is_the_actors(session, actor, other.section_ids[0])
    if other is None or other.edition_id == article.edition_id:
        fault = Fault("Must be an article of another edition.", pointer="/translation_of")
        raise Invalid("The translation cannot be linked.", faults=[fault])
    if article.translation_group and article.translation_group == other.translation_group:
        return False
    together = {**held, article.id: article}
    _require_different_editions(list(together.values()))
    group = article.translation_group or other.translation_group or ids.internal()
    for each in together.values():
        each.translation_group = group
    return True


async def leave(session: AsyncSession, article: Article) -> bool:
    """Let the article tell a story of its own; the others stay linked. Also: whether it did not."""
    was_linked = bool(await queries.translations(session, article))
    article.translation_group = None
    return was_linked


def _require_different_editions(articles: Sequence[Article]) -> None:
    by_edition: dict[UUID, UUID] = {}
    for article in articles:
        twin = by_edition.setdefault(article.edition_id, article.id)
        if twin != article.id:
            fault = Fault(
                f"Articles {twin} and {article.id} are of one edition: they would be translations "
                "of each other.",
                pointer="/translation_of",
            )
            raise Conflict("A story has one article in each edition.", faults=[fault])


async def _with_groups(session: AsyncSession, article_ids: Sequence[UUID]) -> list[UUID]:
    groups = select(Article.translation_group).where(Article.id.in_(article_ids))
    query = select(Article.id).where(
        or_(Article.id.in_(article_ids), Article.translation_group.in_(groups))
    )
    return list((await session.execute(query)).scalars())
