"""Errors as RFC 9457 problem documents, the same from every lane.

The `type` is a URN, because one server answers at many addresses and a type must not depend on
which; `docs` list them by their last part (`all_types`). Clients switch on `type` or `status`.
"""

import inspect
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from uuid import UUID

import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Scope

from app import observability
from app.errors import Fault, MastheadError, Moved
from app.storage.faults import StorageFault
from app.web import failures
from app.web.refusals import BadRequest

MEDIA_TYPE = "application/problem+json"
URN = "urn:masthead:problem:"

Wire = tuple[int, list[tuple[bytes, bytes]], bytes]
"""Status, headers, body."""

_LOGGED = "masthead.logged"

log = structlog.get_logger()


class ProblemFault(BaseModel):
    """One wrong value: the place of it (one of the three), and what is wrong."""

    detail: str
    pointer: str | None = Field(None, description="JSON Pointer (RFC 6901) into the request body")
    parameter: str | None = Field(None, description="name of a query or path parameter")
    header: str | None = Field(None, description="name of a request header")


class Problem(BaseModel):
    """Why a request failed (RFC 9457)."""

    type: str = Field(description="stable identifier", examples=[URN + "not-found"])
    title: str = Field(description="the type in words; the same each time")
    status: int = Field(description="the HTTP status", examples=[404])
    detail: str = Field(description="what went wrong this time, for people")
    request_id: str | None = Field(description="names this request in the server's log")
    errors: list[ProblemFault] = Field(description="each wrong value; [] where there is none")
    notice: str | None = Field(
        None, description="with 410 and 451: what the outlet says about it, where it says something"
    )


@dataclass(frozen=True)
class ProblemType:
    type: str
    status: int
    title: str
    documentation: str


def all_types() -> list[ProblemType]:
    """Every type that this program can answer with, in order of status: what the docs list."""
    found = {
        kind.type: ProblemType(kind.type, kind.status, kind.title, _documentation(kind))
        for kind in _descendants(MastheadError)
    }
    return sorted(found.values(), key=lambda one: (one.status, one.type))


def as_bytes(error: MastheadError, request_id: str | None) -> Wire:
    """The answer for an error, pure, for every lane. Not cacheable unless the lane says so."""
    extra = dict(error.headers)
    if error.retry_after is not None:
        extra.setdefault("Retry-After", str(error.retry_after))
    if error.status == 401:
        extra.setdefault("WWW-Authenticate", 'Bearer realm="masthead"')
    hidden = error.type == MastheadError.type
    return _written(
        error.status,
        URN + error.type,
        error.title,
        "The cause is in the server's log, under this request_id." if hidden else error.detail,
        request_id,
        [] if hidden else error.faults,
        extra,
        error.members,
    )


def responses(*kinds: type[MastheadError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can fail in these ways, for OpenAPI."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        response = by_status.setdefault(kind.status, {"description": "", "content": {}})
        told = f"`{kind.type}`: {_documentation(kind)}"
        response["description"] = f"{response['description']}\n\n{told}".strip()
        media = response["content"].setdefault(
            MEDIA_TYPE, {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}
        )
        body = as_bytes(kind(kind.title), "5f0c2a9e1b7d4c3a8e6f")[2]
        media["examples"][kind.type] = {"value": json.loads(body)}
    return by_status


def merged(*several: Mapping[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """Such dicts as one: what several say of the same status stands side by side."""
    result: dict[int | str, dict[str, Any]] = {}
    for one in several:
        for status, response in one.items():
            known = result.get(status)
            if known is None:
                result[status] = deepcopy(response)
            elif response["description"] not in known["description"]:
                known["description"] += "\n\n" + response["description"]
                examples = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
                known["content"][MEDIA_TYPE]["examples"] |= examples
    return result


def register(app: FastAPI) -> None:
    """Answer every failure of this application with a problem, and define it in its OpenAPI."""
    for kind in (
        MastheadError,
        RequestValidationError,
        HTTPException,
        SQLAlchemyError,
        psycopg.Error,
        StorageFault,
        ClientDisconnect,
        Exception,
    ):
        app.add_exception_handler(kind, _handle)
    plain_openapi = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain_openapi()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(schema.pop("$defs"), Problem=schema)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def of_exception(exception: Exception, scope: Scope) -> Wire:
    """The answer for whatever was raised. Failures of ours are logged, once for each request."""
    request_id = observability.request_id()
    if isinstance(exception, ClientDisconnect):
        return as_bytes(BadRequest("The connection ended before the request did."), request_id)
    error = failures.error_of(exception)
    if isinstance(error, Moved):
        error.headers = {"Location": _in_place_of(error, scope)}
    if error is not None:
        if error.status >= 500 and not isinstance(exception, MastheadError | StorageFault):
            log.warning("database_unavailable", reason=str(exception).partition("\n")[0])
        return as_bytes(error, request_id)
    if isinstance(exception, HTTPException):
        status, headers = HTTPStatus(exception.status_code), exception.headers or {}
        detail = exception.detail
        return _written(status, "about:blank", status.phrase, detail, request_id, [], headers)
    log_once(exception, scope)
    return as_bytes(MastheadError(""), request_id)


def log_once(exception: Exception, scope: Scope) -> None:
    """Log a fault of ours with its traceback, though several layers see it pass."""
    if scope.get(_LOGGED) is not exception:
        scope[_LOGGED] = exception
        log.error("request_failed", path=scope.get("path"), exc_info=exception)


def _in_place_of(moved: Moved, scope: Scope) -> str:
    """The address that was asked for, with the new id where the old one stands."""
    parts = [
        str(moved.new) if _is_id(part, moved.old) else part for part in scope["path"].split("/")
    ]
    query = scope["query_string"].decode("latin-1")
    return "/".join(parts) + (f"?{query}" if query else "")


def _is_id(text: str, identity: UUID | None) -> bool:
    try:
        return UUID(text) == identity
    except ValueError:
        return False


async def _handle(request: Request, exception: Exception) -> Response:
    status, headers, body = of_exception(exception, request.scope)
    response = Response(content=body, status_code=status)
    response.raw_headers = headers
    return response


def _written(
    status: int,
    type_: str,
    title: str,
    detail: str,
    request_id: str | None,
    faults: Iterable[Fault],
    headers: Mapping[str, str],
    members: Mapping[str, str | None] = MappingProxyType({}),
) -> Wire:
    document = {
        "type": type_,
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": request_id,
        "errors": [{k: v for k, v in vars(fault).items() if v is not None} for fault in faults],
        **members,
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    encoded = body.encode("utf-8", "replace")
    fields = {
        "content-type": MEDIA_TYPE,
        "content-length": str(len(encoded)),
        "cache-control": "private, no-store",
    } | {name.lower(): value for name, value in headers.items()}
    return status, [(k.encode("latin-1"), v.encode("latin-1")) for k, v in fields.items()], encoded


def _descendants(kind: type[MastheadError]) -> Iterable[type[MastheadError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _descendants(below)


def _documentation(kind: type[MastheadError]) -> str:
    return inspect.cleandoc(kind.__doc__) if kind.__doc__ else kind.title + "."
