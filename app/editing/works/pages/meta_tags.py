"""What a page's head says: `<meta>` in its many dialects, `<link>`, `<title>`, and a few elements.

The dialects, the most exact first: citation_* (Highwire Press), Dublin Core, PRISM, OpenGraph
with its articles, Twitter's cards, and what has only ever been usage.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.editing.languages import normal as language
from app.editing.plain_fields import line
from app.editing.works.pages import bylines, dates
from app.editing.works.pages.suggestions import Found
from app.editing.works.pages.tree import Element, text_of
from app.published import standard_ids

Metas = dict[str, list[str]]
"""The contents of all `<meta>` elements, by name or property in lower case."""

Read = Callable[[str], Any]

MOST_METAS = 500


def metas(root: Element) -> Metas:
    found = Metas()
    for number, each in enumerate(root.iter("meta")):
        name = each.get("name") or each.get("property") or each.get("itemprop")
        content = line(each.get("content"))
        if name and content and number < MOST_METAS:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _text(content: str) -> str | None:
    return content[:2_000]


def _doi(content: str) -> dict[str, str] | None:
    value = standard_ids.doi(content)
    return {"scheme": "doi", "value": value} if value else None


def _isbn(content: str) -> dict[str, str] | None:
    value = standard_ids.isbn(content)
    return {"scheme": "isbn", "value": value} if value else None


def _locale(content: str) -> str | None:
    return language(content.replace("_", "-"))


def _site_name(content: str) -> str | None:
    return None if content.startswith("@") else content[:200]


def _tier(content: str) -> str | None:
    return {"free": "free", "metered": "metered", "locked": "subscription"}.get(content.lower())


_KINDS = {
    "article": "newspaper_article", "book": "book", "video.other": "video",
    "video.movie": "video", "video.episode": "broadcast_segment",
    "video.tv_show": "broadcast_segment", "music.radio_station": "broadcast_segment",
}  # fmt: skip

_FIELDS: tuple[tuple[str, Read, tuple[str, ...]], ...] = (
    ("title", _text, (
        "citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "title",
        "headline",
    )),
    ("publication", _site_name, (
        "citation_journal_title", "citation_conference_title", "prism.publicationname",
        "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher",
        "application-name",
    )),
    ("issued", dates.edtf, (
        "citation_publication_date", "citation_date", "citation_online_date",
        "prism.publicationdate", "dcterms.issued", "dcterms.date", "dc.date.issued", "dc.date",
        "article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
        "sailthru.date", "pubdate", "publish-date", "date", "book:release_date",
    )),
    ("language", _locale, (
        "citation_language", "dc.language", "dcterms.language", "og:locale", "content-language",
        "inlanguage", "language",
    )),
    ("identifiers", _doi, (
        "citation_doi", "prism.doi", "dc.identifier.doi", "dc.identifier", "dcterms.identifier",
        "doi",
    )),
    ("identifiers", _isbn, ("citation_isbn", "book:isbn", "dc.identifier")),
    ("section", _text, ("article:section", "prism.section", "parsely-section")),
    ("volume", _text, ("citation_volume", "prism.volume")),
    ("number", _text, ("citation_issue", "prism.number", "citation_technical_report_number")),
    ("access", _tier, ("article:content_tier",)),
    ("kind", _KINDS.get, ("og:type",)),
    ("kind", lambda content: "journal_article", ("citation_journal_title",)),
    ("kind", lambda content: "report", ("citation_technical_report_institution",)),
)  # fmt: skip


def fields(found: Metas) -> Iterator[Found]:
    """What `<meta>` says of everything but the authors."""
    for field, read, names in _FIELDS:
        for name in names:
            for content in found.get(name, ()):
                if (value := read(content)) is not None:
                    yield Found(field, value, name)
    if first := found.get("citation_firstpage"):
        last = found.get("citation_lastpage", [""])
        yield Found("page", "–".join(each for each in (first[0], last[0]) if each), "citation_*")


def authors(found: Metas, publisher: str | None) -> Iterator[Found]:
    for name, inverted in (
        ("citation_author", True), ("dc.creator", True), ("dcterms.creator", True),
        ("parsely-author", False), ("author", False), ("article:author", False),
        ("sailthru.author", False), ("byl", False), ("twitter:creator", False),
    ):  # fmt: skip
        given = [each for each in found.get(name, ()) if not each.startswith(("http", "@"))]
        who = [
            each for content in given
            for each in bylines.names(content, publisher=publisher, inverted=inverted)
        ]  # fmt: skip
        if who:
            yield Found("authors", who, name)


def elements(root: Element, publisher: str | None) -> Iterator[Found]:
    """What stands in the page itself: its language, headings, times and bylines."""
    if tag := language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
                       or ""):  # fmt: skip
        yield Found("language", tag, "html lang")
    for tag, source in (("h1", "h1"), ("title", "title")):
        for element in _first(root.iter(tag)):
            if text := text_of(element)[:2_000]:
                yield Found("title", text, source)
    for element in root.iter("time"):
        if day := dates.edtf(element.get("datetime") or text_of(element)):
            yield Found("issued", day, "time")
            break
    for element in _first(_bylines(root)):
        if who := bylines.names(text_of(element)[:300], publisher=publisher):
            yield Found("authors", who, "byline")


def addresses(root: Element, found: Metas) -> Iterator[Found]:
    """The address that the page gives itself, as it stands there."""
    for element in root.iter("link"):
        href = (element.get("href") or "").strip()
        if href and "canonical" in (element.get("rel") or "").lower().split():
            yield Found("url", href, "link rel=canonical")
    for content in found.get("og:url", ()):
        yield Found("url", content, "og:url")


def _bylines(root: Element) -> Iterator[Element]:
    for element in root.iter():
        classes = (element.get("class") or "").lower().split()
        if (
            element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or any(each in ("byline", "author", "article-byline", "author-name", "byline__name")
                   for each in classes)
        ):  # fmt: skip
            yield element


def _first(found: Iterable[Element]) -> Iterator[Element]:
    for each in found:
        yield each
        return
