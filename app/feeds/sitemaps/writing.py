"""PURE: sitemaps as XML, within the limits that every crawler has.

https://www.sitemaps.org/protocol.html, with Google's extensions for pictures, films and news:
https://developers.google.com/search/docs/crawling-indexing/sitemaps/overview
"""

from collections.abc import Iterable

from app.feeds.sitemaps.films import add_film
from app.feeds.sitemaps.sitemap import File, News, Url
from app.feeds.texts import line, rfc3339
from app.feeds.xml import Element, add, root, written

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

LONGEST_LOC = 2_047
"""Characters of an address."""

PICTURES = 1_000
"""Of one page."""

ROOM = 40 * 2**20
"""Bytes of addresses in one file, which may have 50 MB in all: what does not fit is a picture."""


def index(files: Iterable[File]) -> bytes:
    """All sitemaps of the site."""
    outer = root("sitemapindex", default=SITEMAP)
    for file in files:
        element = add(outer, "sitemap")
        add(element, "loc", file.loc)
        if file.changed_at:
            add(element, "lastmod", rfc3339(file.changed_at))
    return written(outer)


def urlset(urls: Iterable[Url]) -> bytes:
    """One sitemap. What has an address that is too long for crawlers is left out."""
    outer = root("urlset", "image", "video", "news", default=SITEMAP)
    room = ROOM
    shown = [url for url in urls if len(url.loc) <= LONGEST_LOC]
    room -= sum(len(url.loc) + 500 for url in shown)
    for url in shown:
        element = add(outer, "url")
        add(element, "loc", url.loc)
        if url.changed_at:
            add(element, "lastmod", rfc3339(url.changed_at))
        if url.news:
            _add_news(element, url.news)
        for picture in url.images[:PICTURES]:
            room -= len(picture.encode()) + 80
            if len(picture) <= LONGEST_LOC and room > 0:
                add(add(element, "image:image"), "image:loc", picture)
        if url.showing:
            add_film(element, url.showing)
    return written(outer)


def _add_news(element: Element, news: News) -> None:
    told = add(element, "news:news")
    publication = add(told, "news:publication")
    add(publication, "news:name", line(news.publication))
    add(publication, "news:language", news_language(news.language))
    add(told, "news:publication_date", rfc3339(news.published_at))
    add(told, "news:title", line(news.title))


def news_language(tag: str) -> str:
    """As Google News has it: two or three letters, but for Chinese."""
    first, *others = tag.lower().split("-")
    if first != "zh":
        return first
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(others) else "zh-cn"
