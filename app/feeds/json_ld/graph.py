"""PURE: all that JSON-LD says of an article: it, who publishes it, and the way to it."""

from typing import Any

from app.feeds.bases import Bases, canonical
from app.feeds.json_ld.article import article_node
from app.feeds.json_ld.nodes import Json, Node, node, written
from app.feeds.json_ld.publisher import publisher
from app.feeds.texts import line


def render(article: Json, site: Json, cited: Json) -> bytes:
    """`article` in its form `full`; `cited` is what is exported of its citations."""
    bases = canonical(site)
    return written(
        [
            article_node(article, bases, cited),
            publisher(site, bases),
            breadcrumbs(article, site, bases),
        ]
    )


def breadcrumbs(article: Json, site: Json, bases: Bases) -> Node:
    """From the edition's front page down to the article, which is where one is."""
    way = [_front_page(article, site)]
    way += [(each["name"], bases.absolute(each["path"])) for each in article["breadcrumbs"]]
    way.append((article["headline"], article["canonical_url"]))
    steps = [
        node("ListItem", position=place, name=line(name), item=url)
        for place, (name, url) in enumerate(way, 1)
    ]
    return node(
        "BreadcrumbList", id=f"{article['canonical_url']}#breadcrumbs", itemListElement=steps
    )


def _front_page(article: Json, site: Json) -> tuple[str, Any]:
    edition = next(each for each in site["editions"] if each["code"] == article["edition"])
    return edition["name"], edition["canonical_url"]
