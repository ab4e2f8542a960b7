"""The query parameters of the list of links."""

from uuid import UUID

from pydantic import Field

from app.editing.works.links.verdicts import Verdict
from app.web.pages import PageQuery


class LinkQuery(PageQuery):
    verdict: Verdict | None = None
    publication: UUID | None = Field(default=None, description="Where the works appeared")
    broken: bool | None = Field(
        default=None, description="Whether it failed three times or more in at least a week"
    )
