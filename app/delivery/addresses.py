"""How addresses are spelled here, and how an answer sends the reader to another one."""

from typing import Any

import orjson

from app.delivery.documents import JSON, kept, missing
from app.published.document import Redirect
from app.published.paths import encode, normalise
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

MOVED: dict[int | str, dict[str, Any]] = {
    301: {
        "model": Redirect,
        "description": "It has moved: see `Location`.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "Root-relative"}},
    }
}


def spelling(path: str) -> str:
    """The one spelling under which a decoded path is kept. Raises NotFound where none can be."""
    if path[:1] != "/":
        path = "/" + path
    if path.isascii() and path.isprintable() and "//" not in path and path[-1] != "/":
        return path
    try:
        return normalise(encode(path))
    except ValueError:
        raise missing() from None


def redirect(to: str, tags: tuple[str, ...]) -> Answer:
    """Tell in the body that it lives elsewhere: for what a front end asks on behalf of others."""
    body = orjson.dumps({"kind": "redirect", "status": 301, "to": to})
    headers = [JSON, (b"etag", etag_of(body).encode()), *kept(caching.REDIRECT, tags)]
    return Answer(200, headers, body, tags)


def moved(to: str, tags: tuple[str, ...]) -> Answer:
    """Send the client itself there."""
    told = redirect(to, tags)
    return Answer(301, [(b"location", to.encode()), *told.headers], told.body, told.tags)
