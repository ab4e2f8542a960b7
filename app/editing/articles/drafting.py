"""From what was sent to what a revision holds."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.articles import citing, queries, translations, workflow
from app.editing.articles.content import Content, Fields
from app.editing.articles.media import uses
from app.editing.articles.models import Article, ArticleExternalId, Revision
from app.editing.articles.schemas import ArticleSave
from app.editing.articles.translations import Held
from app.editing.body import block_text
from app.editing.body.blocks import Stored, uses_raw_html
from app.editing.body.notices import Notice
from app.editing.body.prepare import prepare
from app.editing.citations import rows
from app.editing.extras import check_extras
from app.errors import Conflict
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def content_of(
    session: AsyncSession,
    actor: Actor,
    draft: ArticleSave,
    *,
    before: Content | None = None,
    article_id: UUID | None = None,
) -> tuple[Content, list[Notice]]:
    """The content to keep: its body converted, cleaned and with the block ids of the one `before`,
    its citations anchored in it."""
    previous = before.body if before else []
    if draft.body and uses_raw_html(draft.body, previous):
        actor.require(Scope.ARTICLES_HTML)
    await check_extras(session, "article", draft.extras)
    prepared = prepare(
        blocks=draft.body,
        body_html=draft.body_html,
        body_markdown=draft.body_markdown,
        previous=previous,
    )
    moment = (await transaction_time(session)).replace(microsecond=0)
    for correction in draft.corrections:
        correction.at = correction.at or moment
    fields = {name: getattr(draft, name) for name in Fields.model_fields}
    content = Content.model_construct(**fields, body=prepared.blocks, citations=[])
    content.citations = await citing.citations_of(
        session,
        content,
        draft.citations,
        before=before.citations if before else [],
        article_id=article_id,
    )
    return content, prepared.warnings


def require_raw_html(actor: Actor, body: Sequence[Stored], present: Sequence[Stored]) -> None:
    """Raise Forbidden where a stored body brings back raw HTML that is not in the present one, and
    the actor may not write any."""
    if _raw_html(body) - _raw_html(present):
        actor.require(Scope.ARTICLES_HTML)


async def keep(
    session: AsyncSession,
    actor: Actor,
    article: Article,
    content: Content,
    *,
    origin: str = "desk",
    restored_from: int | None = None,
) -> None:
    """Add the revision, and repeat in the article's row what lists filter by."""
    was_as_published = article.is_live and article.live_revision == article.revision
    article.revision += 1
    article.headline = content.headline
    article.genre = content.genre
    article.format = content.format
    article.section_ids = content.all_section_ids
    article.person_ids = content.person_ids
    article.topic_ids = content.topic_ids
    article.series_id = content.episode.series_id if content.episode else None
    article.asset_ids = sorted({use.asset_id for use in uses(content)})
    article.search_text = search_text(content)
    article.stage = "draft" if was_as_published else workflow.after_save(actor, article.stage)
    await touch(session, article)
    session.add(article)
    await session.flush()
    session.add(
        Revision(
            article_id=article.id,
            number=article.revision,
            content=content.model_dump(mode="json"),
            origin=origin,
            restored_from=restored_from,
            created_by=actor.name,
        )
    )
    await rows.repeat(session, article.id, content.citations)


async def touch(session: AsyncSession, article: Article) -> None:
    """Count a change of the article, so that its ETag is a new one."""
    article.edit += 1
    article.changed_at = await transaction_time(session)


async def link(
    session: AsyncSession, actor: Actor, article: Article, draft: ArticleSave, held: Held
) -> bool:
    """Set the external ids and the translation that came with a save. Also: whether any changed.

    `held` has the article that it is a translation of (`translations.hold`).
    """
    changed = False
    if draft.external_ids is not None:
        wanted = {(own.system, own.id) for own in draft.external_ids}
        present = {
            (own.system, own.external_id) for own in await queries.external_ids(session, article.id)
        }
        if wanted != present:
            await _replace_external_ids(session, article.id, wanted)
            changed = True
    if draft.translation_of is not None:
        changed |= await translations.join(session, actor, article, draft.translation_of, held)
    elif "translation_of" in draft.model_fields_set:
        changed |= await translations.leave(session, article)
    return changed


def search_text(content: Content) -> str:
    """What the desk's own search looks through."""
    parts = [content.headline, content.kicker, content.standfirst, content.summary]
    parts += [block_text.text_of(block) for block in content.body]
    # The index cannot hold more than a megabyte of distinct words; nobody searches page 300.
    return "\n".join(part for part in parts if part)[:200_000]


def _raw_html(body: Sequence[Stored]) -> set[str]:
    return {block["html"] for block in body if block["type"] == "html"}


async def _replace_external_ids(
    session: AsyncSession, article_id: UUID, wanted: set[tuple[str, str]]
) -> None:
    await session.execute(
        delete(ArticleExternalId).where(ArticleExternalId.article_id == article_id)
    )
    for system, external_id in sorted(wanted):
        added = await session.execute(
            insert(ArticleExternalId)
            .values(system=system, external_id=external_id, article_id=article_id)
            .on_conflict_do_nothing()
            .returning(ArticleExternalId.article_id)
        )
        if added.first() is None:
            owner = await queries.by_external(session, system, external_id)
            raise Conflict(f"{system}:{external_id} is already the id of article {owner}.")
