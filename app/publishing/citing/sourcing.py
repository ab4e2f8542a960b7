"""PURE: what an article rests on, in numbers."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.editing.citations.values import Citation
from app.publishing.citing.chains import independent_origins, is_relayed
from app.publishing.citing.notices import notice
from app.publishing.sources import Sources

FORMULA = 1


def sourcing(citations: Sequence[Citation], sources: Sources) -> dict[str, Any] | None:
    """None where nothing is cited in public."""
    if not citations:
        return None
    statements = [citation.statement for citation in citations if citation.statement]
    unnamed = [each.unnamed for each in statements if each.unnamed]
    works = {sources.works[each.work_id].id: sources.works[each.work_id]
             for each in citations if each.work_id}  # fmt: skip
    passed = {sources.works[hop.work_id].id: sources.works[hop.work_id]
              for each in citations for hop in each.chain if hop.work_id}  # fmt: skip
    origins = independent_origins(citations, sources)
    said = [citation for citation in citations if citation.statement]
    return {
        "formula": FORMULA,
        "citations": len(citations),
        "works": len(works),
        "origins_independent": origins,
        "single_origin": origins == 1,
        "relay_only": bool(said) and all(map(is_relayed, said)),
        "statements": len(statements),
        "named": sum(each.speaker_id is not None for each in statements),
        "unnamed": len(unnamed),
        "by_type": _counted(citation.type for citation in citations),
        "by_channel": _counted(each.channel for each in statements),
        "by_level": _counted(each.attribution_level for each in statements),
        "verified_independently": sum(each.verified_independently for each in citations),
        "declined_comment": sum(
            each.form in ("declined_comment", "no_response") for each in statements
        ),
        "anonymity_reasons_given": sum(
            bool(each.anonymity and each.anonymity.reason_public) for each in unnamed
        ),
        "works_with_notice": sum(
            notice(sources.news.get(work.id, ())) is not None for work in (works | passed).values()
        ),
        "links_broken": sum(work.link_broken for work in works.values()),
    }


def _counted(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
