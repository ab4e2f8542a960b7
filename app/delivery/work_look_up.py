"""What cites a work that others know by its address or by a name in some scheme."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from app.delivery.asking import Asked
from app.delivery.citation_query import CitedByQuery, NarrowQuery
from app.delivery.cited_by import cited_by, path_of
from app.delivery.documents import missing
from app.delivery.list_keys import look_up
from app.delivery.query_values import documented_as, spelled
from app.delivery.routing import GONE, Given, PublicRouter, failing, refused
from app.delivery.statements import statement
from app.errors import Fault, TooBroad
from app.published import standard_ids, work_keys
from app.published.citation_pages import CitationPage
from app.web.answers import Answer

router = PublicRouter("citations")

_NAMES = ("url", "doi", "identifier")
_IDENTIFIER = "[a-z][a-z0-9._-]{0,29}:.+"

_FOUND = statement("""
    SELECT e.document_id::text FROM published.external_ids e
    WHERE e.system = $1 AND e.external_id = $2
""")


class LookUpQuery(NarrowQuery):
    """One of url, doi and identifier."""

    url: Given[Annotated[str, Field(min_length=1, max_length=4_000)]] = Field(
        default=None,
        description="Its address, however spelled: tracking parameters, `www.`, `/amp` and the "
        "like do not matter",
        examples=["https://www.northgate-courier.example/audit?utm_source=x"],
    )
    doi: Given[Annotated[str, Field(min_length=1, max_length=300)]] = Field(
        default=None, description="Its DOI, also as an address", examples=["10.5555/12345678"]
    )
    identifier: Given[
        Annotated[
            str,
            spelled(_IDENTIFIER, "Must be written like isbn:9783161484100."),
            documented_as(_IDENTIFIER),
            Field(max_length=250),
        ]
    ] = Field(
        default=None,
        description="`scheme:value`, its name in a scheme: doi, isbn, ecli, arxiv, pmid, …",
        examples=["isbn:9783161484100"],
    )


@router.get(
    "/works/cited-by",
    operation_id="findWorkCitations",
    summary="What cites the work with this address, DOI or other identifier",
    response_model=CitationPage,
    responses=failing(*GONE, TooBroad),
)
async def find_work_citations(ask: Asked, query: Annotated[LookUpQuery, Query()]) -> Answer:
    """As `listWorkCitations`, for those who do not know our id of the work.

    `Content-Location` and `next` name the list by that id. 404 where no live article cites it.
    """
    system, name = _key(query)
    found = await ask.reader.row(_FOUND, system.encode(), name.encode())
    # What was merged keeps its address: it leads to the other one.
    work = await look_up(ask.reader, "work", found[0].decode()) if found else None
    if work is None:
        raise missing("Nothing cites a work of that name in public.")
    identity = work[0].decode()
    narrowed = query.model_dump(exclude_unset=True, exclude=set(_NAMES))
    answer = await cited_by(ask, "work", identity, CitedByQuery(**narrowed))
    location = (b"content-location", path_of("work", identity).encode())
    return answer._replace(headers=[*answer.headers, location])


def _key(query: LookUpQuery) -> tuple[str, str]:
    """What the work is found by. Raises Invalid unless one parameter names one."""
    given = [name for name in _NAMES if getattr(query, name) is not None]
    if len(given) != 1:
        detail = "Name the work by one of url, doi and identifier."
        raise refused(*(Fault(detail, parameter=name) for name in given or _NAMES))
    if query.url is not None:
        return _at_url(query.url)
    text = query.identifier if query.doi is None else f"doi:{query.doi}"
    assert text is not None
    scheme, _, value = text.partition(":")
    spelling = standard_ids.spelled(scheme, value)
    if spelling is None:
        raise refused(Fault(f"It is no {scheme.upper()}.", parameter=given[0]))
    return work_keys.named(scheme, spelling)


def _at_url(url: str) -> tuple[str, str]:
    try:
        if url.lower().startswith(("http://", "https://")):
            return work_keys.at_url(url)
    except ValueError:
        pass
    raise refused(Fault("Must be an http or https URL.", parameter="url"))
