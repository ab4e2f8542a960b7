"""The query parameters of the desk's list of works."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.editing.urls import WebUrl
from app.editing.works.identifiers import IdentifierFilter
from app.editing.works.schemas import Kind, Status, Visibility
from app.published import standard_ids
from app.web.moments import Moment
from app.web.pages import PageQuery


def _doi(text: str) -> str:
    doi = standard_ids.doi(text)
    if doi is None:
        raise PydanticCustomError("doi", "Must be a DOI, such as 10.5555/12345678.")
    return doi


class WorkQuery(PageQuery):
    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="Words in its titles, authors' names or numbers, as in a web search",
    )
    kind: Kind | None = None
    publication: UUID | None = Field(default=None, description="Where it appeared")
    status: Status | None = None
    visibility: Visibility | None = None
    url: WebUrl | None = Field(default=None, description="The one at this address, however spelled")
    doi: Annotated[str, Field(max_length=300), AfterValidator(_doi)] | None = None
    identifier: IdentifierFilter = None
    cited: bool | None = Field(default=None, description="Whether an article cites it")
    changed_since: Moment | None = None
