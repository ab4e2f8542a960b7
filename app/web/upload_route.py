"""How a request runs that brings a file: it may take minutes, and meanwhile no transaction is open.

Who asks is found out first. The handler stores the bytes, then opens the one transaction in which
something comes of them (`Writing`). Whatever is stored and has no part in it is cleared away.

These transactions come one after another in a process: each takes it some ten milliseconds, in
slices, and who reads an article meanwhile waits behind one of them, and not behind all.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.errors import Conflict, OutOfRoom
from app.web import parameters, problems
from app.web.refusals import ContentTooLarge, RequestTimeout, UnsupportedMedia
from app.web.write_route import ANSWERS, Handler, authenticate, query_names, refuse_strangers

Write = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class UploadRoute(APIRoute):
    """The body is left to the handler, which reads it as it comes."""

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


class UploadRouter(APIRouter):
    """A router whose requests bring, or are about, files on their way."""

    kind: type[UploadRoute] = UploadRoute

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["route_class_override"] = self.kind
        options["responses"] = problems.merged(
            options.get("responses") or {},
            ANSWERS,
            problems.responses(
                Conflict, ContentTooLarge, RequestTimeout, UnsupportedMedia, OutOfRoom
            ),
        )
        super().add_api_route(path, endpoint, **options)


async def _writing(request: Request) -> Write:
    database: Database = request.app.state.database
    turn: asyncio.Lock = request.app.state.upload_turn

    @asynccontextmanager
    async def write() -> AsyncIterator[AsyncSession]:
        async with turn, database.write() as session:
            # A key may have been revoked while the file was on its way.
            await authenticate(request, session)
            yield session

    return write


Writing = Annotated[Write, Depends(_writing)]
"""Opens the transaction: committed when the block ends, undone when it raises."""


async def _info(request: Request) -> Mapping[str, Any]:
    database: Database = request.app.state.database
    return database.info


Info = Annotated[Mapping[str, Any], Depends(_info)]
"""What each transaction of this process would be told, for before there is one."""
