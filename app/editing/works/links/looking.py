"""One look at a link: HEAD, and then GET where that says more."""

import asyncio
from dataclasses import dataclass

from app.editing.works.links import verdicts
from app.editing.works.links.fingerprints import DRIFTED_BELOW, fingerprint, similarity
from app.editing.works.links.verdicts import Verdict
from app.editing.works.pages import reading, tree
from app.editing.works.pages.gates import Gate
from app.outbound.fetching import Fetch, Turn
from app.outbound.page import Page, Refused, Unreachable
from app.outbound.politeness import asked_to_wait

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_TEXT = "text/plain"
_LATER = frozenset({429, 503})
_SURE = frozenset({"dns", "tls"})
"""Of failures those that a GET would meet as well."""


@dataclass(frozen=True)
class Look:
    """What was found. `wait` are the seconds for which the server wants to be left alone."""

    verdict: Verdict
    page: Page | None = None
    fingerprint: str | None = None
    similarity: float | None = None
    wait: int | None = None


async def look(url: str, known: str | None, *, fetch: Fetch, agent: str, turn: Turn) -> Look:
    """`known` is the fingerprint of the page as it was cited."""
    try:
        page = await _asked(url, fetch, agent, turn)
    except Refused:
        return Look("skipped")
    except Unreachable as failed:
        return Look(verdicts.UNREACHABLE[failed.kind])
    # Large pages take a while to read: not on the loop on which other jobs wait.
    gate, print_ = await asyncio.to_thread(_read, page)
    verdict = verdicts.of_page(url, page, gate)
    wait = asked_to_wait(page) if page.status in _LATER else None
    if verdict in verdicts.FAILURES | verdicts.UNDECIDED or verdict == "paywalled":
        return Look(verdict, page, wait=wait)
    alike = similarity(known, print_) if known and print_ else None
    drifted = alike is not None and alike < DRIFTED_BELOW
    return Look("drifted" if drifted else verdict, page, print_, alike, wait)


async def _asked(url: str, fetch: Fetch, agent: str, turn: Turn) -> Page:
    try:
        head = await fetch(url, agent=agent, method="HEAD", turn=turn)
    except Unreachable as failed:
        if failed.kind in _SURE:
            raise
    else:
        is_file = head.status == 200 and head.media_type not in _HTML | {_TEXT}
        if is_file or (head.status in _LATER and asked_to_wait(head) is not None):
            return head
    return await fetch(url, agent=agent, turn=turn)


def _read(page: Page) -> tuple[Gate | None, str | None]:
    """What stands before the page, if anything does, and its fingerprint."""
    if page.media_type == _TEXT:
        return None, fingerprint(page.body.decode("utf-8", "replace"))
    if page.media_type not in _HTML:
        return None, None
    root = tree.parsed(page.body, page.headers.get("content-type", ""))
    if root is None:
        return None, None
    return reading.gate_of(root), fingerprint(tree.main_text(root))
