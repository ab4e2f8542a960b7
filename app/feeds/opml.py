"""PURE: the feeds of an edition as a list that feed readers import (http://opml.org/spec2.opml)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from app.feeds.bases import canonical
from app.feeds.texts import line, rfc822
from app.feeds.xml import Element, add, maybe, root, written
from app.published.feed_names import LATEST, address, named_place, section_place

Json = Mapping[str, Any]

MEDIA_TYPE = "text/x-opml"
FORMAT = "rss"


def opml(
    site: Json, edition: Json, sections: Iterable[Json], saved: Iterable[Json], at: datetime
) -> bytes:
    """`sections` are the nodes of its tree, `saved` the documents of feeds that editors made."""
    bases = canonical(site)
    outer = root("opml", version="2.0")
    head = add(outer, "head")
    add(head, "title", line(_name(site, edition)))
    add(head, "dateModified", rfc822(at))
    maybe(head, "ownerName", line(site["publisher"]["name"]))
    maybe(head, "ownerEmail", site["publisher"]["email"])
    add(head, "docs", "http://opml.org/spec2.opml")
    body = add(outer, "body")

    def add_feed(parent: Element, title: str, place: str, home: str, query: str = "") -> None:
        url = bases.absolute(address(place, FORMAT)) + query
        told = {"text": line(title), "title": line(title), "type": "rss", "version": "RSS2",
                "xmlUrl": url, "htmlUrl": home, "language": edition["language"]}  # fmt: skip
        add(parent, "outline", None, told)

    code, home = edition["code"], edition["canonical_url"]
    add_feed(body, _name(site, edition), LATEST, home, f"?edition={code}")
    web = home.removesuffix(edition["path"])
    nodes = list(_named(sections))
    if nodes:
        folder = add(body, "outline", None, {"text": "Sections", "title": "Sections"})
        for name, path in nodes:
            add_feed(folder, name, section_place(unquote(path)), web + path)
    feeds = [each for each in saved if each["edition"] == code]
    if feeds:
        folder = add(body, "outline", None, {"text": "More", "title": "More"})
        for each in feeds:
            add_feed(folder, each["title"], named_place("feed", each["slug"]), home)
    return written(outer)


def _name(site: Json, edition: Json) -> str:
    name: str = site["name"]
    return name if edition["is_default"] else f"{name} – {edition['name']}"


def _named(nodes: Iterable[Json], above: str = "") -> Iterable[tuple[str, str]]:
    """Each section with the names of those above it, and its path."""
    for node in nodes:
        name = f"{above} › {node['name']}" if above else node["name"]
        yield name, node["path"]
        yield from _named(node["children"], name)
