"""An article's citations in the formats of the world, as they were made when it was published."""

import re
from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Response

from app.delivery.articles import ArticleId
from app.delivery.asking import Ask, Asked
from app.delivery.documents import gone, http_date, is_id, is_live, kept, missing
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import number, statement
from app.web import caching
from app.web.answers import Answer, Headers

router = PublicRouter("citations")

Responses = dict[int | str, dict[str, Any]]

MEDIA_TYPES = {
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "jsonld": "application/ld+json",
    "txt": "text/plain",
    "html": "text/html",
}
"""The formats, by the end of their address."""

_JSON = {"csl.json": "array", "jsonld": "object"}

_DOWNLOADS = ("csl.json", "bib", "ris")
"""For programs on the reader's own machine."""

# Titles and names in it come from others. They are escaped; should one ever not be, it is inert.
_INERT = (b"content-security-policy", b"default-src 'none'; sandbox")

_EXPORT = statement(f"""
    SELECT d.status, d.meta->>'notice', array_to_string(d.tags, ' '), d.seq, d.path,
        {http_date("d.modified_at")}, e.media_type, e.etag, e.body
    FROM published.documents d
    LEFT JOIN published.exports e ON e.document_id = d.id AND e.name = $2
    WHERE d.id = $1::uuid AND d.kind = 'article'
""")

Extension = Annotated[
    str,
    Path(
        description=", ".join(f"`{name}`: {media}" for name, media in MEDIA_TYPES.items()),
        examples=["bib"],
        json_schema_extra={"enum": list(MEDIA_TYPES)},
    ),
]


def in_formats(responses: Responses, *headers: str) -> Responses:
    """The same for an endpoint whose 200 may hold any of the formats, and has these headers."""
    told = responses[200]
    content = {media: {"schema": {"type": _JSON.get(name, "string")}}
               for name, media in MEDIA_TYPES.items()}  # fmt: skip
    more = {name: {"schema": {"type": "string"}} for name in headers}
    return responses | {200: {**told, "content": content, "headers": told["headers"] | more}}


@router.get(
    "/articles/{article_id}/citations.{extension}",
    operation_id="exportArticleCitations",
    summary="What an article cites, in another format",
    response_class=Response,
    response_model=None,
    responses=in_formats(failing(*GONE), "Content-Disposition"),
)
async def export_citations(ask: Asked, article_id: ArticleId, extension: Extension) -> Answer:
    """CSL-JSON, BibLaTeX, RIS, JSON-LD (schema.org), or the newsroom's own style as text or HTML.

    What is said without a name has no entry of its own in bibliographies: it stands with the work
    through which it is known. 404 for an article that cites nothing.
    """
    answer = await export(ask, article_id, extension)
    if answer is None:
        raise missing()
    return answer


async def export(ask: Ask, article_id: str, name: str) -> Answer | None:
    """The export of this name; None where a live article has none such."""
    row = None
    if is_id(article_id) and name in MEDIA_TYPES:
        row = await ask.reader.row(_EXPORT, article_id.encode(), name.encode())
    if row is None:
        raise missing()
    status, notice, tags, seq, path, modified, media_type, etag, body = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if body is None:
        return None
    names = tuple(tags.decode().split())
    headers = [
        (b"content-type", media_type),
        (b"etag", b'"%b-%b"' % (etag, name.encode())),
        (b"last-modified", modified),
        *kept(caching.DOCUMENT, names),
        *_handling(name, path.decode()),
    ]
    return Answer(200, headers, body, names, number(seq))


def links(article_id: str) -> bytes:
    """The value of `Link` that leads from the citations to all their formats."""
    return b", ".join(_links(article_id))


def _links(article_id: str) -> Iterable[bytes]:
    for name, media in MEDIA_TYPES.items():
        target = f"/v1/articles/{article_id}/citations.{name}"
        yield f'<{target}>; rel="alternate"; type="{media}"'.encode()


def _handling(name: str, path: str) -> Headers:
    """What a browser is to do with it."""
    if name == "html":
        return [_INERT]
    if name not in _DOWNLOADS:
        return []
    return [(b"content-disposition", _file_name(path, name).encode())]


def _file_name(path: str, end: str) -> str:
    """The article's own name, and one in ASCII for those who cannot read it (RFC 6266)."""
    name = f"{path.rstrip('/').rpartition('/')[2] or 'article'}-citations.{end}"
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip("-.")
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
