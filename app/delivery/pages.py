"""Whatever lives at a path or at an address of old: one call for a front end's catch-all route."""

import re
from collections.abc import Iterator
from typing import Annotated, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import Path, Query
from pydantic import Field

from app.delivery.addresses import redirect, spelling
from app.delivery.articles import ViewQuery
from app.delivery.asking import Ask, Asked
from app.delivery.documents import View, answer_for, columns, missing
from app.delivery.routing import GONE, PublicRouter, failing, refused
from app.delivery.statements import number, statement
from app.delivery.whole import OPENED_BY_KEY, may_read_whole
from app.delivery.wire import Row
from app.errors import Fault, Unauthenticated
from app.published.channels import Series, SeriesCard, Stream, StreamCard
from app.published.document import Article, Card, Edition, Person, Redirect, Section, Topic
from app.published.feeds import SavedFeed
from app.published.paths import encode
from app.web.answers import Answer

router = PublicRouter("pages")

OLD_SYSTEM = "wordpress"
"""Whose ids stand in addresses like `/?p=123`."""

Page = (
    Article
    | Card
    | Section
    | Person
    | Topic
    | Edition
    | Stream
    | StreamCard
    | Series
    | SeriesCard
    | SavedFeed
    | Redirect
)

PagePath = Annotated[
    str,
    Path(
        description="A path of the site, percent-encoded, without its first slash",
        examples=["news/harbour/2026/11/the-harbour-reopens"],
    ),
]


class ResolveQuery(ViewQuery):
    url: str = Field(
        min_length=1,
        max_length=4000,
        description="An address as a reader came with it: absolute, of this site or of a host that "
        "it had before, or root-relative",
        examples=["https://old.example.org/index.php/2016/03/the-harbour/amp/?utm_source=x"],
    )


_FORMS = [(view, whole) for view in get_args(View) for whole in (False, True)]

_AT = {
    form: statement(f"""
        SELECT p.redirect, p.to_url, d.path, {columns(form[0], whole=form[1])}
        FROM published.paths p LEFT JOIN published.documents d ON d.id = p.document_id
        WHERE p.path = $1
    """)
    for form in _FORMS
}

_ALIKE = statement("""
    SELECT path FROM published.paths
    WHERE lower(path) = lower($1 COLLATE "C") ORDER BY path <> $1, redirect, path LIMIT 1
""")

_EXTERNAL = statement("""
    SELECT d.path FROM published.external_ids e JOIN published.documents d ON d.id = e.document_id
    WHERE e.system = $1 AND e.external_id = $2
""")

_OLD_FORM = re.compile(
    r"(?:/index\.php(?=/|$))?(?P<path>/.*?|)"
    r"(?:/amp|/feed(?:/(?:rss2?|atom|rdf))?|/index\.(?:html?|php))?",
    re.IGNORECASE | re.DOTALL,
)
"""What systems of old put around a path."""

_WEB = re.compile(r"/|https?://", re.IGNORECASE)

_OLD_ID = re.compile(r"[0-9]{1,18}")


@router.get(
    "/pages/{path:path}",
    operation_id="readPage",
    summary="What lives at a path",
    response_model=Page,
    responses=failing(*GONE, Unauthenticated),
    **OPENED_BY_KEY,
)
async def read_page(ask: Asked, path: PagePath, query: Annotated[ViewQuery, Query()]) -> Answer:
    """An article, section, person, topic or edition, told apart by `kind`.

    Where the path has moved, or is spelled in another way than ours: `{kind: "redirect", status,
    to}`, with status 200, so that a front end can send its own reader there. 410 or 451 where it
    was taken away.
    """
    return await _living_at(ask, "/" + path, query.view)


@router.get(
    "/resolve",
    operation_id="resolveUrl",
    summary="What lives at a URL, of today or of old",
    response_model=Page,
    responses=failing(*GONE, Unauthenticated),
    **OPENED_BY_KEY,
)
async def resolve_url(ask: Asked, query: Annotated[ResolveQuery, Query()]) -> Answer:
    """As `readPage`, for a whole address.

    Its host does not matter. Known are forms of old as well: `/?p=123` (an id of the system before,
    as in `external_ids`), `/index.php/…`, `…/amp`, `?amp`, `…/feed`; they answer with a redirect.
    """
    path, parameters = _parts(query.url)
    for name in ("p", "page_id"):
        if _OLD_ID.fullmatch(parameters.get(name, "")):
            row = await ask.reader.row(_EXTERNAL, OLD_SYSTEM.encode(), parameters[name].encode())
            if row is not None:
                return await _living_at(ask, row[0].decode(), query.view, always_redirect=True)
    return await _living_at(ask, path, query.view, always_redirect="amp" in parameters)


async def _living_at(ask: Ask, path: str, view: View, *, always_redirect: bool = False) -> Answer:
    """The answer for a decoded path."""
    form = (view, b"authorization" in ask.head and await may_read_whole(ask))
    wanted = spelling(path)
    row = await ask.reader.row(_AT[form], wanted.encode())
    if row is None:
        row = await _spelled_otherwise(ask, wanted, form)
        always_redirect = True
    redirects, to_url, lives_at, *document = row
    if to_url is not None:
        return redirect(to_url.decode(), ())
    answer = answer_for(tuple(document) if lives_at is not None else None, view)
    if number(redirects) or always_redirect or wanted != path:
        return redirect(encode(lives_at.decode()), answer.tags)
    return answer


async def _spelled_otherwise(ask: Ask, path: str, form: tuple[View, bool]) -> Row:
    for candidate in _candidates(path):
        alike = await ask.reader.row(_ALIKE, candidate.encode())
        row = await ask.reader.row(_AT[form], alike[0]) if alike else None
        if row is not None:
            return row
    raise missing()


def _candidates(path: str) -> Iterator[str]:
    """The path, and what it was before a system of old put something around it."""
    yield path
    found = _OLD_FORM.fullmatch(path)
    if found and found["path"] != path:
        yield found["path"] or "/"


def _parts(url: str) -> tuple[str, dict[str, str]]:
    """Decoded path and parameters. Raises Invalid for what is no address of the web."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict") or "/"
        given = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100))
    except ValueError:
        path, given = "", {}
    if not path.startswith("/") or not _WEB.match(url):
        detail = "Must be an http or https URL, or begin with a slash."
        raise refused(Fault(detail, parameter="url"))
    return path, given
