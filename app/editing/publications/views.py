"""Publications in the form in which the desk API shows them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import citation_notes, named
from app.editing.publications import queries
from app.editing.publications.models import Publication
from app.editing.publications.schemas import PublicationSummary, PublicationView


async def view(session: AsyncSession, publication: Publication) -> PublicationView:
    domains = await queries.domains(session, [publication.id])
    note = citation_notes.shown(session, publication.note_internal)
    return PublicationView.model_validate(
        named.fields(publication) | {"domains": domains[publication.id], "note_internal": note}
    )


async def summaries(
    session: AsyncSession, publications: Sequence[Publication]
) -> list[PublicationSummary]:
    domains = await queries.domains(session, [publication.id for publication in publications])
    return [
        PublicationSummary.model_validate(
            named.fields(publication) | {"domains": domains[publication.id]}
        )
        for publication in publications
    ]
