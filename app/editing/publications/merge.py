"""Two publications turn out to be one."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.publications.models import Publication
from app.editing.publications.schemas import MOST_ALIASES
from app.identity.actor import Actor
from app.identity.scopes import Scope

_MOVES = (
    text("UPDATE desk.publications SET parent_id = :stays WHERE parent_id = :goes"),
    text(
        "UPDATE desk.publication_domains SET publication_id = :stays WHERE publication_id = :goes"
    ),
    text("UPDATE desk.works SET publication_id = :stays WHERE publication_id = :goes"),
    text("UPDATE desk.works SET agency_id = :stays WHERE agency_id = :goes"),
    text("UPDATE desk.works SET via_id = :stays WHERE via_id = :goes"),
    text("UPDATE desk.citation_hops SET publication_id = :stays WHERE publication_id = :goes"),
    text("UPDATE desk.assets SET agency_id = :stays WHERE agency_id = :goes"),
)
_FILLED = ("short_name", "homepage_url", "wikidata_id", "country", "language", "disclosures")


async def merge(
    session: AsyncSession,
    actor: Actor,
    publication_id: UUID,
    into_id: UUID,
    *,
    expected: Expectation,
) -> Publication:
    """Let all that names the first name the second, which is returned. There is no way back."""
    actor.require(Scope.CITATIONS_WRITE)
    goes, stays = await merging.lock_both(session, Publication, publication_id, into_id)
    expected(edit_etag(goes.edit))
    await merging.join_links(session, Publication.parent_id, goes, stays)
    merging.fill(stays, goes, _FILLED)
    stays.attribution = goes.attribution | stays.attribution
    stays.issn = list(dict.fromkeys([*stays.issn, *goes.issn]))
    names = dict.fromkeys([*stays.aliases, goes.name, *goes.aliases])
    stays.aliases = [name for name in names if name != stays.name][:MOST_ALIASES]
    citation_notes.join(stays, goes)
    await merging.lead_on(session, goes, stays)
    for move in _MOVES:
        await session.execute(move, {"goes": goes.id, "stays": stays.id})
    for each in (goes, stays):
        note(session, "publication", each.id)
    return stays
