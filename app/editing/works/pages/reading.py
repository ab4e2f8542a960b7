"""A page, read: what it suggests for each field of a work, and what is odd about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from app.editing import hosts
from app.editing.works.pages import gates, json_ld, meta_tags, tree
from app.editing.works.pages.suggestions import Found, Suggestions, gathered
from app.editing.works.pages.tree import Element

_FRONTS = frozenset({"", "/"})
_SUFFIX_MARKS = (" | ", " - ", " – ", " — ", " · ", " :: ", " • ")


@dataclass(frozen=True)
class Reading:
    """`gate` is set where the page is not the page; then it suggests nothing."""

    suggestions: Suggestions
    gate: gates.Gate | None = None
    corrected: bool = False


def read(content: bytes, *, url: str | None = None, content_type: str = "") -> Reading:
    """Never fails: of what is no page nothing is suggested. `url` is where it was found."""
    root = tree.parsed(content, content_type)
    if root is None:
        return Reading({})
    described = json_ld.items(root)
    metas = meta_tags.metas(root)
    if gate := _gate(root, described):
        return Reading({}, gate)
    found = [*_addresses(root, metas, described, url), *_fields(root, metas, described)]
    house = next((each.value for each in found if each.field == "publication"), None)
    tidied = (_without_house(each, house) for each in found)
    return Reading(gathered(tidied), corrected=any(map(json_ld.is_corrected, described[:1])))


def gate_of(root: Element) -> gates.Gate | None:
    """What the page stands before, if it is not the page itself."""
    return _gate(root, json_ld.items(root))


def _gate(root: Element, described: list[json_ld.Object]) -> gates.Gate | None:
    # Who describes an article does not withhold it, whatever forms stand around it.
    return None if any(map(json_ld.is_more_than_a_page, described)) else gates.gate_of(root)


def _fields(
    root: Element, metas: meta_tags.Metas, described: list[json_ld.Object]
) -> Iterator[Found]:
    of_meta = list(meta_tags.fields(metas))
    exact = [each for each in of_meta if _is_exact(each.source)]
    house = next((each.value for each in of_meta if each.field == "publication"), None)
    writers = list(meta_tags.authors(metas, house))
    yield from exact
    yield from (each for each in writers if _is_exact(each.source))
    for work in described[:1]:
        yield from json_ld.fields(work)
    yield from of_meta
    yield from writers
    yield from meta_tags.elements(root, house)


def _is_exact(source: str) -> bool:
    """Whoever writes these knows what a reference is."""
    return source.startswith(("citation_", "prism."))


def _addresses(
    root: Element, metas: meta_tags.Metas, described: list[json_ld.Object], url: str | None
) -> Iterator[Found]:
    """Of the addresses that the page gives itself those that can be its own: on the same site, and
    not a front page for something below it."""
    said = list(meta_tags.addresses(root, metas))
    said += [
        Found("url", address, json_ld.SOURCE) for work in described[:1]
        if (address := json_ld.address(work))
    ]  # fmt: skip
    for each in said:
        try:
            whole = urljoin(url or "", each.value)
            own, here = urlsplit(whole), urlsplit(url or whole)
        except ValueError:
            continue
        if _can_be(own, here):
            yield Found("url", whole, each.source)
    if url:
        yield Found("url", url, "address")


def _can_be(own: SplitResult, here: SplitResult) -> bool:
    if own.scheme not in ("http", "https") or not own.hostname:
        return False
    to_the_front = own.path in _FRONTS and not own.query and here.path not in _FRONTS
    return not to_the_front and _is_same_site(own.hostname, here.hostname)


def _is_same_site(one: str, other: str | None) -> bool:
    """Whether one is the other, or stands below it: `m.`, `www.` and `amp.` do."""
    first, second = hosts.normal(one), hosts.normal(other or "")
    if first is None or second is None:
        return one == other
    return first in hosts.with_parents(second) or second in hosts.with_parents(first)


def _without_house(found: Found, house: str | None) -> Found:
    """A title without the name of the publication behind it: `Fog | The Courier`."""
    if found.field != "title" or not house:
        return found
    for mark in _SUFFIX_MARKS:
        head, _, tail = found.value.rpartition(mark)
        if head and tail.strip().casefold() == house.casefold():
            return Found("title", head.strip(), found.source)
    return found
