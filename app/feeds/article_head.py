"""PURE: what the page of an article says in its head: Open Graph, cards, links to its other forms.

https://ogp.me/, RFC 8288, https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from app.feeds.bases import Bases, canonical
from app.feeds.host_files import data_training
from app.feeds.pictures import sized
from app.feeds.playing import source_for_all
from app.feeds.texts import cut, line
from app.published.feed_names import HUBBED, LATEST, MEDIA_TYPES, TITLES, address, section_place
from app.published.head import Head, HeadLink, HeadMeta

Json = Mapping[str, Any]

LONGEST_DESCRIPTION = 300


def head(article: Json, site: Json) -> Head:
    """`article` in its form `full`."""
    title = line(article["seo"]["title"] or article["headline"])
    meta = [*_names(article, site), *_graph(article, site)]
    links = list(_links(article, site))
    return Head(
        id=article["id"], title=title, meta=meta, links=links, html=_html(title, meta, links)
    )


def canonical_url(article: Json) -> str:
    url: str = article["seo"]["canonical_url"] or article["canonical_url"]
    return url


def description(article: Json) -> str:
    told = article["seo"]["description"] or article["summary"] or article["standfirst"]
    return cut(told, LONGEST_DESCRIPTION)


def _names(article: Json, site: Json) -> Iterator[HeadMeta]:
    picture = sized(article["image"], canonical(site))
    mining = article["rights"]["tdm"] or data_training(site)
    told = {
        "description": description(article),
        "robots": article["seo"]["robots"],
        "author": line(article["byline_text"]),
        "tdm-reservation": {"reserved": "1", "allowed": "0"}.get(mining or ""),
        "twitter:card": "summary_large_image" if picture else "summary",
        "twitter:title": line(article["headline"]),
        "twitter:description": description(article),
        "twitter:image": picture.url if picture else None,
        "twitter:image:alt": cut(article["image"]["alt"], 420) if picture else None,
    }
    yield from (HeadMeta(name=name, content=text) for name, text in told.items() if text)


def _graph(article: Json, site: Json) -> Iterator[HeadMeta]:
    bases = canonical(site)
    told: list[tuple[str, str | None]] = [
        ("og:type", "article"),
        ("og:title", line(article["headline"])),
        ("og:description", description(article)),
        ("og:url", canonical_url(article)),
        ("og:site_name", line(site["name"])),
        ("og:locale", _locale(article["language"])),
        *(("og:locale:alternate", _locale(other["language"])) for other in article["alternates"]),
        *_picture(article["image"], bases),
        *_film(article["lead"], bases),
        ("article:published_time", article["published_at"]),
        ("article:modified_time", article["updated_at"]),
        *(("article:author", bases.absolute(byline["person"]["path"]))
          for byline in article["bylines"] if byline["person"]),
        ("article:section", line(article["section"]["name"])),
        *(("article:tag", line(topic["name"])) for topic in article["topics"]),
    ]  # fmt: skip
    yield from (HeadMeta(property=name, content=text) for name, text in told if text)


def _locale(tag: str) -> str | None:
    """Open Graph knows a language only with a territory: `en_GB`."""
    language, *others = tag.split("-")
    territory = next((each for each in others if len(each) == 2), None)
    return f"{language.lower()}_{territory.upper()}" if territory else None


def _picture(shape: Json | None, bases: Bases) -> Iterator[tuple[str, str | None]]:
    picture = sized(shape, bases)
    if picture is None or shape is None:
        return
    yield "og:image", picture.url
    yield "og:image:type", "image/jpeg" if shape["crops"] else None
    yield "og:image:width", str(picture.width) if picture.width else None
    yield "og:image:height", str(picture.height) if picture.height else None
    yield "og:image:alt", line(shape["alt"])


def _film(lead: Json | None, bases: Bases) -> Iterator[tuple[str, str | None]]:
    """What anyone can play, if there is something that is not only for players of our own."""
    film = (lead or {}).get("video")
    source = source_for_all(film) if film else None
    if source is None:
        return
    yield "og:video", bases.absolute(source["url"])
    yield "og:video:type", source["media_type"]
    yield "og:video:width", str(source["width"]) if source["width"] else None
    yield "og:video:height", str(source["height"]) if source["height"] else None


def _links(article: Json, site: Json) -> Iterator[HeadLink]:
    bases = canonical(site)
    yield HeadLink(rel="canonical", href=canonical_url(article))
    if article["seo"]["canonical_url"] in (None, article["canonical_url"]):
        yield from _languages(article, site)
    yield HeadLink(
        rel="alternate",
        type="application/ld+json",
        href=bases.absolute(f"/v1/articles/{article['id']}.jsonld"),
    )
    yield from _feeds(article, site, bases)
    asked = f"{bases.api}/oembed?url={quote(article['canonical_url'], safe='')}"
    title = line(article["headline"])
    for name, media in (("json", "application/json+oembed"), ("xml", "text/xml+oembed")):
        yield HeadLink(rel="alternate", type=media, href=f"{asked}&format={name}", title=title)
    if site.get("search_url"):
        media = "application/opensearchdescription+xml"
        href = f"{bases.api}/opensearch.xml"
        yield HeadLink(rel="search", type=media, href=href, title=line(site["name"]))
    if article["rights"]["license"]:
        yield HeadLink(rel="license", href=article["rights"]["license"])


def _languages(article: Json, site: Json) -> Iterator[HeadLink]:
    """The same story in other languages; each of them names all, itself among them."""
    if not article["alternates"]:
        return
    editions = {edition["code"]: edition for edition in site["editions"]}
    for each in (article, *article["alternates"]):
        edition = editions.get(each["edition"])
        if edition is None:
            continue
        url = edition["canonical_url"].removesuffix(edition["path"]) + each["path"]
        yield HeadLink(rel="alternate", hreflang=each["language"], href=url)
        if edition["is_default"]:
            yield HeadLink(rel="alternate", hreflang="x-default", href=url)


def _feeds(article: Json, site: Json, bases: Bases) -> Iterator[HeadLink]:
    """Those of its section, then those of its edition."""
    section, edition = article["section"], article["edition"]
    places = (
        (section_place(unquote(section["path"])), section["name"], ""),
        (LATEST, site["name"], f"?edition={edition}"),
    )
    for place, name, query in places:
        for kind in HUBBED:
            yield HeadLink(
                rel="alternate",
                type=MEDIA_TYPES[kind],
                href=bases.absolute(address(place, kind)) + query,
                title=f"{line(name)} ({TITLES[kind]})",
            )


def _html(title: str, meta: list[HeadMeta], links: list[HeadLink]) -> str:
    elements = [f"<title>{escape(title, quote=False)}</title>"]
    elements += [_element("meta", each.model_dump()) for each in meta]
    elements += [_element("link", each.model_dump()) for each in links]
    return "\n".join(elements)


def _element(tag: str, attributes: Mapping[str, str | None]) -> str:
    told = (f'{name}="{escape(text)}"' for name, text in attributes.items() if text is not None)
    return f"<{tag} {' '.join(told)}>"
