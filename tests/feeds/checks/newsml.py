"""NewsML-G2 by lxml: what the standard requires, element by element and in its order."""

from lxml import etree

from app.feeds.feed import Feed, FeedItem
from app.feeds.formats.newsml import NAMESPACE
from app.feeds.names import feed_uri, uri
from app.feeds.texts import line
from app.feeds.xml import Element
from tests.feeds.checks.expected import moment, second

N = {"": NAMESPACE, "n": NAMESPACE}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

REQUIRED = ("standard", "standardversion", "guid", "version")
"""Attributes of any item; of its elements, a catalogue and an `itemMeta`."""

PARTS = ("catalogRef", "rightsInfo", "itemMeta", "contentMeta", "contentSet", "groupSet")
ITEM_META = ("itemClass", "provider", "versionCreated", "firstCreated", "pubStatus", "title",
             "edNote", "link")  # fmt: skip
CONTENT_META = (
    "contentCreated", "contentModified", "located", "creator", "infoSource", "language", "genre",
    "subject", "slugline", "headline", "by", "description",
)  # fmt: skip
"""In the order of the schema."""


def check(feed: Feed, document: bytes) -> None:
    message = etree.fromstring(document)
    assert message.tag == f"{{{NAMESPACE}}}newsMessage"
    assert moment(message.findtext("header/sent", "", N)) == second(feed.updated_at)
    package, *items = message.iterfind("itemSet/*", N)
    for element in (package, *items):
        _is_an_item(element)
    articles, canceled = items[: len(feed.items)], items[len(feed.items) :]
    assert package.get("guid") == feed_uri(feed)
    named = [each.get("residref") for each in package.iterfind(".//itemRef", N)]
    assert named == [uri(item) for item in feed.items]
    for element, item in zip(articles, feed.items, strict=True):
        _is_the_article(element, item)
    for element, departed in zip(canceled, feed.departed, strict=True):
        assert element.get("guid") == uri(departed)
        assert _code(element, "pubStatus") == "stat:canceled"
        assert moment(element.findtext("itemMeta/versionCreated", "", N)) == second(departed.at)


def _is_an_item(element: Element) -> None:
    for name in REQUIRED:
        assert element.get(name), name
    assert int(element.get("version") or 0) > 0
    assert element.get(LANGUAGE)
    for required in ("catalogRef", "itemMeta/itemClass", "itemMeta/provider"):
        assert element.find(required, N) is not None, required
    _in_order(element, PARTS)
    _in_order(element.find("itemMeta", N), ITEM_META)
    _in_order(element.find("contentMeta", N), CONTENT_META)


def _in_order(parent: Element | None, names: tuple[str, ...]) -> None:
    found = [etree.QName(child).localname for child in (parent if parent is not None else ())]
    assert found == sorted(found, key=names.index)


def _is_the_article(element: Element, item: FeedItem) -> None:
    assert element.get("guid") == uri(item)
    assert element.get("version") == str(item.version)
    assert element.get(LANGUAGE) == item.language
    assert _code(element, "pubStatus") == "stat:usable"
    assert moment(element.findtext("itemMeta/versionCreated", "", N)) == second(item.updated_at)
    assert element.findtext("contentMeta/headline", "", N) == line(item.title)
    assert element.findtext("contentMeta/by", "", N) == line(item.byline)
    assert element.findtext("contentMeta/description", "", N) == line(item.summary)
    names = [each.text for each in element.iterfind("contentMeta/creator/name", N)]
    assert names == [line(each.name) for each in item.authors]
    subjects = [each.text for each in element.iterfind("contentMeta/subject/name", N)]
    assert subjects == [line(each.name) for each in item.categories]
    assert element.findtext("rightsInfo/copyrightHolder/name", "", N)
    body = element.find("contentSet/inlineData", N)
    assert body is not None
    assert body.text
    if item.html:
        assert (body.text, body.get("contenttype")) == (item.html, "text/html")
    addresses = [each.get("href") for each in element.iterfind("contentSet/remoteContent", N)]
    shown = [item.image.url] if item.image else []
    played = [film.sources for film in (item.film, item.sound) if film]
    assert addresses == [*shown, *(source.url for sources in played for source in sources)]


def _code(element: Element, name: str) -> str | None:
    found = element.find(f"itemMeta/{name}", N)
    return None if found is None else found.get("qcode")
