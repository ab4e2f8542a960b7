"""What citations say about their sources, and whether it goes together."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from app.editing.citations.finding import Remark
from app.editing.citations.plurals import plural_in
from app.editing.citations.values import Citation, Descriptor

OWN_WORK = frozenset({"witnessed", "documents_seen", "multiple_independent"})
"""How we can know ourselves what others reported."""


def remarks(citation: Citation, citations: Sequence[Citation]) -> Iterator[Remark]:
    """All that there is to say about the sources of one citation among those of its article."""
    yield from _plural_for_one(citation)
    yield from _deep_background(citation)
    yield from _independence(citation, citations)
    yield from _anonymity(citation)


def is_relayed(citation: Citation) -> bool:
    """Whether others reported it first, and we have it from them."""
    channel = citation.statement.channel if citation.statement else None
    return (
        citation.type == "reported_by"
        or citation.via_citation_id is not None
        or len(citation.chain) > 1
        or channel == "press_report"
    )


def _plural_for_one(citation: Citation) -> Iterator[Remark]:
    for at, source in _unnamed(citation):
        if source.count != "one":
            continue
        places = ((f"{at}/label", source.label), ("/attribution_text", citation.attribution_text))
        for place, text in places:
            if text and (plural := plural_in(text)):
                yield Remark("plural_for_one", f"There is one source, and not “{plural}”.", place)


def _deep_background(citation: Citation) -> Iterator[Remark]:
    if not citation.hides_its_source:
        return
    labels = [(f"{at}/label", source.label) for at, source in _unnamed(citation)]
    printed = [("/attribution_text", citation.attribution_text)]
    at = next((at for at, label in [*printed, *labels] if label), None)
    if at:
        yield Remark(
            "deep_background_label",
            "What is said on deep background stands without attribution. Readers are not shown "
            "this, and the article must not say it either.",
            at,
        )


def _independence(citation: Citation, citations: Sequence[Citation]) -> Iterator[Remark]:
    corroboration = citation.statement.corroboration if citation.statement else None
    if citation.verified_independently and is_relayed(citation) and corroboration not in OWN_WORK:
        yield Remark(
            "relay_not_independent",
            "All that is known of this came through others, so it is not verified independently. "
            "Say in `corroboration` how you know it yourselves.",
            "/verified_independently",
        )
    if corroboration == "multiple_independent" and not _has_several_origins(citation, citations):
        yield Remark(
            "relay_not_independent",
            "Several independent sources are claimed, but the article names one origin. Cite the "
            "others too.",
            "/statement/corroboration",
        )


def _has_several_origins(citation: Citation, citations: Sequence[Citation]) -> bool:
    source = citation.statement.unnamed if citation.statement else None
    if source and source.count == "several" and not is_relayed(citation):
        return True
    by_id = {each.id: each for each in citations}
    return len({_origin(each, by_id) for each in citations}) > 1


def _origin(citation: Citation, by_id: dict[UUID, Citation]) -> tuple[object, ...]:
    """What tells origins apart: the relay where there is one, however many it quotes."""
    passed: set[UUID] = set()
    while citation.via_citation_id in by_id and citation.id not in passed:
        passed.add(citation.id)
        citation = by_id[citation.via_citation_id]
    statement = citation.statement
    if is_relayed(citation) or statement is None:
        first = citation.chain[0] if citation.chain else None
        if citation.work_id or first is None:
            return (citation.work_id,)
        return first.publication_id, first.work_id, first.speaker_id
    label = statement.unnamed.label if statement.unnamed else None
    return statement.speaker_id, label, citation.work_id


def _anonymity(citation: Citation) -> Iterator[Remark]:
    for at, source in _unnamed(citation):
        anonymity = source.anonymity
        is_ours = anonymity.granted_by == "us" if anonymity else not is_relayed(citation)
        if is_ours and (anonymity is None or anonymity.approved_by is None):
            yield Remark(
                "anonymity_not_approved",
                "We do not name this source: give the reason, and the editor who agreed.",
                f"{at}/anonymity",
            )
        elif not _is_explained(source) and not citation.hides_its_source:
            yield Remark(
                "anonymity_unexplained",
                "Readers are not told why this source is not named. Give `reason_public`, or say "
                "that the relay gave no reason.",
                f"{at}/anonymity",
            )


def _is_explained(source: Descriptor) -> bool:
    anonymity = source.anonymity
    return anonymity is not None and bool(
        anonymity.reason_public or anonymity.reason == "relay_did_not_say"
    )


def _unnamed(citation: Citation) -> Iterator[tuple[str, Descriptor]]:
    """The unnamed sources of a citation. A chain ends with that of the statement: told once."""
    statement = citation.statement
    if statement and statement.unnamed:
        yield "/statement/unnamed", statement.unnamed
    for depth, hop in enumerate(citation.chain):
        is_repeated = statement is not None and hop.unnamed == statement.unnamed
        if hop.unnamed and not is_repeated:
            yield f"/chain/{depth}/unnamed", hop.unnamed
