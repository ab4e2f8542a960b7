"""What every writer is given: the public citations of an article, and the article itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.published.citations import Citation


@dataclass(frozen=True, kw_only=True)
class Listed:
    """`citations` are in the order of their markers, `url` is where readers find the article.

    `names` are the CSL names of the speakers, by id, as far as somebody has taken them apart.
    """

    citations: Sequence[Citation]
    url: str
    headline: str
    language: str
    names: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
