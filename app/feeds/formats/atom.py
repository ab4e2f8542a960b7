"""Atom 1.0 (RFC 4287), with a tombstone for each article that was taken away (RFC 6721)."""

from app.feeds.feed import Author, Category, Departed, Feed, FeedItem
from app.feeds.media_elements import picture
from app.feeds.names import feed_iri, iri
from app.feeds.summaries import summary
from app.feeds.texts import first_line, line, rfc3339
from app.feeds.xml import Element, add, maybe, root, written

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
GENERATOR = "Masthead"


def render(feed: Feed) -> bytes:
    prefixes = ("media", "at") if feed.departed else ("media",)
    atom = root("feed", *prefixes, default=NAMESPACE, **{"xml:lang": feed.language})
    add(atom, "id", feed_iri(feed))
    add(atom, "title", line(feed.title))
    maybe(atom, "subtitle", first_line(feed.description, feed.publication.tagline))
    add(atom, "updated", rfc3339(feed.updated_at))
    _link(atom, "self", feed.url, MEDIA_TYPE)
    _link(atom, "alternate", feed.home_url, "text/html")
    for hub in feed.hubs:
        _link(atom, "hub", hub)
    publisher = add(atom, "author")
    add(publisher, "name", line(feed.publication.publisher))
    add(publisher, "uri", feed.publication.url)
    maybe(publisher, "email", feed.publication.email)
    maybe(atom, "rights", line(feed.publication.legal_name))
    maybe(atom, "logo", feed.image.url if feed.image else None)
    add(atom, "generator", GENERATOR)
    for item in feed.items:
        _entry(atom, item)
    for departed in feed.departed:
        _tombstone(atom, departed)
    return written(atom)


def _entry(atom: Element, item: FeedItem) -> None:
    entry = add(atom, "entry", None, {"xml:lang": item.language})
    add(entry, "id", iri(item))
    add(entry, "title", line(item.title))
    add(entry, "updated", rfc3339(item.updated_at))
    add(entry, "published", rfc3339(item.published_at))
    _link(entry, "alternate", item.url, "text/html")
    if item.syndicated_url:
        _link(entry, "via", item.syndicated_url)
    if item.licence:
        _link(entry, "license", item.licence)
    _enclose(entry, item)
    for author in item.authors or _written_out(item):
        person = add(entry, "author")
        add(person, "name", line(author.name))
        maybe(person, "uri", author.url)
    for category in item.categories:
        _category(entry, category)
    maybe(entry, "summary", summary(item))
    maybe(entry, "content", item.html, {"type": "html"})
    if item.image:
        picture(entry, item.image)


def _written_out(item: FeedItem) -> tuple[Author, ...]:
    return (Author(name=item.byline),) if item.byline else ()


def _enclose(entry: Element, item: FeedItem) -> None:
    for played in filter(None, (item.film, item.sound)):
        for source in played.sources:
            told = {"title": line(played.title), "length": source.size}
            _link(entry, "enclosure", source.url, source.media_type, **told)


def _category(entry: Element, category: Category) -> None:
    add(entry, "category", None, {"term": line(category.name), "scheme": category.url})


def _tombstone(atom: Element, departed: Departed) -> None:
    told = {"ref": iri(departed), "when": rfc3339(departed.at)}
    add(atom, "at:deleted-entry", None, told)


def _link(
    parent: Element, rel: str, href: str, media_type: str | None = None, **told: object
) -> None:
    add(parent, "link", None, {"rel": rel, "type": media_type, "href": href, **told})
