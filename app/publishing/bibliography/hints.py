"""Keywords that carry through other formats what those have no words for.

`masthead:podcast_episode` is our kind of a work, `csl:interview` the type that it has in CSL-JSON
where the kind does not say so.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from app.editing.csl import TYPES
from app.editing.works.kinds import CSL_TYPES
from app.published.citation_words import WORK_KINDS
from app.publishing.bibliography.custom import PREFIX, own

CSL = "csl:"


class Hinted(NamedTuple):
    kind: str | None
    csl_type: str | None
    others: list[str]
    """Keywords that are no hints."""


def hints(item: Mapping[str, Any]) -> list[str]:
    kind = own(item, "kind")
    if kind not in WORK_KINDS:
        return [CSL + item["type"]]
    usual = CSL_TYPES[kind] == item["type"]
    return [PREFIX + kind, *([] if usual else [CSL + item["type"]])]


def hinted(keywords: Iterable[str]) -> Hinted:
    """What the keywords tell, if it is ours."""
    kind = csl_type = None
    others = []
    for word in keywords:
        if word.startswith(PREFIX) and word.removeprefix(PREFIX) in WORK_KINDS:
            kind = word.removeprefix(PREFIX)
        elif word.startswith(CSL) and word.removeprefix(CSL) in TYPES:
            csl_type = word.removeprefix(CSL)
        else:
            others.append(word)
    if kind and not csl_type:
        csl_type = CSL_TYPES[kind]
    return Hinted(kind, csl_type, others)
