"""How every desk request runs: one transaction, and the answer only after it is committed.

A `yield` dependency of FastAPI's default scope commits after the client has its 200, so a failed
commit would be a lie; and no dependency can store the idempotent answer in the transaction of its
effect. A route class can do both.
"""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app import tokens
from app.database import Database
from app.errors import Forbidden, Invalid, NotFound, Unauthenticated, Unavailable
from app.web import idempotency, parameters, problems, strict_json
from app.web.refusals import (
    AddressTooLong,
    BadRequest,
    ContentTooLarge,
    HeadersTooLarge,
    Malformed,
    RequestTimeout,
    UnsupportedMedia,
)

READS = frozenset({"GET", "HEAD"})

ANSWERS = problems.responses(
    BadRequest, Unauthenticated, Forbidden, AddressTooLong, Invalid, HeadersTooLarge, Unavailable
)
_AT_A_PLACE = problems.responses(NotFound)
_BODY = problems.responses(Malformed, RequestTimeout, ContentTooLarge, UnsupportedMedia)
_REPEATED = problems.responses(idempotency.IdempotencyConflict, idempotency.IdempotencyMismatch)
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Any text of yours, new for each new request. Sent again with the same request "
    f"within {idempotency.KEPT_HOURS} hours, it gives the same answer and has no second effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Read = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class StrictRequest(Request):
    """A request whose body was read strictly, before anything else looked at it."""

    def __init__(self, request: Request, body: bytes, content: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._body = body
        self._content = content

    async def json(self) -> Any:
        return self._content


class WriteRoute(APIRoute):
    """Strict JSON, one transaction, the handler, the idempotent answer, commit, response."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        allowed = query_names(self)

        async def answer(request: Request) -> Response:
            parameters.check(request.scope["query_string"], allowed)
            refuse_strangers(request)
            # A slow client is waited for before a connection is taken, and parsed once it is known.
            body = await request.body()
            database: Database = request.app.state.database
            async with database.write() as session:
                await authenticate(request, session)
                content = strict_json.read(body) if body else None
                retryable = idempotency.read(request, body)
                if retryable and (earlier := await idempotency.stored_answer(session, retryable)):
                    return earlier
                response = await handler(StrictRequest(request, body, content))
                await session.flush()
                if retryable and response.status_code < 400:
                    await idempotency.store(session, retryable, response)
            return response

        return answer


class ReadRoute(APIRoute):
    """A desk read: one snapshot for the whole answer."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        allowed = query_names(self)

        async def answer(request: Request) -> Response:
            parameters.check(request.scope["query_string"], allowed)
            database: Database = request.app.state.database
            async with database.read() as session:
                await authenticate(request, session)
                response = await handler(request)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return answer


class CallingRoute(APIRoute):
    """A POST that asks other servers and writes nothing.

    They may take a quarter of a minute: meanwhile no transaction is open, and no connection of the
    pool is taken. Who asks is found out in a transaction of its own, which is over before the
    handler begins; the handler opens others where it needs them (`Reading`), which can only read.
    Where nothing is written, an `Idempotency-Key` has nothing to keep from happening twice.
    """

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        allowed = query_names(self)

        async def answer(request: Request) -> Response:
            parameters.check(request.scope["query_string"], allowed)
            refuse_strangers(request)
            body = await request.body()
            database: Database = request.app.state.database
            async with database.read() as session:
                await authenticate(request, session)
            del request.state.session
            content = strict_json.read(body) if body else None
            response = await handler(StrictRequest(request, body, content))
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return answer


class DeskRouter(APIRouter):
    """A router whose writes are WriteRoutes and whose reads are ReadRoutes, always.

    It also tells OpenAPI what holds for all of them: how they can fail, and be repeated.
    """

    posts: type[APIRoute] = WriteRoute
    gets: type[APIRoute] = ReadRoute

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        own = options.get("responses") or {}
        if "{" in self.prefix + path:
            own = problems.merged(own, _AT_A_PLACE)
        if frozenset(options.get("methods") or {"GET"}) <= READS:
            options["route_class_override"] = self.gets
            options["responses"] = problems.merged(own, ANSWERS)
        else:
            options["route_class_override"] = self.posts
            options["responses"] = problems.merged(own, ANSWERS, _BODY)
            if self.posts is WriteRoute:
                options["responses"] = problems.merged(options["responses"], _REPEATED)
                options["openapi_extra"] = {"parameters": [_IDEMPOTENCY_KEY]}
        super().add_api_route(path, endpoint, **options)


class CallingRouter(DeskRouter):
    """A router whose POSTs call other servers, and write nothing."""

    posts = CallingRoute


class MeteredRoute(APIRoute):
    """A read of which something is written down: who had it, and how often.

    Who asks is found out in a transaction of its own, which is over before the handler begins; the
    handler opens others, one after another (`Working`). In one with the answer the count would
    hold up all that the same client asks meanwhile.
    """

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        allowed = query_names(self)

        async def answer(request: Request) -> Response:
            parameters.check(request.scope["query_string"], allowed)
            refuse_strangers(request)
            database: Database = request.app.state.database
            async with database.read() as session:
                await authenticate(request, session)
            del request.state.session
            response = await handler(request)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return answer


class MeteredRouter(DeskRouter):
    """A router whose reads are counted."""

    gets = MeteredRoute


# Without `async` FastAPI would call it in a thread.
async def _session(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


Session = Annotated[AsyncSession, Depends(_session)]
"""The transaction of this request. Whoever takes it never commits."""


async def _reading(request: Request) -> Read:
    database: Database = request.app.state.database
    return database.read


Reading = Annotated[Read, Depends(_reading)]
"""For handlers of a CallingRoute: opens a transaction that can only read."""


async def _working(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Working = Annotated[Database, Depends(_working)]
"""For handlers of a MeteredRoute: opens transactions, of which none may be open meanwhile."""


async def authenticate(request: Request, session: AsyncSession) -> None:
    """Nobody gets further without a valid key, not even to an answer that was stored for one."""
    request.state.session = session
    request.state.actor = await request.app.state.authenticate(
        session, request.headers.get("authorization")
    )
    if request.state.actor is None:
        raise _stranger()


def refuse_strangers(request: Request) -> None:
    """Who brings nothing that could be a key is not listened to."""
    credentials = tokens.bearer(request.headers.get("authorization"))
    if credentials is None or tokens.parse(credentials) is None:
        raise _stranger()


def _stranger() -> Unauthenticated:
    return Unauthenticated("Send `Authorization: Bearer <key>` with a key that is still valid.")


def query_names(route: APIRoute) -> frozenset[str]:
    return frozenset(_names(route.dependant))


def _names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (own.alias or name for name, own in kind.model_fields.items())
        else:
            yield field.alias
    for needed in dependant.dependencies:
        yield from _names(needed)
