"""Two works turn out to be one."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.works import to_follow
from app.editing.works.events import IN_DOUBT
from app.editing.works.inheriting import outstanding
from app.editing.works.models import Work
from app.errors import Conflict
from app.identity.actor import Actor
from app.identity.scopes import Scope

_MOVES = (
    text("UPDATE desk.works SET superseded_by_id = :stays WHERE superseded_by_id = :goes"),
    text("UPDATE desk.work_identifiers SET work_id = :stays WHERE work_id = :goes"),
    # What one of our own articles inherited from the same event reaches it once.
    text(
        "UPDATE desk.work_events SET work_id = :stays WHERE work_id = :goes AND (origin_id IS NULL"
        " OR origin_id NOT IN (SELECT origin_id FROM desk.work_events"
        "   WHERE work_id = :stays AND origin_id IS NOT NULL))"
    ),
    text("UPDATE desk.citations SET work_id = :stays WHERE work_id = :goes"),
    text("UPDATE desk.citation_hops SET work_id = :stays WHERE work_id = :goes"),
    text("UPDATE desk.citation_reviews SET work_id = :stays WHERE work_id = :goes"),
    # What was found at the address goes where the address went.
    text(
        "UPDATE desk.link_checks SET work_id = :stays WHERE work_id = :goes"
        " AND EXISTS (SELECT FROM desk.works goes JOIN desk.works stays USING (url)"
        "   WHERE goes.id = :goes AND stays.id = :stays)"
    ),
)
_LINKS = ("publication_id", "agency_id", "via_id")
_FILLED = (
    *_LINKS, "title", "title_original", "authors", "contributors", "accessed_on", "number",
    "volume", "section", "page", "edition", "place", "event_title", "medium", "genre", "duration",
    "language",
)  # fmt: skip
_TOGETHER = (
    ("issued", "issued_from", "issued_to"),
    ("archive_url", "archived_on"),
    ("url", "url_key", "link_verdict", "link_broken", "link_checked_at", "link_next_check_at",
     "fingerprint"),
)  # fmt: skip
"""Of these the row that stays takes all or none."""


async def merge(
    session: AsyncSession, actor: Actor, work_id: UUID, into_id: UUID, *, expected: Expectation
) -> Work:
    """Let all that names the first name the second, which is returned. There is no way back."""
    actor.require(Scope.CITATIONS_WRITE)
    goes, stays = await merging.lock_both(session, Work, work_id, into_id)
    expected(edit_etag(goes.edit))
    if goes.kind == "own_article":
        raise Conflict("It stands for one of our own articles. Merge the other one into it.")
    if (goes.visibility, stays.visibility) == ("public", "internal"):
        raise Conflict("What is public cannot be merged into what is internal.")
    await merging.join_links(session, Work.superseded_by_id, goes, stays)
    if stays.status == "current" or (goes.status in IN_DOUBT and stays.status not in IN_DOUBT):
        stays.status = goes.status
    citation_notes.join(stays, goes)
    await _follow_up(session, goes, stays)
    # First of all its address is free.
    await merging.lead_on(session, goes, stays)
    _complete(stays, goes)
    await session.flush()
    for move in _MOVES:
        await session.execute(move, {"goes": goes.id, "stays": stays.id})
    for each in (goes, stays):
        note(session, "work", each.id)
    return stays


async def _follow_up(session: AsyncSession, goes: Work, stays: Work) -> None:
    """What has happened to the one has happened to the other: to those who cite that one, too."""
    for work, other in ((goes, stays), (stays, goes)):
        names = await merging.with_predecessors(session, Work, other.id)
        for event in await outstanding(session, work.id):
            to_follow.note(session, event, names)


def _complete(stays: Work, goes: Work) -> None:
    """Give the work that stays what only the other has; that one names nothing any more."""
    merging.fill(stays, goes, _FILLED)
    stays.csl_extra = goes.csl_extra | stays.csl_extra
    # The address of an internal work may be that of some other public one.
    for group in _TOGETHER if goes.visibility == stays.visibility else _TOGETHER[:-1]:
        if getattr(stays, group[0]) is None:
            for name in group:
                setattr(stays, name, getattr(goes, name))
    stays.search_text = "\n".join(
        dict.fromkeys([*stays.search_text.splitlines(), *goes.search_text.splitlines()])
    )
    for name in _LINKS:
        setattr(goes, name, None)
    goes.visibility = stays.visibility
