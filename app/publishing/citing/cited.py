"""PURE: the public citations of one article: in its document, by themselves, and exported."""

from typing import Any

from app.editing.articles.content import Content
from app.editing.citations.block_texts import everywhere, places
from app.published.writes import Cited, Exported
from app.publishing import render_body
from app.publishing.citing import shapes
from app.publishing.citing.exports import exported
from app.publishing.citing.standalone import standalone
from app.publishing.markers import in_order
from app.publishing.snapshot import Snapshot
from app.publishing.sources import Sources


def citations(snapshot: Snapshot) -> list[dict[str, Any]]:
    content, edition = snapshot.content, snapshot.edition
    if not content.citations:
        return []
    texts = places(content)
    return shapes.citations(
        in_order(content.public_citations, texts), snapshot.sources, places=texts,
        language=edition.language, direction=edition.direction,
    )  # fmt: skip


def open_citations(content: Content, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that stand in what anyone may read, at these places alone: what the others say, and
    where they all stand besides, is behind the cut."""
    if content.access.level == "free":
        return shown
    blocks = _open_blocks(content)
    found = []
    for each in shown:
        anchors = [anchor for anchor in each["anchors"] if anchor["block_id"] in blocks]
        if anchors:
            found.append({**each, "anchors": anchors})
    there = {each["id"] for each in found}
    for each in found:
        if each["via"] and each["via"]["citation_id"] not in there:
            each["via"] = None
    return found


def open_sources(snapshot: Snapshot) -> Sources:
    """What those name that stand in what anyone may read."""
    content = snapshot.content
    if content.access.level == "free":
        return snapshot.sources
    blocks = _open_blocks(content)
    return snapshot.sources.of(
        citation
        for citation in content.public_citations
        if any(each.block_id in blocks for each in citation.anchors if each.state != "orphaned")
    )


def _open_blocks(content: Content) -> set[str | None]:
    """With None for what is above the body."""
    return {block["id"] for _, block in everywhere(render_body.open_body(content))} | {None}


def rows(shown: list[dict[str, Any]], fields: dict[str, Any], snapshot: Snapshot) -> list[Cited]:
    """Each by itself; `fields` are those of the document."""
    texts = {
        place.block_id: place.text
        for place in places(snapshot.content)
        if place.target == "body" and place.block_id
    }
    return standalone(shown, fields, texts, snapshot.sources)


def exports(
    shown: list[dict[str, Any]], fields: dict[str, Any], snapshot: Snapshot
) -> list[Exported]:
    speakers = snapshot.sources.speakers.values()
    return exported(
        shown,
        url=fields["canonical_url"],
        headline=fields["headline"],
        language=fields["language"],
        names={speaker.id: speaker.csl_name for speaker in speakers if speaker.csl_name},
    )
