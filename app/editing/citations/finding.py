"""What the lint of citations finds."""

from typing import Literal, NamedTuple
from uuid import UUID

from pydantic import BaseModel, Field

Code = Literal[
    "orphaned_anchor",
    "anchor_in_doubt",
    "unanchored",
    "quote_mismatch",
    "uncited_quotation",
    "plural_for_one",
    "deep_background_label",
    "relay_not_independent",
    "anonymity_not_approved",
    "anonymity_unexplained",
    "dead_link",
    "work_notice",
]

STOPPING: frozenset[Code] = frozenset(
    {"orphaned_anchor", "quote_mismatch", "anonymity_not_approved"}
)
"""Errors, where readers will see the citation; all others are warnings."""


class Finding(BaseModel):
    """Something about an article's citations that an editor should look at."""

    code: Code
    severity: Literal["error", "warning"] = Field(
        description="An error stops publishing, unless it is overridden with a reason"
    )
    message: str = Field(examples=["The words of this anchor are no longer in the text."])
    pointer: str = Field(
        description="Where: a JSON Pointer (RFC 6901) into the article's content",
        examples=["/citations/2/anchors/0"],
    )
    citation_id: UUID | None = Field(default=None, description="Null where a citation is missing")


class Remark(NamedTuple):
    """What a rule says of one citation; `at` points into it."""

    code: Code
    message: str
    at: str = ""
