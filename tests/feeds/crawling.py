"""Our sitemaps through a crawler that nobody here wrote (ultimate-sitemap-parser)."""

from collections.abc import Mapping
from xml.etree import ElementTree

import httpx
from usp.objects.page import SitemapPage
from usp.objects.sitemap import AbstractSitemap, InvalidSitemap
from usp.tree import sitemap_tree_for_homepage
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    LocalWebClientSuccessResponse,
    WebClientErrorResponse,
)

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


class _Missing(WebClientErrorResponse):
    pass


class _Kept(AbstractWebClient):
    """Answers from what was fetched before: the crawler knows no asyncio."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        pass

    def get(self, url: str) -> AbstractWebClientResponse:
        if url not in self._pages:
            return _Missing("not there", False)
        return LocalWebClientSuccessResponse(url, self._pages[url])


async def fetched(reader: httpx.AsyncClient, base: str) -> dict[str, str]:
    """`robots.txt`, the index and all files that it names, by their addresses."""
    pages: dict[str, str] = {}
    waiting = ["/robots.txt", "/sitemap.xml"]
    while waiting:
        path = waiting.pop()
        answer = await reader.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        pages[base + path] = answer.text
        if path == "/sitemap.xml":
            waiting += [loc.removeprefix(base) for loc in locs(answer.content)]
    return pages


def crawled(pages: Mapping[str, str], base: str) -> dict[str, list[SitemapPage]]:
    """The pages of each file by the file's address, from `robots.txt` on. Nothing may be odd."""
    tree = sitemap_tree_for_homepage(base, web_client=_Kept(pages), use_known_paths=False)
    found: dict[str, list[SitemapPage]] = {}
    waiting: list[AbstractSitemap] = [tree]
    while waiting:
        one = waiting.pop()
        assert not isinstance(one, InvalidSitemap), f"{one.url}: {one.reason}"
        waiting += one.sub_sitemaps
        if not one.sub_sitemaps:
            found[one.url] = list(one.pages)
    return found


def locs(document: bytes) -> list[str]:
    """The addresses of pages or files, by the standard library's own reading."""
    root = ElementTree.fromstring(document)
    return [each.text or "" for each in root.findall("*/s:loc", NAMES)]
