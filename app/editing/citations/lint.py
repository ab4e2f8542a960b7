"""Finds what is wrong or doubtful in an article's citations, as they are after `reanchor`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from app.editing.citations import quote_rules, sourcing_rules
from app.editing.citations.block_texts import Written
from app.editing.citations.finding import STOPPING, Finding, Remark
from app.editing.citations.values import Citation

OF_THE_WHOLE = frozenset({"background", "see_also"})
"""Types of citations that belong to an article without standing at any words of it."""


def lint(
    citations: Sequence[Citation],
    content: Written,
    *,
    dead_works: Collection[UUID] = (),
    doubted: Mapping[UUID, str] = MappingProxyType({}),
) -> list[Finding]:
    """All findings: those of each citation in order, then the quotations without a citation.

    `dead_works` are those whose link is broken and which are archived nowhere; `doubted` those to
    which something happened, with what. An internal citation stops nothing, and only its anchors,
    its words and its works are looked at.
    """
    printed = quote_rules.Printed(content)
    found = []
    for number, citation in enumerate(citations):
        remarks = [*_anchors(citation), *quote_rules.misquoted(citation, printed)]
        remarks += _doubts(citation, doubted)
        if citation.visibility == "public":
            remarks += _links(citation, dead_works)
            remarks += sourcing_rules.remarks(citation, citations)
        found += [_finding(remark, citation, number) for remark in remarks]
    return found + list(quote_rules.uncited(citations, content))


def of_doubted(citations: Sequence[Citation], doubted: Mapping[UUID, str]) -> list[Finding]:
    """Of these findings only those about works to which something happened."""
    return [
        _finding(remark, citation, number)
        for number, citation in enumerate(citations)
        for remark in _doubts(citation, doubted)
    ]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop publishing."""
    return [finding for finding in findings if finding.severity == "error"]


def _finding(remark: Remark, citation: Citation, number: int) -> Finding:
    stops = remark.code in STOPPING and citation.visibility == "public"
    return Finding(
        code=remark.code,
        severity="error" if stops else "warning",
        message=remark.message,
        pointer=f"/citations/{number}{remark.at}",
        citation_id=citation.id,
    )


def _anchors(citation: Citation) -> Iterator[Remark]:
    for number, anchor in enumerate(citation.anchors):
        at = f"/anchors/{number}"
        if anchor.state == "orphaned":
            what = "The words of this anchor are" if anchor.exact else "What this anchor is at is"
            yield Remark(
                "orphaned_anchor",
                f"{what} no longer in the article. Set it anew, or take it out.",
                at,
            )
        elif anchor.state == "needs_review":
            yield Remark(
                "anchor_in_doubt",
                "The words around here have changed. Confirm the place, or set it anew.",
                at,
            )
    is_public = citation.visibility == "public"
    if not citation.anchors and is_public and citation.type not in OF_THE_WHOLE:
        yield Remark("unanchored", "This citation stands at no words of the article.")


def _links(citation: Citation, dead_works: Collection[UUID]) -> Iterator[Remark]:
    for work_id, at in _works(citation).items():
        if work_id in dead_works:
            yield Remark(
                "dead_link", "The link of this work is dead. Give an address of an archive.", at
            )


def _doubts(citation: Citation, doubted: Mapping[UUID, str]) -> Iterator[Remark]:
    for work_id, at in _works(citation).items():
        if work_id in doubted:
            yield Remark("work_notice", f"Does it still hold? {doubted[work_id]}", at)


def _works(citation: Citation) -> dict[UUID, str]:
    """The works that it names, each with the first place at which it does."""
    places = [("/work_id", citation.work_id)]
    places += [(f"/chain/{depth}", hop.work_id) for depth, hop in enumerate(citation.chain)]
    found: dict[UUID, str] = {}
    for at, work_id in places:
        if work_id is not None:
            found.setdefault(work_id, at)
    return found
