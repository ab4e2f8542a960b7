"""Answers public reads ahead of FastAPI: a plain ASGI layer that calls the endpoints of its routes.

FastAPI's way to an endpoint costs several times what reading a document and sending it costs. What
is unusual (a body, odd headers, a log line for each request) goes the long way, through the guard
that stands before every other part of the server, to the same endpoints.
"""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.types import ASGIApp, Receive, Scope, Send

from app import clock, metrics, observability
from app.delivery.asking import Ask
from app.delivery.csl_styles import Styles
from app.delivery.documents import missing
from app.delivery.playback_tokens import Signers
from app.delivery.reader import Reader
from app.delivery.rendered import Rendered
from app.delivery.routing import PublicRoute
from app.web import caching, middleware, problems, request_head
from app.web.answers import Head, choose
from app.web.middleware import guard
from app.web.problems import Wire
from app.web.refusals import MethodNotAllowed
from app.web.request_head import Area

_CORS = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Retry-After, X-Request-Id"),
]
_PREFLIGHT = [
    (b"access-control-allow-headers", b"Authorization, If-None-Match, X-Request-Id"),
    (b"access-control-max-age", b"86400"),
    (b"cache-control", caching.STATIC.cache_control.encode()),
]
_USUAL = [*_CORS, *middleware.SECURITY]


class Lane:
    """`app` gets all that is neither `/v1` nor another address of the router."""

    def __init__(
        self,
        app: ASGIApp,
        router: APIRouter,
        reader: Reader,
        styles: Styles,
        signers: Signers,
        rendered: Rendered,
        area: Area,
    ) -> None:
        self._app = app
        self._reader = reader
        self._styles = styles
        self._signers = signers
        self._rendered = rendered
        self._area = area
        self._routes = _by_noun(router)
        self._long_way = guard(self._answer_guarded, (area,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._answers(scope["path"]):
            await self._app(scope, receive, send)
            return
        head, refusal = request_head.read(scope, self._area)
        if refusal or self._area.log or request_head.has_body(head):
            await self._long_way(scope, receive, send)
            return
        started = clock.seconds()
        request_id = middleware.request_id(head)
        try:
            status, headers, body = await self._choose(scope, head)
        except Exception as exception:
            observability.begin_request(request_id.decode())
            status, headers, body = _problem(exception, scope)
        headers = [*headers, *_USUAL, (b"x-request-id", request_id)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        metrics.count_request(self._area.side, scope["method"], status, clock.seconds() - started)

    async def _answer_guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, headers, body = await self._choose(scope, dict(scope["headers"]))
        except Exception as exception:
            status, headers, body = _problem(exception, scope)
        headers = [*headers, *_CORS]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _choose(self, scope: Scope, head: Head) -> Wire:
        route, places = self._find(scope["path"])
        method = scope["method"]
        if method not in route.answered:
            return _without_reading(method, route.answered)
        ask = Ask(self._reader, head, self._styles, self._signers, self._rendered)
        answer = await route.answer(ask, places, scope["query_string"])
        return choose(answer, method, head)

    def _answers(self, path: str) -> bool:
        return path.startswith("/v1/") or _noun(path) in self._routes

    def _find(self, path: str) -> tuple[PublicRoute, tuple[str, ...]]:
        for route in self._routes.get(_noun(path), ()):
            if found := route.path_regex.match(path):
                return route, found.groups()
        raise missing("There is nothing at this address.")


def _by_noun(router: APIRouter) -> dict[str, list[PublicRoute]]:
    found: dict[str, list[PublicRoute]] = {}
    for route in router.routes:
        if isinstance(route, PublicRoute):
            found.setdefault(_noun(route.path), []).append(route)
    return found


def _noun(path: str) -> str:
    """What a path begins with: `/v1/articles`, or one word where it is outside of `/v1`."""
    version, _, rest = path[1:].partition("/")
    return f"/v1/{rest.partition('/')[0]}" if version == "v1" else f"/{version}"


def _without_reading(method: str, answered: Sequence[str]) -> Wire:
    allowed = ", ".join((*answered, "OPTIONS"))
    if method == "OPTIONS":
        told = (b"access-control-allow-methods", allowed.encode()), (b"allow", allowed.encode())
        return 204, [*_PREFLIGHT, *told], b""
    only = "Here one can only read." if "GET" in answered else "Here one can only POST."
    error = MethodNotAllowed(only)
    error.headers = {"Allow": allowed}
    raise error


def _problem(exception: Exception, scope: Scope) -> Wire:
    status, headers, body = problems.of_exception(exception, scope)
    return status, headers, b"" if scope["method"] == "HEAD" else body
