"""An article's public citations, made up: a chain to unnamed officials, an interview, and more."""

from datetime import date
from typing import Any
from uuid import UUID

from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.published.citations import (
    Anchor,
    Citation,
    Display,
    Hop,
    Link,
    Locator,
    Notice,
    PublicationRef,
    Source,
    Statement,
    Via,
    WorkRef,
)
from app.publishing.bibliography import csl
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.names import in_order

URL = "https://www.harbour-news.example/port/2026/11/two-ledgers"


def uuid(number: int) -> UUID:
    return UUID(f"{number:08x}-0000-4000-8000-{number:012x}")


COURIER = Publication(
    id=uuid(1), name="The Northgate Courier", kind="newspaper", issn=["2049-3630"]
)
WIRE = Publication(id=uuid(2), name="Estuary Wire", kind="news_agency", issn=[])
OFFICE = Publication(id=uuid(3), name="Audit Office of Calder", kind="government_body", issn=[])
QUAY = Publication(id=uuid(4), name="Le Quai", kind="news_site", issn=[])
SPEAKER = uuid(50)


def work(identity: int, kind: str, csl_type: str, **fields: Any) -> Work:
    """A row as the database gives it, with the defaults that it fills in."""
    defaults = {"authors": [], "contributors": {}, "csl_extra": {}, "status": "current",
                "access": "unknown"}  # fmt: skip
    return Work(id=uuid(identity), kind=kind, csl_type=csl_type, **defaults | fields)


def ref(row: Work, publication: Publication | None = None, **fields: Any) -> WorkRef:
    """The work as citations name it."""
    issuer = publication and PublicationRef(
        id=publication.id, name=publication.name, type=publication.kind
    )
    agency, via = fields.pop("agency", None), fields.pop("via", None)
    identifiers = fields.pop("identifiers", ())
    return WorkRef(
        id=row.id,
        type=row.kind,
        title=row.title,
        publication=issuer,
        authors=[in_order(name) for name in row.authors],
        issued=row.issued,
        language=row.language,
        status=row.status,
        link=Link(url=row.url, access=row.access, archive_url=row.archive_url,
                  archived_on=row.archived_on),
        csl=csl.item(
            row, publication=publication, agency=agency, via=via, identifiers=identifiers
        ),
        **fields,
    )  # fmt: skip


def citation(number: int, kind: str, **fields: Any) -> Citation:
    return Citation(
        id=uuid(100 + number),
        marker=str(number),
        ordinal=number,
        type=kind,
        anchors=[Anchor(target="body", exact="anchored words")],
        display=Display(line1="line", short="short", direction="ltr"),
        **fields,
    )


def statement(
    form: str, text: str, channel: str, source: Source | None, **fields: Any
) -> Statement:
    level = fields.pop("attribution_level", "on_the_record")
    return Statement(
        form=form, text=text, channel=channel, source=source, attribution_level=level, **fields
    )


LEDGER = work(
    10, "newspaper_article", "article-newspaper",
    title="Harbour authority kept second ledger",
    authors=[{"family": "Okafor", "given": "Lena"}, {"family": "Brandt", "given": "Tomas"}],
    issued="2026-11-20", accessed_on=date(2026, 11, 21), language="en", access="metered",
    url="https://courier.example/2026/11/20/ledger", status="corrected",
    archive_url="https://archive.example/20261121/ledger", archived_on=date(2026, 11, 21),
)  # fmt: skip
AUDIT = work(
    11, "report", "report",
    title="Port revenues & charges, 2019–2025: 100% of #dues {draft}",
    authors=[{"literal": "Audit Office of Calder, Second Chamber"}],
    issued="2026-03", number="2026/14", url="https://audit.example/r_14?a=1&b=%7Bx%7D",
    language="en-GB",
)  # fmt: skip
DISPATCH = work(
    12, "wire_item", "article-newspaper",
    title="Le port est « calme »", issued="2026-11-21", language="fr",
    url="https://quai.example/depeche", status="retracted",
)  # fmt: skip
PODCAST = work(
    13, "podcast_episode", "broadcast",
    title="بندر و دفتر دوم", issued="2026-11-18/2026-11-20", language="fa", duration=1985,
    contributors={"host": [{"family": "Tour", "non-dropping-particle": "de la", "given": "Zoé"}]},
    csl_extra={"container-title": "Tide Table"},
)  # fmt: skip

OFFICIALS = Hop(
    depth=1, node="group", label="current and former officials", relation="said",
    identity="withheld_by_relay",
)  # fmt: skip
FORMER = Source(
    named=False, label="a former official", affiliation="government", role_status="former",
    anonymity_reason="not authorised to discuss the audit",
)  # fmt: skip
VALDO = Source(
    named=True, id=SPEAKER, label="Ines Valdo", role="Former harbour master, Port of Calder"
)


def courier(relation: str) -> Hop:
    return Hop(
        depth=0, node="publication", label=COURIER.name, relation=relation, identity="named",
        publication_id=COURIER.id, work_id=LEDGER.id,
    )  # fmt: skip


def citations() -> list[Citation]:
    return [
        citation(
            1, "reported_by",
            attribution_text="the Northgate Courier reported, citing current and former officials",
            work=ref(
                LEDGER, COURIER,
                notice=Notice(type="correction", severity="material", occurred_on="2026-11-21",
                              summary="The practice began in 2013.",
                              url="https://courier.example/corrections/7"),
            ),
            chain=[courier("reported"), OFFICIALS],
        ),
        citation(
            2, "quotation",
            statement=statement("direct", "It was a well-kept secret", "press_report", FORMER,
                                attribution_level="background", language="en"),
            via=Via(citation_id=uuid(101)),
            chain=[
                courier("quoted"),
                Hop(depth=1, node="person", label="a former official", relation="said",
                    identity="withheld_by_relay"),
            ],
        ),
        citation(
            3, "quotation",
            statement=statement("direct", "We stopped in 2024", "interview", VALDO,
                                said_on="2026-11-21", language="en"),
            chain=[
                Hop(depth=0, node="person", label="Ines Valdo", relation="said", identity="named",
                    speaker_id=SPEAKER)
            ],
            verified_independently=True,
        ),
        citation(
            4, "document", work=ref(AUDIT, OFFICE, identifiers=[("doi", "10.5555/calder.2026_14")]),
            locator=Locator(label="page", value="14"), prefix="see",
            statement=statement("figure", "4.1 million", "document", None),
            chain=[Hop(depth=0, node="work", label="Audit", relation="reported", identity="named",
                       work_id=AUDIT.id)],
        ),
        citation(
            5, "wire_copy",
            work=ref(DISPATCH, QUAY, agency=WIRE,
                     notice=Notice(type="retraction", severity="fatal", summary="Withdrawn.")),
            chain=[
                Hop(depth=0, node="publication", label=QUAY.name, relation="republished",
                    identity="named", publication_id=QUAY.id),
                Hop(depth=1, node="publication", label=WIRE.name, relation="said",
                    identity="named", publication_id=WIRE.id),
            ],
        ),
        citation(6, "background", work=ref(PODCAST),
                 locator=Locator(label="timestamp", value="12:40")),
        citation(
            7, "background",
            statement=statement("summary", "Talks had begun", "interview", None,
                                attribution_level="deep_background"),
        ),
    ]  # fmt: skip


def listed(language: str = "en", only: list[Citation] | None = None) -> Listed:
    return Listed(
        citations=citations() if only is None else only,
        url=URL,
        headline="Port kept two ledgers, newspaper says",
        language=language,
        names={SPEAKER: {"family": "Valdo", "given": "Ines"}},
    )
