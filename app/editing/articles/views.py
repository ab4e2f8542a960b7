"""Articles in the form in which the desk API shows them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles import citing, queries
from app.editing.articles.commands import Saved
from app.editing.articles.content import Content
from app.editing.articles.models import Article, Revision
from app.editing.articles.schemas import (
    ArticleSummary,
    ArticleView,
    LiveState,
    RevisionView,
    WithdrawnState,
)
from app.editing.citations.finding import Finding
from app.editing.external_ids import ExternalIdView
from app.editing.site.models import Edition
from app.published.paths import encode


async def saved_view(session: AsyncSession, saved: Saved) -> ArticleView:
    """The article with what there is to say of it, and of this save."""
    view = await article_view(session, saved.article)
    found = await citing.findings(session, view.content)
    return view.model_copy(update={"warnings": saved.warnings, "findings": found})


async def article_view(session: AsyncSession, article: Article) -> ArticleView:
    """The article with its working copy."""
    codes = await edition_codes(session)
    external_ids = await queries.external_ids(session, article.id)
    return whole(
        article,
        edition_code=codes[article.edition_id],
        content=await queries.content(session, article),
        external_ids=[(own.system, own.external_id) for own in external_ids],
        translations=await queries.translations(session, article),
    )


def whole(
    article: Article,
    *,
    edition_code: str,
    content: Content,
    external_ids: Sequence[tuple[str, str]],
    translations: Sequence[UUID],
    findings: Sequence[Finding] = (),
) -> ArticleView:
    """The same, for whoever has read its parts already."""
    return ArticleView(
        **dict(summary(article, {article.edition_id: edition_code})),
        content=content,
        external_ids=[ExternalIdView(system=system, id=own) for system, own in external_ids],
        translations=sorted(translations),
        findings=[*findings],
    )


def summary(article: Article, edition_codes: dict[UUID, str]) -> ArticleSummary:
    return ArticleSummary(
        id=article.id,
        edition=edition_codes[article.edition_id],
        stage=article.stage,
        revision=article.revision,
        headline=article.headline,
        genre=article.genre,
        format=article.format,
        section_ids=article.section_ids,
        person_ids=article.person_ids,
        topic_ids=article.topic_ids,
        live=_live(article),
        withdrawn=_withdrawn(article),
        created_at=article.created_at,
        created_by=article.created_by,
        changed_at=article.changed_at,
    )


async def edition_codes(session: AsyncSession) -> dict[UUID, str]:
    rows = await session.execute(select(Edition.id, Edition.code))
    return {row.id: row.code for row in rows}


def revision_view(session: AsyncSession, revision: Revision) -> RevisionView:
    content = queries.held(session, revision)
    return RevisionView(
        number=revision.number,
        created_at=revision.created_at,
        created_by=revision.created_by,
        restored_from=revision.restored_from,
        headline=content.headline,
        content=content,
    )


def _live(article: Article) -> LiveState | None:
    if article.live_version is None:
        return None
    assert article.path and article.live_revision
    assert article.first_published_at and article.published_at and article.updated_at
    return LiveState(
        version=article.live_version,
        revision=article.live_revision,
        path=encode(article.path),
        first_published_at=article.first_published_at,
        published_at=article.published_at,
        updated_at=article.updated_at,
        has_changes=article.live_revision != article.revision,
    )


def _withdrawn(article: Article) -> WithdrawnState | None:
    if article.withdrawn_at is None or article.withdrawn_status is None:
        return None
    return WithdrawnState(
        at=article.withdrawn_at,
        status=article.withdrawn_status,
        notice=article.withdrawn_notice,
    )
