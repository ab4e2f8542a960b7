"""Reviews in the form in which the desk API shows them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles.models import Article
from app.editing.articles.views import edition_codes
from app.editing.reviews import citing, queries
from app.editing.reviews.queries import Found
from app.editing.reviews.schemas import (
    ReviewedArticle,
    ReviewedSection,
    ReviewedWork,
    ReviewView,
    Through,
)
from app.editing.sections.models import Section
from app.editing.works.event_schemas import EventView
from app.editing.works.models import Work
from app.published.paths import encode


async def views(session: AsyncSession, found: Sequence[Found]) -> list[ReviewView]:
    ids = [each.review.id for each in found]
    codes = await edition_codes(session)
    sections = await _section_names(session, [each.article for each in found])
    ways = await queries.ways(session, ids)
    citations = await citing.citations(session, ids)
    return [
        ReviewView(
            id=each.review.id,
            article=_article(each.article, codes, sections),
            work=ReviewedWork.model_validate(each.work, from_attributes=True),
            event=EventView.model_validate(each.event),
            through=[_own(work) for work in ways[each.review.id] if work.id != each.work.id],
            citation_ids=citations[each.review.id],
            opened_at=each.review.opened_at,
            outcome=each.review.outcome,
            note=each.review.note,
            correction_id=each.review.correction_id,
            closed_at=each.review.closed_at,
            closed_by=each.review.closed_by,
        )
        for each in found
    ]


def _article(
    article: Article, codes: dict[UUID, str], sections: dict[UUID, str]
) -> ReviewedArticle:
    section_id = article.section_ids[0]
    return ReviewedArticle(
        id=article.id,
        edition=codes[article.edition_id],
        headline=article.headline,
        path=encode(article.path) if article.path else None,
        section=ReviewedSection(id=section_id, name=sections[section_id]),
        live=article.is_live,
    )


def _own(work: Work) -> Through:
    return Through(work_id=work.id, article_id=work.article_id, title=work.title)


async def _section_names(session: AsyncSession, articles: Sequence[Article]) -> dict[UUID, str]:
    wanted = {article.section_ids[0] for article in articles}
    rows = await session.execute(select(Section.id, Section.name).where(Section.id.in_(wanted)))
    return {row.id: row.name for row in rows}
