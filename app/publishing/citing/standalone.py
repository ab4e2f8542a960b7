"""PURE: each citation by itself, for its permalink and for the lists of what cites something."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.published.citations import CitationCard, StandaloneCitation
from app.published.writes import Cited
from app.publishing.citing.fragments import context
from app.publishing.citing.shapes import list_keys
from app.publishing.sources import Sources


def standalone(
    shown: Sequence[dict[str, Any]],
    article: dict[str, Any],
    texts: Mapping[str, str],
    sources: Sources,
) -> list[Cited]:
    """`shown` as in the article's document, whose fields are `article`; `texts` of its blocks."""
    citing = {
        "id": article["id"],
        "headline": article["headline"],
        "path": article["path"],
        "edition": article["edition"],
        "language": article["language"],
        "section": article["section"]["name"],
        "published_at": article["published_at"],
    }
    keys = list_keys(shown, sources)
    return [
        _cited({**each, "article": citing, "context": _context(each, texts)}, keys[each["id"]])
        for each in shown
    ]


def _cited(whole: dict[str, Any], keys: frozenset[UUID]) -> Cited:
    statement, work = whole["statement"] or {}, whole["work"]
    source = statement.get("source")
    card = {
        **whole,
        "text": statement.get("text"),
        "source": source,
        "channel": statement.get("channel"),
        "attribution_level": statement.get("attribution_level"),
    }
    publication = work["publication"] if work else None
    return Cited(
        id=whole["id"],
        ordinal=whole["ordinal"],
        card=CitationCard.model_validate(card).model_dump_json().encode(),
        full=StandaloneCitation.model_validate(whole).model_dump_json().encode(),
        keys=keys,
        type=whole["type"],
        channel=statement.get("channel"),
        level=statement.get("attribution_level"),
        affiliation=source["affiliation"] if source else None,
        publication_id=publication["id"] if publication else None,
    )


def _context(citation: dict[str, Any], texts: Mapping[str, str]) -> str | None:
    for anchor in citation["anchors"]:
        text = texts.get(anchor["block_id"] or "")
        if text is not None and anchor["start"] is not None and anchor["end"] is not None:
            return context(text, anchor["start"], anchor["end"])
    return None
