"""Articles that show files of the old system, saved again with assets in their place."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles import commands, queries
from app.editing.articles.schemas import ArticleSave
from app.editing.expectation import anything
from app.errors import MastheadError
from app.exchange.media import places
from app.exchange.media.places import File, Hosts
from app.exchange.media.report import ArticleItem
from app.exchange.reasons import told
from app.identity.actor import Actor
from app.publishing import commands as publishing
from app.publishing.commands import Options

ORIGIN = "import"
_AS_IT_WAS = Options(minor=True, quiet=True, despite="It was public as it is.")


async def rewrite(
    session: AsyncSession,
    actor: Actor,
    article_ids: Sequence[UUID],
    assets: Mapping[File, UUID],
    hosts: Hosts,
) -> list[ArticleItem]:
    """What became of each of a few articles. One that cannot be saved does not take others with
    it."""
    items = []
    for article_id in article_ids:
        if item := await _rewritten(session, actor, article_id, assets, hosts):
            items.append(item)
    return items


async def _rewritten(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    assets: Mapping[File, UUID],
    hosts: Hosts,
) -> ArticleItem | None:
    try:
        async with session.begin_nested():
            return await _rewrite(session, actor, article_id, assets, hosts)
    except (SQLAlchemyError, psycopg.Error):
        raise
    except (MastheadError, ValidationError) as error:
        return ArticleItem(article_id, "", "failed", told(error))


async def _rewrite(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    assets: Mapping[File, UUID],
    hosts: Hosts,
) -> ArticleItem | None:
    locked = await queries.lock_present(session, [article_id])
    article = locked.get(article_id)
    if article is None:
        return None
    last = await queries.revision(session, article_id, article.revision)
    content = places.put_in(last.content, assets, hosts)
    if content is None:
        return None
    was_as_published = article.is_live and article.live_revision == article.revision
    stage = article.stage
    del content["citations"]  # they stay
    origin = last.origin if last.origin.startswith("external:") else ORIGIN
    draft = ArticleSave.model_validate(content)
    await commands.save(session, actor, article_id, draft, expected=anything, origin=origin)
    if article.stage != stage:
        await commands.move_stage(session, actor, article_id, stage, expected=anything)
    if not was_as_published:
        return ArticleItem(article_id, article.headline, "rewritten")
    return await _publish(session, actor, article_id, article.headline)


async def _publish(
    session: AsyncSession, actor: Actor, article_id: UUID, headline: str
) -> ArticleItem:
    try:
        async with session.begin_nested():
            await publishing.publish(
                session, actor, article_id, expected=anything, options=_AS_IT_WAS
            )
    except MastheadError as error:
        reason = f"rewritten, and cannot be published: {told(error)}"
        return ArticleItem(article_id, headline, "rewritten", reason)
    return ArticleItem(article_id, headline, "republished")
