"""Two speakers turn out to be one."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.csl import CslName
from app.editing.expectation import Expectation, edit_etag
from app.editing.speakers.commands import sorted_by
from app.editing.speakers.models import Speaker
from app.editing.speakers.schemas import MOST_ALIASES
from app.errors import Conflict
from app.identity.actor import Actor
from app.identity.scopes import Scope

_MOVES = (
    text("UPDATE desk.statements SET speaker_id = :stays WHERE speaker_id = :goes"),
    text("UPDATE desk.citation_hops SET speaker_id = :stays WHERE speaker_id = :goes"),
    text(
        "UPDATE desk.speakers SET roles ="
        " (SELECT jsonb_agg(CASE WHEN role->>'organisation_id' = CAST(:goes AS text)"
        "   THEN role || jsonb_build_object('organisation_id', CAST(:stays AS text))"
        "   ELSE role END ORDER BY place)"
        "  FROM jsonb_array_elements(roles) WITH ORDINALITY AS listed (role, place))"
        " WHERE roles @> jsonb_build_array("
        "  jsonb_build_object('organisation_id', CAST(:goes AS text)))"
    ),
)
_FILLED = ("short_name", "csl_name", "wikidata_id", "url", "roles")


async def merge(
    session: AsyncSession, actor: Actor, speaker_id: UUID, into_id: UUID, *, expected: Expectation
) -> Speaker:
    """Let all that names the first name the second, who is returned. There is no way back."""
    actor.require(Scope.CITATIONS_WRITE)
    goes, stays = await merging.lock_both(session, Speaker, speaker_id, into_id)
    expected(edit_etag(goes.edit))
    if (goes.kind == "person") != (stays.kind == "person"):
        raise Conflict("A person is no organisation or group. Change the kind of one of them.")
    merging.fill(stays, goes, _FILLED)
    parts = CslName.model_validate(stays.csl_name) if stays.csl_name else None
    stays.sort_key = sorted_by(stays.name, parts)
    both = {str(goes.id), str(stays.id)}
    stays.roles = [role for role in stays.roles if role.get("organisation_id") not in both]
    goes.roles = []
    stays.names = goes.names | stays.names
    names = dict.fromkeys([*stays.aliases, goes.name, *goes.aliases])
    stays.aliases = [name for name in names if name != stays.name][:MOST_ALIASES]
    citation_notes.join(stays, goes)
    await merging.lead_on(session, goes, stays)
    for move in _MOVES:
        await session.execute(move, {"goes": goes.id, "stays": stays.id})
    await session.refresh(stays)
    for each in (goes, stays):
        note(session, "speaker", each.id)
    return stays
