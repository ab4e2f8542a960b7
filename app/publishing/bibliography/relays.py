"""What was read for each citation: its own work, or that of the citation through which it came."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.published.citations import Citation, Hop, Source, WorkRef


def works_read(citations: Sequence[Citation]) -> Mapping[UUID, WorkRef]:
    """By the id of the citation, for those that have one."""
    by_id = {citation.id: citation for citation in citations}
    found = ((citation.id, _work_of(citation, by_id)) for citation in citations)
    return {identity: work for identity, work in found if work}


def relay(citation: Citation) -> Hop | None:
    """Through whom we have it, where it was not said to us."""
    first = citation.chain[0] if citation.chain else None
    if first is None or is_source(first, source_of(citation)):
        return None
    return first


def source_of(citation: Citation) -> Source | None:
    return citation.statement.source if citation.statement else None


def is_source(hop: Hop, source: Source | None) -> bool:
    """Whether this step is whoever said it."""
    if source is None:
        return False
    return hop.speaker_id == source.id if source.named else hop.label == source.label


def beyond(citation: Citation) -> list[tuple[str, Hop]]:
    """The steps behind what we read, but for whoever said it: each with how it was come by."""
    steps = zip(citation.chain, citation.chain[1:], strict=False)
    source = source_of(citation)
    return [(nearer.relation, hop) for nearer, hop in steps if not is_source(hop, source)]


def _work_of(citation: Citation, by_id: Mapping[UUID, Citation]) -> WorkRef | None:
    seen: set[UUID] = set()
    while citation.work is None and citation.via and citation.id not in seen:
        seen.add(citation.id)
        nearer = by_id.get(citation.via.citation_id)
        if nearer is None:
            return None
        citation = nearer
    return citation.work
