"""One citation as a line to be printed: in the newsroom's own style, or in one of CSL."""

import re
from typing import Annotated, Any

import orjson
from fastapi import Query
from pydantic import Field

from app.delivery.asking import Ask, Asked
from app.delivery.citations import CitationId
from app.delivery.csl_styles import BUILT_IN, LOCALES, Entry, is_locale
from app.delivery.documents import JSON, gone, is_id, is_live, kept, missing
from app.delivery.query_values import Language
from app.delivery.routing import GONE, Given, PublicRouter, QueryModel, failing, refused
from app.delivery.statements import statement
from app.delivery.wire import Row
from app.errors import Fault
from app.published.citation_pages import FormattedCitation
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("citations")

NEWSROOM = "newsroom"

_LONGEST_WAY = 10
"""Citations through which one came to us."""


class FormatQuery(QueryModel):
    style: str = Field(
        default=NEWSROOM,
        min_length=1,
        max_length=100,
        description=f"`{NEWSROOM}`, which is always there; `{BUILT_IN}` and others where the "
        "server has the extra `csl`. A 422 names those that there are.",
    )
    locale: Given[Language] = Field(
        default=None,
        description="BCP 47: in which language words of the style are written. Default: the "
        f"article's, which `{NEWSROOM}` is always in.",
        examples=["en-GB"],
    )


_CITATION = statement("""
    SELECT c.status, CASE WHEN a.status <> 200 THEN a.meta->>'notice' END,
        'article-' || c.article_id, c."full"
    FROM published.citations c LEFT JOIN published.documents a ON a.id = c.article_id
    WHERE c.id = $1::uuid
""")

_EXPORTS = statement("""
    SELECT e.name, e.body FROM published.exports e
    JOIN published.citations c ON c.article_id = e.document_id
    WHERE c.id = $1::uuid AND e.name = ANY($2::text[])
""")


@router.get(
    "/citations/{citation_id}/formatted",
    operation_id="formatCitation",
    summary="One citation as a line to be printed",
    response_model=FormattedCitation,
    responses=failing(*GONE),
)
async def format_citation(
    ask: Asked, citation_id: CitationId, query: Annotated[FormatQuery, Query()]
) -> Answer:
    """As text and as HTML.

    The newsroom's style tells who said it, where it was reported, and through whom. The others are
    of bibliographies: what was read for the citation. What was said to us without a name has no
    entry in them.
    """
    status, notice, tags, stored = await _citation(ask, citation_id)
    if not is_live(status):
        raise gone(status, notice, tags)
    citation = orjson.loads(stored)
    language = citation["article"]["language"]
    if query.style == NEWSROOM:
        if query.locale not in (None, language):
            detail = f"{NEWSROOM} is in the language of the article: {language}."
            raise refused(Fault(detail, parameter="locale"))
        line, locale = await _in_newsroom_style(ask, citation), language
    else:
        locale = query.locale or language
        if query.locale and not is_locale(query.locale):
            raise refused(Fault(f"Known: {', '.join(LOCALES)}.", parameter="locale"))
        line = await _in_csl_style(ask, citation, query.style, locale)
    body = orjson.dumps(
        {
            "id": citation["id"],
            "style": query.style,
            "locale": locale,
            "text": line.text,
            "html": line.html,
        }
    )
    names = tuple(tags.decode().split())
    headers = [JSON, (b"etag", etag_of(body).encode()), *kept(caching.DOCUMENT, names)]
    return Answer(200, headers, body, names)


async def _citation(ask: Ask, identity: str) -> Row:
    row = await ask.reader.row(_CITATION, identity.encode()) if is_id(identity) else None
    if row is None:
        raise missing()
    return row


async def _exports(ask: Ask, citation: dict[str, Any], *names: str) -> dict[str, bytes]:
    """Those of the citation's article, by name."""
    wanted = f"{{{','.join(names)}}}".encode()
    rows = await ask.reader.rows(_EXPORTS, citation["id"].encode(), wanted)
    return {name.decode(): body for name, body in rows}


async def _in_newsroom_style(ask: Ask, citation: dict[str, Any]) -> Entry:
    """Its line in the lists that were made when the article was published."""
    lists = await _exports(ask, citation, "txt", "html")
    text = re.search(
        rf"^\[{re.escape(citation['marker'])}\] (.*)$", lists.get("txt", b"").decode(), re.MULTILINE
    )
    html = re.search(
        rf'<li id="citation-{citation["id"]}"[^>]*>(.*?)</li>',
        lists.get("html", b"").decode(),
        re.DOTALL,
    )
    if text is None or html is None:
        raise missing()
    return Entry(text[1], html[1])


async def _in_csl_style(ask: Ask, citation: dict[str, Any], style: str, locale: str) -> Entry:
    known = ask.styles.names
    if style not in known:
        without = "" if known else " Others need the extra csl on the server."
        detail = f"There is no such style. Known: {', '.join((NEWSROOM, *known))}.{without}"
        raise refused(Fault(detail, parameter="style"))
    item = await _read_for(ask, citation) or await _spoken(ask, citation)
    entry = await ask.styles.entry(orjson.dumps(item), style, locale) if item else None
    if entry is None:
        detail = f"It has no entry in this style. {NEWSROOM} shows every citation."
        raise refused(Fault(detail, parameter="style"))
    return entry


async def _read_for(ask: Ask, citation: dict[str, Any]) -> Any:
    """The item of what was read for it: of its work, or of the one through which it came."""
    for _ in range(_LONGEST_WAY):
        if citation["work"]:
            return citation["work"]["csl"]
        if not citation["via"]:
            return None
        _, _, _, stored = await _citation(ask, citation["via"]["citation_id"])
        if stored is None:
            return None
        citation = orjson.loads(stored)
    return None


async def _spoken(ask: Ask, citation: dict[str, Any]) -> Any:
    """The item of words that somebody said to us by name."""
    lists = await _exports(ask, citation, "csl.json")
    items = orjson.loads(lists.get("csl.json", b"[]"))
    return next((item for item in items if item["id"] == citation["id"]), None)
