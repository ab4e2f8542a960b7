"""PURE: the lines that a TV shows for a citation: few, short, without markup."""

import unicodedata
from typing import Any

from app.editing.citations.values import Citation
from app.publishing.bibliography.wording.languages import words_of
from app.publishing.citing.chains import attribution, publication_of
from app.publishing.citing.lines import shortened
from app.publishing.names import name_in
from app.publishing.sources import Sources

LINE_1, LINE_2, SHORT = 40, 48, 24
"""Characters, as code points: what fits beside a picture from three metres away."""


def display(citation: Citation, sources: Sources, language: str, direction: str) -> dict[str, Any]:
    """`line1` says who, `line2` in which role or through whom."""
    publication = publication_of(citation, sources)
    outlet = publication.name if publication else None
    who, role, brief = _who(citation, sources, language)
    printed = attribution(citation)
    beyond = who or _beyond(citation)
    relayed = words_of(language).through[""].format(beyond) if beyond else None
    if citation.type == "media_credit" and printed:
        first, second = printed, None
    elif citation.type == "reported_by" and outlet:
        first, second, brief = outlet, relayed, None
    elif who:
        first, second = who, role or outlet
    else:
        first = outlet or _title(citation, sources) or printed or _nobody(citation, language)
        second = _title(citation, sources) if outlet else None
    if brief is None and publication is not None and first == outlet:
        brief = publication.short_name
    return {
        "line1": shortened(first, LINE_1),
        "line2": shortened(second or "", LINE_2) or None,
        "short": shortened(brief or first, SHORT),
        "direction": _direction_of(first) or direction,
    }


def _who(
    citation: Citation, sources: Sources, language: str
) -> tuple[str | None, str | None, str | None]:
    """Name or label, role, and short name."""
    statement = citation.statement
    if statement is None or citation.hides_its_source:
        return None, None, None
    if statement.speaker_id is not None:
        speaker = sources.speakers[statement.speaker_id]
        name = name_in(language, speaker.names, speaker.name)
        return name, statement.role_at_time, speaker.short_name
    return (statement.unnamed.label, None, None) if statement.unnamed else (None, None, None)


def _beyond(citation: Citation) -> str | None:
    """The unnamed source that ends the chain."""
    last = citation.chain[-1].unnamed if citation.chain else None
    return last.label if last and not citation.hides_its_source else None


def _title(citation: Citation, sources: Sources) -> str | None:
    return sources.works[citation.work_id].title if citation.work_id else None


def _nobody(citation: Citation, language: str) -> str:
    """What is known where nobody speaks, and nothing was read."""
    words, statement = words_of(language), citation.statement
    if statement is None or citation.hides_its_source:
        return words.own_reporting
    return words.bare.get(statement.channel, words.own_reporting)


def _direction_of(text: str) -> str | None:
    """The direction of its first letter that has one and is not isolated (Unicode Standard Annex
    #9, rule P2)."""
    isolated = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        isolated += (kind in ("LRI", "RLI", "FSI")) - (kind == "PDI" and isolated > 0)
        if kind in ("L", "R", "AL") and not isolated:
            return "ltr" if kind == "L" else "rtl"
    return None
