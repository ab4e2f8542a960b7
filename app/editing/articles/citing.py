"""The citations of an article, through every save: kept, re-anchored, checked."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes
from app.editing.articles.content import Content
from app.editing.citations import rows
from app.editing.citations.anchoring import reanchor
from app.editing.citations.finding import Finding
from app.editing.citations.lint import lint
from app.editing.citations.values import Citation
from app.editing.works import inheriting
from app.editing.works.models import Work


async def citations_of(
    session: AsyncSession,
    content: Content,
    sent: Sequence[Citation] | None,
    *,
    before: Sequence[Citation],
    article_id: UUID | None,
) -> list[Citation]:
    """What `content` is to cite: what was sent, or what it cited `before` where nothing was.

    Raises Invalid where notes are not kept. An id that another article has is replaced.
    """
    if sent is None:
        return reanchor(before, content)
    notes = {
        f"/citations/{number}/note_internal": citation.note_internal
        for number, citation in enumerate(sent)
    }
    citation_notes.require_allowed(session, notes)
    own = await rows.own_ids(session, article_id, sent)
    return reanchor(own, content)


async def findings(session: AsyncSession, content: Content) -> list[Finding]:
    """What a careful editor would ask about these citations."""
    named = {citation.work_id for citation in content.citations}
    named |= {hop.work_id for citation in content.citations for hop in citation.chain}
    works = [work_id for work_id in named if work_id]
    query = select(Work.id).where(Work.id.in_(works), Work.link_broken, Work.archive_url.is_(None))
    dead = set((await session.execute(query)).scalars()) if works else set()
    doubted = await inheriting.doubted(session, works) if works else {}
    return lint(content.citations, content, dead_works=dead, doubted=doubted)


def found_again(content: Content) -> list[Citation]:
    """The citations, anchored in the text anew."""
    return reanchor(content.citations, content)
