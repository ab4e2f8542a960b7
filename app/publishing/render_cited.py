"""PURE: the documents of works, publications and speakers that live articles cite."""

from datetime import datetime
from uuid import UUID

from app.editing.publications.models import Publication
from app.editing.speakers.models import Speaker
from app.editing.works.models import Work
from app.published import citations as shapes
from app.publishing.citing.notices import notices
from app.publishing.citing.shapes import publication_ref, work_ref
from app.publishing.sources import Sources


def work_document(work: Work, sources: Sources, _: datetime) -> shapes.Work:
    return shapes.Work.model_validate(
        {
            **work_ref(work, sources),
            "identifiers": [
                {"scheme": scheme, "value": value}
                for scheme, value in sources.identifiers.get(work.id, ())
            ],
            "notices": notices(sources.news.get(work.id, ())),
            "cited_by": f"/v1/works/{work.id}/cited-by",
        }
    )


def publication_document(
    publication: Publication, parent: Publication | None, domains: list[str], _: datetime
) -> shapes.Publication:
    return shapes.Publication.model_validate(
        {
            **publication_ref(publication),
            "homepage_url": publication.homepage_url,
            "domains": domains,
            "issn": publication.issn,
            "country": publication.country,
            "language": publication.language,
            "parent": publication_ref(parent) if parent else None,
            "aliases": publication.aliases,
            "disclosures": publication.disclosures,
            "cited_by": f"/v1/publications/{publication.id}/cited-by",
        }
    )


def speaker_document(
    speaker: Speaker, organisations: dict[UUID, str], _: datetime
) -> shapes.Speaker:
    return shapes.Speaker.model_validate(
        {
            "id": speaker.id,
            "name": speaker.name,
            "short_name": speaker.short_name,
            "type": speaker.kind,
            "roles": [_role(role, organisations) for role in speaker.roles],
            "url": speaker.url,
            "statements": f"/v1/speakers/{speaker.id}/statements",
        }
    )


def _role(role: dict[str, str], organisations: dict[UUID, str]) -> str:
    """“Harbour master, Port of Calder”."""
    named = role.get("organisation")
    if role.get("organisation_id"):
        named = organisations.get(UUID(role["organisation_id"]), named)
    return ", ".join(part for part in (role.get("title"), named) if part)
