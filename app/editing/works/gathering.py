"""Everything that can be found out about a work: from what was sent, and from who is asked."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.editing import urls
from app.editing.works import csl_items, references
from app.editing.works.pages import reading
from app.editing.works.pages.suggestions import Found
from app.editing.works.resolve_schemas import ResolveRequest, ResolveWarning, WarningCode
from app.errors import Fault, Invalid
from app.outbound.fetching import Fetch
from app.outbound.page import Page, Refused, Unreachable
from app.published import standard_ids

DOI_REGISTRY = "https://doi.org/"

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_GATES = {
    "captcha": "The page asks whether we are human.",
    "login": "The page asks for a login.",
    "consent": "The page asks for consent first.",
    "not_found": "The page says that there is nothing there.",
}


@dataclass
class Gathered:
    """`was_read`: whether the page itself was seen."""

    found: list[Found] = field(default_factory=list)
    warnings: list[ResolveWarning] = field(default_factory=list)
    was_read: bool = False

    def believe(self, found: Iterable[Found]) -> None:
        """Put these before all others."""
        self.found[:0] = _sound(found)

    def add(self, found: Iterable[Found]) -> None:
        self.found += _sound(found)

    def warn(self, code: WarningCode, detail: str) -> None:
        self.warnings.append(ResolveWarning(code=code, detail=detail))


async def from_what_was_sent(asked: ResolveRequest) -> Gathered:
    gathered = Gathered()
    if asked.html is not None:
        await _read(gathered, asked.html.encode(), "text/html; charset=utf-8", asked.url)
    if asked.text is not None:
        gathered.add(references.read(asked.text))
    if asked.url is not None:
        gathered.add(
            Found(each.field, each.value, "address") for each in references.read(asked.url)
        )
        gathered.add([Found("url", asked.url, "address")])
    return gathered


async def ask(
    gathered: Gathered,
    asked: ResolveRequest,
    *,
    fetch: Fetch,
    agent: str,
    registry: str = DOI_REGISTRY,
) -> None:
    """Add what the registry of a DOI knows, where the address is one, or there is no address; else
    what the page says.

    Raises Invalid where the address is none that we call.
    """
    url = asked.url or _first(gathered.found, "url")
    doi = standard_ids.doi(url) if url else _doi(gathered.found)
    try:
        if doi:
            page = await fetch(registry + doi, agent=agent, accept=csl_items.MEDIA_TYPE)
            _add_item(gathered, page)
        elif url:
            await _add_page(gathered, await fetch(url, agent=agent))
        else:
            gathered.warn("nothing_to_fetch", "There is no address, and no DOI, to ask for.")
    except Refused as refused:
        fault = Fault(str(refused), pointer="/url" if asked.url else "/text")
        raise Invalid("The page cannot be fetched.", faults=[fault]) from None
    except Unreachable as failed:
        gathered.warn("unreachable", str(failed))


async def _add_page(gathered: Gathered, page: Page) -> None:
    if not 200 <= page.status < 300:
        gathered.warn("status", f"The server answers {page.status}.")
    elif page.media_type not in _HTML:
        gathered.warn("not_html", f"It is no web page, but {page.media_type[:100]}.")
        gathered.was_read = True
    else:
        content_type = page.headers.get("content-type", "")
        await _read(gathered, page.body, content_type, page.final_url)


async def _read(gathered: Gathered, content: bytes, content_type: str, url: str | None) -> None:
    # Not on the loop on which others wait: a large page takes a while.
    page = await asyncio.to_thread(reading.read, content, url=url, content_type=content_type)
    if page.gate:
        gathered.warn(page.gate, _GATES[page.gate])
        return
    if page.corrected:
        gathered.warn("corrected", "The page tells of a correction of itself.")
    gathered.was_read = True
    gathered.believe(each for several in page.suggestions.values() for each in several)


def _add_item(gathered: Gathered, page: Page) -> None:
    if not 200 <= page.status < 300:
        gathered.warn("status", f"The registry of DOIs answers {page.status}.")
        return
    gathered.believe(csl_items.read(page.body, "doi"))


def _sound(found: Iterable[Found]) -> list[Found]:
    """Addresses in their stored form; without those that are none."""
    return [each for each in map(_spelled, found) if each is not None]


def _spelled(found: Found) -> Found | None:
    if found.field != "url":
        return found
    try:
        return Found("url", urls.web_url(found.value), found.source)
    except urls.Refused:
        return None


def _first(found: list[Found], name: str) -> str | None:
    return next((each.value for each in found if each.field == name), None)


def _doi(found: list[Found]) -> str | None:
    identifiers = (each.value for each in found if each.field == "identifiers")
    return next((each["value"] for each in identifiers if each["scheme"] == "doi"), None)
