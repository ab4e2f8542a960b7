"""PURE: through whom it came to us. Depth 0 is what we read or heard, the last hop the origin."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.editing.citations import sourcing_rules
from app.editing.citations.values import ChainHop, Citation, Descriptor
from app.editing.publications.models import Publication
from app.editing.works.models import Work
from app.publishing.citing.notices import notice
from app.publishing.names import name_in
from app.publishing.sources import Sources

_SPEAKER_NODES = {"person": "person", "organisation": "organisation", "group": "group"}


def chain(citation: Citation, sources: Sources, language: str) -> list[dict[str, Any]]:
    """The hops as readers see them. On deep background nobody unnamed is in it."""
    hops = citation.chain or _natural(citation, sources)
    shown = [hop for hop in hops if hop.unnamed is None or not citation.hides_its_source]
    made = [_hop(hop, sources, language) for hop in shown]
    for depth, hop in enumerate(made):
        hop["depth"] = depth
    if made and citation.work_id is not None and made[0]["node"] == "publication":
        work = sources.works[citation.work_id]
        made[0] |= {"work_id": work.id, "notice": _notice(work, sources)}
    return made


def attribution(citation: Citation) -> str | None:
    """As it is printed; what may name nobody is printed without."""
    return None if citation.hides_its_source else citation.attribution_text


def publication_of(citation: Citation, sources: Sources) -> Publication | None:
    """Who reported it: the work's publication, or the first of the chain."""
    if citation.work_id is not None:
        issuer = sources.works[citation.work_id].publication_id
        if issuer is not None:
            return sources.publications[issuer]
    for hop in citation.chain:
        if hop.publication_id is not None:
            return sources.publications[hop.publication_id]
    return None


def origin(citation: Citation, by_id: Mapping[UUID, Citation], sources: Sources) -> tuple[str, Any]:
    """What two citations share that are not independent of each other.

    Whatever was reported, and was not verified by us, has as its origin the report with which it
    began, as far as we know: papers that print or quote the same one are one origin.
    """
    hops = citation.chain or _natural(citation, sources)
    if citation.verified_independently:
        last = hops[-1:]
    elif via := by_id.get(citation.via_citation_id) if citation.via_citation_id else None:
        others = {identity: each for identity, each in by_id.items() if each is not citation}
        return origin(via, others, sources)
    else:
        last = [hop for hop in hops if hop.publication_id or hop.work_id][-1:] or hops[:1]
    if not last:
        return "citation", citation.id
    [hop] = last
    if hop is hops[0] and hop.publication_id and citation.work_id:
        return _began(sources.works[citation.work_id])
    return _party(hop, sources)


def is_relayed(citation: Citation) -> bool:
    """Whether others reported it first, and we have not found it out ourselves."""
    return sourcing_rules.is_relayed(citation) and not citation.verified_independently


def _natural(citation: Citation, sources: Sources) -> list[ChainHop]:
    """The chain of a citation without one: what was read, then who said it."""
    hops = []
    if citation.work_id is not None:
        issuer = sources.works[citation.work_id].publication_id
        relation = "quoted" if citation.type == "quotation" else "reported"
        if issuer is not None:
            hops.append(ChainHop(publication_id=issuer, relation=relation))
        else:
            hops.append(ChainHop(work_id=citation.work_id, relation=relation))
    statement = citation.statement
    if statement and (statement.speaker_id or statement.unnamed):
        hops.append(
            ChainHop(speaker_id=statement.speaker_id, unnamed=statement.unnamed, relation="said")
        )
    return hops


def _hop(hop: ChainHop, sources: Sources, language: str) -> dict[str, Any]:
    node, label = _node(hop, sources, language)
    work = sources.works[hop.work_id] if hop.work_id else None
    publication = sources.publications[hop.publication_id] if hop.publication_id else None
    speaker = sources.speakers[hop.speaker_id] if hop.speaker_id else None
    return {
        "node": node,
        "label": label,
        "relation": hop.relation,
        "identity": hop.identity,
        "work_id": work.id if work else None,
        "notice": _notice(work, sources) if work else None,
        "publication_id": publication.id if publication else None,
        "speaker_id": speaker.id if speaker else None,
    }


def _notice(work: Work, sources: Sources) -> dict[str, Any] | None:
    return notice(sources.news.get(work.id, ()))


def _node(hop: ChainHop, sources: Sources, language: str) -> tuple[str, str]:
    if hop.publication_id is not None:
        return "publication", sources.publications[hop.publication_id].name
    if hop.work_id is not None:
        return "work", sources.works[hop.work_id].title or ""
    if hop.speaker_id is not None:
        speaker = sources.speakers[hop.speaker_id]
        return _SPEAKER_NODES[speaker.kind], name_in(language, speaker.names, speaker.name)
    assert hop.unnamed is not None
    return hop.unnamed.kind, hop.unnamed.label


def _party(hop: ChainHop, sources: Sources) -> tuple[str, Any]:
    if hop.publication_id is not None:
        return "publication", sources.publications[hop.publication_id].id
    if hop.work_id is not None:
        return _began(sources.works[hop.work_id])
    if hop.speaker_id is not None:
        return "speaker", sources.speakers[hop.speaker_id].id
    assert hop.unnamed is not None
    return "unnamed", _told(hop.unnamed)


def _began(work: Work) -> tuple[str, UUID]:
    """The work, or the agency whose copy it is: who prints it adds nothing."""
    if work.agency_id is not None and work.agency_id != work.publication_id:
        return "publication", work.agency_id
    return "work", work.id


def _told(unnamed: Descriptor) -> str:
    """Two who are described in the same way may be the same one."""
    return " ".join(unnamed.label.casefold().split())


def independent_origins(citations: Sequence[Citation], sources: Sources) -> int:
    """A publication of which works are cited too is not another origin than these."""
    by_id = {citation.id: citation for citation in citations}
    found = {origin(citation, by_id, sources) for citation in citations}
    by_own_id = {work.id: work for work in sources.works.values()}  # that of a merged one leads on
    issuers = {by_own_id[each].publication_id for kind, each in found if kind == "work"}
    return sum(kind != "publication" or each not in issuers for kind, each in found)
