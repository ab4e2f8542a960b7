"""Rows of publications, works and speakers as the database gives them, and what cites them."""

from typing import Any
from uuid import UUID, uuid4

from app.editing.citations.block_texts import places
from app.editing.citations.values import Citation
from app.editing.publications.models import Publication
from app.editing.speakers.models import Speaker
from app.editing.works.models import Work
from app.publishing.citing import shapes
from app.publishing.markers import in_order
from app.publishing.sources import News, Sources
from tests.editing.citations.written import written

COURIER = Publication(
    id=uuid4(), name="The Northgate Courier", short_name="Courier", kind="newspaper", issn=[]
)
GAZETTE = Publication(id=uuid4(), name="Harbour Gazette", kind="newspaper", issn=[])
WIRE = Publication(id=uuid4(), name="Estuary Wire", kind="news_agency", issn=[])


def work(
    publication: Publication | None = COURIER, *, agency: Publication | None = None, **fields: Any
) -> Work:
    row = {
        "id": uuid4(), "kind": "newspaper_article", "csl_type": "article-newspaper",
        "title": "A second ledger", "authors": [], "contributors": {}, "csl_extra": {},
        "status": "current", "access": "free", "link_broken": False,
        "publication_id": publication and publication.id, "agency_id": agency and agency.id,
    }  # fmt: skip
    return Work(**row | fields)


def speaker(name: str = "Ines Valdo", **fields: Any) -> Speaker:
    return Speaker(**{"id": uuid4(), "kind": "person", "name": name, "names": {}} | fields)


def sources(
    *rows: Work | Publication | Speaker, news: dict[UUID, list[News]] | None = None
) -> Sources:
    """Of these rows and the three publications."""
    found = [COURIER, GAZETTE, WIRE, *rows]
    return Sources(
        works={row.id: row for row in found if isinstance(row, Work)},
        publications={row.id: row for row in found if isinstance(row, Publication)},
        speakers={row.id: row for row in found if isinstance(row, Speaker)},
        news=news or {},
    )


def event(kind: str = "retraction", **fields: Any) -> News:
    row: dict[str, Any] = {"id": uuid4(), "kind": kind, "severity": "fatal", "summary": "Forged.",
           "notice_url": "https://courier.example/notice", "occurred_on": "2026-11-21"}  # fmt: skip
    return News(**row | fields)


def unnamed(label: str = "a former official", **fields: Any) -> dict[str, Any]:
    return {"label": label, **fields}


def said(**fields: Any) -> dict[str, Any]:
    """A statement; of somebody unnamed where nothing else is said."""
    given: dict[str, Any] = {"form": "paraphrase", "text": "It was known", "channel": "interview"}
    if not fields.keys() & {"speaker_id", "unnamed", "channel"} or (
        fields.get("channel") == "press_report" and "speaker_id" not in fields
    ):
        given["unnamed"] = unnamed()
    fields = given | fields
    if fields.get("unnamed"):
        fields.setdefault("attribution_level", "background")
    return fields


def cites(**fields: Any) -> Citation:
    kind = "paraphrase" if fields.get("statement") else "reported_by"
    return Citation.model_validate({"type": kind} | fields)


def shown(
    *citations: Citation, of: Sources, text: str = "Some words.", language: str = "en"
) -> list[dict[str, Any]]:
    """As readers get them, from an article with this text."""
    found = places(written(text))
    return shapes.citations(
        in_order(citations, found), of, places=found, language=language, direction="ltr"
    )
