"""PURE: the source lines along a film: those of citations that say when they are heard."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from app.captions import metadata, webvtt
from app.captions.metadata import AttributionCue
from app.editing.articles.content import Content
from app.published.writes import Track
from app.publishing.films import Film

VTT, JSON = "attributions.vtt", "attributions.json"
MOST_LINES = 3
"""So many sources have room on a card."""

Shown = Sequence[dict[str, Any]]
"""Citations as a document has them."""


def tracks(film: Film, shown: Shown, content: Content) -> list[Track]:
    """The cues as WebVTT and as JSON; none where no citation has a time."""
    cues = [_cue(citation, span) for citation, span in _timed(film, shown, content)]
    if not cues:
        return []
    return [
        Track(name=VTT, media_type=webvtt.MEDIA_TYPE, body=metadata.written(cues)),
        Track(name=JSON, media_type="application/json", body=metadata.as_json(cues)),
    ]


def lines(film: Film, shown: Shown, content: Content) -> list[dict[str, Any]]:
    """The first few sources, each once: those in the film, in its order, or else of the article."""
    timed = sorted(_timed(film, shown, content), key=lambda each: each[1])
    chosen: Iterable[dict[str, Any]] = [citation for citation, _ in timed] or shown
    distinct = {
        (each["display"]["line1"], each["display"]["line2"]): each["display"] for each in chosen
    }
    return list(islice(distinct.values(), MOST_LINES))


def _timed(
    film: Film, shown: Shown, content: Content
) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    return [
        (citation, (anchor["time_ms"][0], anchor["time_ms"][1]))
        for citation in shown
        for anchor in citation["anchors"]
        if anchor["time_ms"] and _is_of(film, anchor, content)
    ]


def _is_of(film: Film, anchor: dict[str, Any], content: Content) -> bool:
    """A time is one of the film or sound that its anchor stands at; anywhere else, of the lead, or
    of the film where the lead cannot be played."""
    played = {block["id"] for block in content.body if block["type"] in ("video", "audio")}
    if anchor["block_id"] in played:
        return bool(anchor["block_id"] == film.block_id)
    lead = content.lead
    return film.block_id is None or not (lead and (lead.video or lead.audio))


def _cue(citation: dict[str, Any], span: tuple[int, int]) -> AttributionCue:
    display = citation["display"]
    return AttributionCue(
        start_ms=span[0],
        end_ms=span[1],
        line1=display["line1"],
        line2=display["line2"] or "",
        short=display["short"],
        direction=display["direction"],
    )
