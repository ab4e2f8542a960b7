"""From an address, a page or a reference to a draft of a work, for an editor to look over."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import ValidationError
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.publications import queries as publications
from app.editing.publications.models import Publication
from app.editing.works import duplicates, views
from app.editing.works.gathering import Gathered
from app.editing.works.pages.suggestions import Found, Suggestions, best, gathered
from app.editing.works.resolve_schemas import Resolved, ResolveWarning, Suggestion
from app.editing.works.schemas import Duplicate, WorkCreate

_FIELDS = (
    "kind", "title", "publication_id", "authors", "issued", "url", "number", "volume", "section",
    "page", "language", "access",
)  # fmt: skip
_KINDS = {
    "news_agency": "wire_item", "government_body": "statement_page", "court": "court_document",
    "parliament": "statement_page", "newspaper": "newspaper_article",
    "magazine": "newspaper_article", "news_site": "newspaper_article",
    "journal": "journal_article",
}  # fmt: skip
"""What a publication of a kind mostly issues."""

_MOST_HOSTS = 5
"""Of a text full of addresses, so many are looked up."""


async def complete(session: AsyncSession, known: Gathered) -> Resolved:
    """With what the desk knows: whose the address is, and whether the work is there already."""
    publication, recognised_by = await _publication(session, known.found)
    found = [*_before(publication, recognised_by), *known.found, *_behind(publication)]
    suggestions = gathered(found)
    draft = _draft(suggestions)
    if draft and draft.url and known.was_read:
        draft.accessed_on = (await transaction_time(session)).date()
    warnings = [*known.warnings, *_missing(draft, suggestions)]
    return Resolved(
        suggestions={
            field: [Suggestion(value=each.value, source=each.source) for each in several]
            for field, several in suggestions.items()
        },
        best=draft and draft.model_dump(mode="json", by_alias=True, exclude_unset=True),
        warnings=warnings,
        duplicates=await _duplicates(session, draft) if draft else [],
    )


async def _publication(session: AsyncSession, found: list[Found]) -> tuple[Publication | None, str]:
    """The publication whose the address is, or else whose name or alias stands in the page; and
    how it was recognised."""
    hosts = dict.fromkeys(urlsplit(each.value).hostname for each in found if each.field == "url")
    for host in list(hosts)[:_MOST_HOSTS]:
        publication_id = await publications.at_host(session, host) if host else None
        if publication_id:
            return await publications.get(session, publication_id), "domain"
    names = [each.value for each in found if each.field == "publication"]
    by_name = func.lower(Publication.name).in_([name.lower() for name in names])
    rows = await session.execute(
        select(Publication)
        .where(Publication.merged_into_id.is_(None))
        .where(or_(by_name, Publication.aliases.bool_op("&&")(names)))
        .order_by(by_name.desc(), Publication.id)
        .limit(1)
    )
    return rows.scalar_one_or_none(), "name"


def _before(publication: Publication | None, recognised_by: str) -> Iterator[Found]:
    """What is known better than the page itself says it."""
    if publication is not None:
        yield Found("publication_id", str(publication.id), recognised_by)
        if publication.kind == "news_agency":
            yield Found("kind", "wire_item", "publication")


def _behind(publication: Publication | None) -> Iterator[Found]:
    """What is supposed where the page says nothing."""
    if publication is not None:
        if publication.kind in _KINDS:
            yield Found("kind", _KINDS[publication.kind], "publication")
        if publication.language is not None:
            yield Found("language", publication.language, "publication")
    yield Found("kind", "web_page", "usual")


def _draft(suggestions: Suggestions) -> WorkCreate | None:
    """The best guesses, without those that no work can have; None where nothing names the work."""
    fields = {field: best(suggestions, field) for field in _FIELDS if field in suggestions}
    if named := suggestions.get("identifiers"):
        schemes = {each.value["scheme"]: each.value for each in reversed(named)}
        fields["identifiers"] = list(schemes.values())
    while True:
        try:
            return WorkCreate.model_validate(fields)
        except ValidationError as refused:
            wrong = {str(fault["loc"][0]) for fault in refused.errors() if fault["loc"]}
            if not wrong & fields.keys():
                return None
            fields = {name: value for name, value in fields.items() if name not in wrong}


def _missing(draft: WorkCreate | None, suggestions: Suggestions) -> Iterator[ResolveWarning]:
    if draft is None:
        yield ResolveWarning(code="nothing_found", detail="Nothing was found to name a work by.")
    elif (name := best(suggestions, "publication")) and "publication_id" not in suggestions:
        yield ResolveWarning(
            code="unknown_publication", detail=f"No publication here is called {name}."
        )


async def _duplicates(session: AsyncSession, draft: WorkCreate) -> list[Duplicate]:
    candidates = await duplicates.candidates(
        session,
        title=draft.title,
        url=draft.url,
        publication_id=draft.publication_id,
        issued=draft.issued,
        identifiers=[each.pair for each in draft.identifiers],
    )
    shown = await views.summaries(session, [each.work for each in candidates])
    return [
        Duplicate(work=work, because=list(each.because), score=each.score)
        for work, each in zip(shown, candidates, strict=True)
    ]
