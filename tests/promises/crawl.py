"""Asks for everything that can be asked for in public, as somebody does who looks for leaks."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from app.delivery.exports import MEDIA_TYPES
from app.feeds.sitemaps.names import MONTHLY, NEWS, PAGES
from app.feeds.table import FORMATS
from app.published.feed_names import FOLDERS
from tests.promises.author import Secrets
from tests.promises.documents import document

FEEDS = "/feeds/{place}.{format}"
VIEWS = ("card", "full", "app")
PER_ANSWER = ("x-request-id", "date")
"""Header fields that differ between two answers that are alike."""

_LINK = re.compile(rb'"(/v1/[^"\\]*)"')
_WORDS = ("shadow", "/", "..", "x" * 300)


@dataclass(frozen=True)
class Got:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def everything(self) -> bytes:
        fields = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return fields.encode() + b"\n\n" + self.body


Found = dict[tuple[str, str], Got]
"""Answers by method and address."""


async def crawl(reader: httpx.AsyncClient, secrets: Secrets) -> Found:
    """Every address of the OpenAPI document with all that fits in, and all links from there.

    Not the documents of the APIs themselves: they are made of the code alone, and for seconds.
    """
    waiting = [("GET", address) for address in addresses(document("delivery"), secrets)]
    found: Found = {}
    while waiting:
        asked = waiting.pop()
        if asked in found:
            continue
        found[asked] = await _get(reader, *asked)
        links = _LINK.findall(found[asked].body) if asked[1].startswith("/v1/") else ()
        waiting += [("GET", link.decode()) for link in links]
        # Playback is there to give addresses away: it is asked for in a test of its own.
        if asked[0] == "GET" and len(found) % 29 == 0 and not asked[1].endswith("/playback"):
            waiting += [("HEAD", asked[1]), ("OPTIONS", asked[1]), ("POST", asked[1])]
    return found


async def again(reader: httpx.AsyncClient, found: Found) -> Found:
    """What was found there, asked for by somebody else."""
    return {asked: await _get(reader, *asked) for asked in found}


def addresses(offered: dict[str, Any], secrets: Secrets) -> Iterator[str]:
    """All that the document offers, filled in; and what it does not offer."""
    yield from ("/", "/docs", "/healthz", "/readyz", "/metrics", "/desk/articles", "/desk/docs")
    yield from ("/v1", "/v1/", "/v1/nothing", "/V1/site")
    for template, operations in offered["paths"].items():
        if "get" not in operations:
            continue
        if template == FEEDS:
            yield from _feeds(secrets)
            continue
        places = _filled(template, secrets)
        parameters = {each["name"] for each in operations["get"].get("parameters", ())
                      if each["in"] == "query"}  # fmt: skip
        queries = list(_queries(template, parameters, secrets))
        for place, query in itertools.product(places, queries):
            yield place + query


def _feeds(secrets: Secrets) -> Iterator[str]:
    """Known lists in every format; all that might be one in the format that tells most."""
    ids = sorted(secrets.public_ids | secrets.secret_ids)
    names = sorted(secrets.slugs | {"public-person", "public-topic"} - {""})
    paths = sorted(path.removeprefix("/") for path in secrets.paths)
    known = ("latest", "sections/news", "topics/public-topic", "people/public-person")
    for name in FORMATS:
        yield from (f"/feeds/{place}.{name}" for place in known)
        yield from (f"/feeds/latest.{name}?edition={code}&utm_source=x" for code in ("fr", "de"))
    for folder in FOLDERS.values():
        for place in (*ids, *names, *paths):
            yield f"/feeds/{folder}/{quote(place, safe='/')}.json"


def _filled(template: str, secrets: Secrets) -> list[str]:
    ids = sorted(secrets.public_ids | secrets.secret_ids)
    names = sorted(secrets.slugs | {"public-person", "public-topic", "en", "fr"} - {""})
    paths = sorted(path.removeprefix("/") for path in secrets.paths)
    by_name = {
        "article_id": ids,
        "version": ["1", "2", "4", "5"],
        "section": [*ids, *names, *paths],
        "path": [*paths, *names, ""],
        "year": ["2026", "2025"],
        "month": [f"{number:02}" for number in range(1, 13)],
        "extension": [*MEDIA_TYPES],
        "edition": ["en", "fr"],
        "file_name": [*PAGES, NEWS, *_months()],
        **dict.fromkeys(
            ("citation_id", "work_id", "publication_id", "speaker_id", "asset_id", "video_id"), ids
        ),
        "track": ["en", *(f"{identity}.en" for identity in sorted(secrets.films))],
    }
    places = [template]
    for name in re.findall(r"\{(\w+)(?::path)?\}", template):
        values = by_name.get(name, [*ids, *names])
        places = [
            re.sub(rf"{{{name}(:path)?}}", quote(value, safe="/").replace("\\", ""), place)
            for place in places
            for value in (*values, *_WORDS[:1])
        ]
    return places


def _months() -> Iterator[str]:
    """The files of sitemaps that have a month."""
    for year, month, kind in itertools.product((2025, 2026), (1, 11, 12), MONTHLY):
        yield f"{kind}-{year}-{month:02}"


def _queries(template: str, parameters: set[str], secrets: Secrets) -> Iterator[str]:
    ids = sorted(secrets.public_ids | secrets.secret_ids)
    names = [*ids, *sorted(secrets.slugs - {""})]
    if template == "/v1/works/cited-by":
        yield from (f"?{name}" for name in sorted(secrets.names_of_works))
        return
    if template == "/oembed":
        for path in sorted(secrets.paths):
            yield f"?format=xml&url={quote('http://127.0.0.1:8000' + path)}"
        return
    if "url" in parameters:
        for path in sorted(secrets.paths):
            yield from (
                f"?url={quote(path)}",
                f"?url={quote('https://old.example.org' + path)}/amp",
            )
        yield from ("?url=%2F%3Fp%3D1", "?url=nonsense", "")
        return
    yield ""
    if template.endswith("/schedule"):
        yield "?since=2026-11-20T00:00:00Z&until=2026-12-20T00:00:00Z"
    if template == "/v1/tv/home":
        yield from (f"?section={value}" for value in names)
    if "view" in parameters:
        yield from (f"?view={view}" for view in VIEWS)
        yield "?view=shadow"
    if "edition" in parameters:
        yield from (f"?edition={code}" for code in ("en", "fr", "de"))
    if template == "/v1/articles":
        for name in ("section", "person", "topic", "not_topic"):
            yield from (f"?{name}={value}" for value in names)
        for name in ("cites_work", "cites_publication", "speaker"):
            yield from (f"?{name}={value}" for value in ids)
        yield from (f"?section={quote(path)}" for path in sorted(secrets.paths))
        yield from (f"?order={order}&limit=2" for order in ("newest", "oldest", "updated"))
        yield f"?ids={','.join(ids)}"
        yield from ("?external=canary:canary-1", "?external=wordpress:1", "?has_video=false")
        yield from ("?genre=news", "?format=text", "?language=en", "?since=2020-01-01T00:00:00Z")
        yield from ("?limit=0", "?cursor=AAAA", "?unknown=1", "?limit=1&limit=2")

    if template == "/v1/videos":
        for name in ("section", "person", "topic", "series"):
            yield from (f"?{name}={value}" for value in names)
    if "group_by" in parameters:
        groups = ("type", "channel", "level", "affiliation", "publication", "month")
        yield from (f"?group_by={group}" for group in groups)
        yield "?group_by=type&section=news"
    if template == "/v1/citations":
        yield from (f"?publication={value}" for value in ids)
        yield from ("?type=background", "?level=deep_background", "?channel=interview&limit=1")
    if "style" in parameters:
        yield "?style=chicago-author-date"


async def _get(reader: httpx.AsyncClient, method: str, address: str) -> Got:
    answer = await reader.request(method, httpx.URL("http://newsroom.test" + address))
    headers = ((name.lower(), value) for name, value in answer.headers.items())
    kept = tuple(sorted(field for field in headers if field[0] not in PER_ANSWER))
    body = re.sub(rb'"request_id":"[0-9a-f]+"', b'"request_id":""', answer.content)
    return Got(answer.status_code, kept, body)


def holding(found: Found, words: Iterable[str]) -> list[str]:
    """Which answers hold one of the words, in any case: for a message that helps."""
    wanted = [word.lower().encode() for word in words]
    return [
        f"{method} {address}: {word.decode()}"
        for (method, address), got in found.items()
        for word in wanted
        if word in got.everything.lower()
    ]
