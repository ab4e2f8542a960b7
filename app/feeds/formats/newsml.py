"""NewsML-G2 2.35: a news message of one package, which has the order, and its news items.

https://iptc.org/standards/newsml-g2/. Terms are qualified codes of IPTC's own catalogue, as its
power conformance wants; what only we know has its address.
"""

from app.feeds import news_words
from app.feeds.feed import Category, Departed, Feed, FeedItem
from app.feeds.names import feed_uri, uri
from app.feeds.texts import first_line, legal, line, offset
from app.feeds.xml import Element, add, maybe, root, written

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
CATALOGUE = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"

_STANDARD = {"standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power"}
_TOPICS = {"person": "cpnat:person", "organisation": "cpnat:organisation",
           "place": "cpnat:geoArea", "event": "cpnat:event"}  # fmt: skip


def render(feed: Feed) -> bytes:
    message = root("newsMessage", default=NAMESPACE)
    header = add(message, "header")
    add(header, "sent", offset(feed.updated_at))
    add(header, "sender", feed.publication.url)
    add(header, "origin", line(feed.publication.publisher))
    items = add(message, "itemSet")
    _package(items, feed)
    for item in feed.items:
        _item(items, item, feed)
    for departed in feed.departed:
        _canceled(items, departed, feed)
    return written(message)


def _package(items: Element, feed: Feed) -> None:
    """The articles in their order."""
    # A version counts up: seconds do, and are the same for whoever renders the same feed.
    version = str(max(1, int(feed.updated_at.timestamp())))
    package = _begun(items, "packageItem", feed_uri(feed), version, feed.language)
    meta = _item_meta(package, "ninat:composite", feed)
    add(meta, "versionCreated", offset(feed.updated_at))
    add(meta, "pubStatus", None, {"qcode": "stat:usable"})
    add(meta, "title", line(feed.title))
    content = add(package, "contentMeta")
    add(content, "headline", line(feed.title))
    maybe(content, "description", first_line(feed.description, feed.publication.tagline))
    groups = add(package, "groupSet", None, {"root": "articles"})
    told = {"id": "articles", "role": "group:main", "mode": "pgrmod:seq"}
    group = add(groups, "group", None, told)
    for item in feed.items:
        told = {"residref": uri(item), "version": str(item.version)}
        reference = add(group, "itemRef", None, told)
        add(reference, "title", line(item.title))


def _item(items: Element, item: FeedItem, feed: Feed) -> None:
    element = _begun(items, "newsItem", uri(item), str(item.version), item.language)
    rights = add(element, "rightsInfo")
    holder = add(rights, "copyrightHolder")
    add(holder, "name", news_words.holder(item, feed.publication))
    if item.licence:
        add(rights, "usageTerms", item.licence, {"href": item.licence})
    meta = _item_meta(element, f"ninat:{news_words.nature(item)}", feed)
    add(meta, "versionCreated", offset(item.updated_at))
    add(meta, "firstCreated", offset(item.first_published_at))
    add(meta, "pubStatus", None, {"qcode": "stat:usable"})
    maybe(meta, "edNote", news_words.note(item))
    add(meta, "link", None, {"rel": "irel:seeAlso", "href": item.url})
    _about(element, item)
    _contents(element, item)


def _canceled(items: Element, departed: Departed, feed: Feed) -> None:
    version = str(max(1, int(departed.at.timestamp())))
    element = _begun(items, "newsItem", uri(departed), version, feed.language)
    meta = _item_meta(element, "ninat:text", feed)
    add(meta, "versionCreated", offset(departed.at))
    add(meta, "pubStatus", None, {"qcode": "stat:canceled"})


def _begun(items: Element, tag: str, guid: str, version: str, language: str) -> Element:
    told = _STANDARD | {"guid": guid, "version": version, "xml:lang": language}
    element = add(items, tag, None, told)
    add(element, "catalogRef", None, {"href": CATALOGUE})
    return element


def _item_meta(element: Element, item_class: str, feed: Feed) -> Element:
    meta = add(element, "itemMeta")
    add(meta, "itemClass", None, {"qcode": item_class})
    provider = add(meta, "provider", None, {"uri": feed.publication.url})
    add(provider, "name", line(feed.publication.publisher))
    return meta


def _about(element: Element, item: FeedItem) -> None:
    """What it is about. The order of the elements is the schema's."""
    meta = add(element, "contentMeta")
    add(meta, "contentCreated", offset(item.first_published_at))
    add(meta, "contentModified", offset(item.updated_at))
    if place := line(item.dateline):
        add(add(meta, "located"), "name", place)
    for author in item.authors:
        creator = add(meta, "creator", None, {"uri": author.url})
        add(creator, "name", line(author.name))
    if source := line(item.syndicated_from):
        add(add(meta, "infoSource"), "name", source)
    add(meta, "language", None, {"tag": item.language})
    genre = add(meta, "genre", None, {"uri": news_words.genre_uri(item.genre)})
    add(genre, "name", item.genre)
    for category in item.categories:
        _subject(meta, category)
    maybe(meta, "slugline", line(item.kicker))
    add(meta, "headline", line(item.title))
    maybe(meta, "by", line(item.byline))
    maybe(meta, "description", line(item.summary), {"role": "drol:summary"})


def _subject(meta: Element, category: Category) -> None:
    told = {"type": _TOPICS.get(category.scheme, "cpnat:abstract"), "uri": category.url}
    subject = add(meta, "subject", None, told)
    add(subject, "name", line(category.name))


def _contents(element: Element, item: FeedItem) -> None:
    """Its text, then where its picture and what can be played are."""
    contents = add(element, "contentSet")
    text = legal(item.text or "").strip() or first_line(item.summary, item.title)
    body, media_type = (item.html, "text/html") if item.html else (text, "text/plain")
    add(contents, "inlineData", body, {"contenttype": media_type})
    remote: list[dict[str, object]] = []
    if item.image:
        remote.append({"href": item.image.url, "contenttype": item.image.media_type,
                       "width": item.image.width, "height": item.image.height})  # fmt: skip
    for _, film in news_words.played(item):
        remote += [
            {"href": each.url, "contenttype": each.media_type, "size": each.size}
            for each in film.sources
        ]
    for told in remote:
        add(contents, "remoteContent", None, told)
