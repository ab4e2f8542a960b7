"""Nothing of the desk is open to whoever asks: each route demands a scope, and runs as it must."""

import re
from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from app.identity.scopes import MEANING, ROLES, Scope
from app.web.upload_route import UploadRoute
from app.web.write_route import (
    READS,
    CallingRoute,
    DeskRouter,
    MeteredRoute,
    ReadRoute,
    WriteRoute,
)
from tests.newsroom import Newsroom
from tests.promises.documents import apps, operations

OPEN = {"/openapi.json", "/docs"}
"""What the desk shows without a key: how to ask it."""


def flat(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes, and those of the routers among them."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is None:
            yield route
        else:
            yield from flat(router.routes)


def wrong_routes(app: FastAPI) -> list[str]:
    """The routes that are neither open by name nor one of ours, of the right kind."""
    found = []
    for route in flat(app.routes):
        path = getattr(route, "path", "")
        methods = getattr(route, "methods", None) or set()
        if path in OPEN or (isinstance(route, Mount) and path == "/docs/assets"):
            continue
        wanted = ReadRoute if methods and methods <= READS else WriteRoute | CallingRoute
        # What brings a file, or ends one that came in pieces, as HEAD may: its bytes are stored
        # while no transaction is open, and the route opens one in which something comes of them.
        wanted = wanted | UploadRoute
        # What partners pull is counted, in transactions around the one with the answer.
        wanted = wanted | MeteredRoute if methods <= READS else wanted
        if not isinstance(route, wanted):
            found.append(f"{sorted(methods)} {path}")
    return found


def scopeless_routes(app: FastAPI) -> list[str]:
    found = []
    for route in flat(app.routes):
        if isinstance(route, APIRoute) and route.path not in OPEN:
            scopes = {
                scope
                for dependency in route.dependant.dependencies
                for scope in dependency.own_oauth_scopes or ()
            }
            if not scopes & set(Scope):
                found.append(route.path)
    return found


def test_every_writing_route_is_a_write_route_and_every_other_a_read_route() -> None:
    assert wrong_routes(apps()["desk"]) == []
    assert len(list(flat(apps()["desk"].routes))) > 50


def test_every_route_demands_a_scope() -> None:
    assert scopeless_routes(apps()["desk"]) == []


def test_a_route_that_forgets_either_is_found() -> None:
    app = FastAPI(docs_url=None, redoc_url=None)
    router = DeskRouter()

    @router.post("/forgot-its-scope")
    async def forgot() -> None: ...

    @app.post("/goes-its-own-way")
    async def goes() -> None: ...

    app.include_router(router)

    assert wrong_routes(app) == ["['POST'] /goes-its-own-way"]
    assert sorted(scopeless_routes(app)) == ["/forgot-its-scope", "/goes-its-own-way"]


def test_the_document_names_the_scope_of_every_operation() -> None:
    for call, operation in operations("desk"):
        [demanded] = operation["security"]
        scopes = demanded["key"]
        assert scopes, call
        assert set(scopes) <= set(Scope), call


async def test_nothing_is_answered_to_whoever_has_no_key(newsroom: Newsroom) -> None:
    for call, _ in operations("desk"):
        method, path = call.split()
        address = re.sub(r"\{\w+\}", "5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11", path)
        for headers in ({}, {"Authorization": "Bearer mh_wrong"}, {"Authorization": "Basic eDp5"}):
            answer = await newsroom.reader.request(method, address, headers=headers)
            assert answer.status_code == 401, f"{call}: {answer.status_code} {answer.text}"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert answer.json()["type"] == "urn:masthead:problem:unauthenticated"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
async def test_no_role_can_do_what_it_has_no_scope_for(newsroom: Newsroom, role: str) -> None:
    """Without the scope the answer is 403, whatever else is wrong with the request."""
    async with await newsroom.client(role) as client:
        for call, operation in operations("desk"):
            method, path = call.split()
            address = re.sub(r"\{\w+\}", "5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11", path)
            answer = await client.request(method, address, headers={"If-Match": "*"})
            allowed = set(operation["security"][0]["key"]) <= ROLES[role]
            assert (answer.status_code == 403) is not allowed, f"{call}: {answer.text}"
            if not allowed:
                assert operation["security"][0]["key"][0] in answer.json()["detail"]


def test_every_scope_has_a_meaning() -> None:
    assert MEANING.keys() == set(Scope)
