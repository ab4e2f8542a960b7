"""Endpoints are declared once, as FastAPI routes: FastAPI documents them, the lane calls them.

An endpoint is `async def read(ask, *path parameters, query) -> Answer`: its path parameters as
text, in the order of the path, and the query, if it has one, as a model of its parameters.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from fastapi import APIRouter
from fastapi.params import Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails

from app.delivery.asking import Ask
from app.errors import (
    Fault,
    Gone,
    Invalid,
    LegallyUnavailable,
    MastheadError,
    NotFound,
    Unavailable,
)
from app.web import parameters, problems
from app.web.answers import Answer
from app.web.refusals import AddressTooLong, BadRequest, ContentTooLarge


class QueryModel(BaseModel):
    """The base of every endpoint's query. What is not a field of it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _NeverNull:
    """Documents a parameter that may be left out: a query string knows no null."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler(core)
        one, _ = described.pop("anyOf")
        return {**one, **described}


T = TypeVar("T")
Given = Annotated[T | None, _NeverNull()]
"""A parameter that may be left out."""


class PublicRoute(APIRoute):
    """A GET of `/v1`, or a POST that writes nothing."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self._read: Callable[..., Awaitable[Answer]] = endpoint
        self._query = _query_model(endpoint)
        self._names = frozenset(self._query.model_fields) if self._query else frozenset[str]()
        self._usual = (self._query(),) if self._query and not _required(self._query) else ()
        self.answered = ("GET", "HEAD") if "GET" in (options["methods"] or ()) else ("POST",)
        """The methods with which it is asked."""

    def answer(self, ask: Ask, places: Sequence[str], query_string: bytes) -> Awaitable[Answer]:
        """The answer to one request; `places` are its path parameters."""
        if query_string or (self._query and not self._usual):
            return self._read(ask, *places, *self._parse(query_string))
        return self._read(ask, *places, *self._usual)

    def _parse(self, query_string: bytes) -> Sequence[BaseModel]:
        given, faults = parameters.read(query_string, self._names)
        query: tuple[BaseModel, ...] = ()
        try:
            query = (self._query.model_validate(given),) if self._query else ()
        except ValidationError as error:
            named = {fault.parameter for fault in faults}
            faults += [each for each in map(_fault, error.errors()) if each.parameter not in named]
        if faults:
            raise refused(*faults)
        return query


class PublicRouter(APIRouter):
    """Declares the endpoints of one noun, below `/v1`."""

    def __init__(self, noun: str) -> None:
        super().__init__(prefix="/v1", tags=[noun], route_class=PublicRoute)


class FeedRoute(PublicRoute):
    """A GET at an address that programs keep, and others add to: what it does not know (`utm_…`),
    or has heard already, it ignores."""

    def _parse(self, query_string: bytes) -> Sequence[BaseModel]:
        given, _ = parameters.read(query_string, self._names)
        if self._query is None:
            return ()
        try:
            return (self._query.model_validate(given),)
        except ValidationError as error:
            raise refused(*map(_fault, error.errors())) from error


class FeedRouter(APIRouter):
    """Declares what is pulled by programs that know its format: feeds, sitemaps."""

    def __init__(self, noun: str) -> None:
        super().__init__(tags=[noun], route_class=FeedRoute)


_ALWAYS = (NotFound, Invalid, Unavailable, BadRequest, AddressTooLong)

GONE = (Gone, LegallyUnavailable)


def failing(*kinds: type[MastheadError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of an endpoint: 304, what any of them may answer, and these failures."""
    return _HEADERS | _NOT_MODIFIED | problems.responses(*_ALWAYS, *kinds)


def acting(*kinds: type[MastheadError]) -> dict[int | str, dict[str, Any]]:
    """The same for what nobody can keep: an answer to a POST."""
    return problems.responses(*_ALWAYS, ContentTooLarge, *kinds)


_HEADERS: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "For `If-None-Match`"},
            "Cache-Control": {"schema": {"type": "string"}},
            "X-Request-Id": {"schema": {"type": "string"}, "description": "As in the logs"},
        }
    }
}
_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The client has it: its `If-None-Match` names the present `ETag`."}
}


def unknown(parameter: str) -> Fault:
    """What a parameter names is not there, or not in public: the two look the same."""
    return Fault("There is none of that name in public.", parameter=parameter)


def refused(*faults: Fault) -> Invalid:
    return Invalid("Parameters cannot be accepted.", faults=list(faults))


def _fault(error: ErrorDetails) -> Fault:
    missing = error["type"] == "missing"
    detail = "It is required." if missing else error["msg"].removeprefix("Value error, ")
    return Fault(detail, parameter=str(error["loc"][0]))


def _query_model(endpoint: Callable[..., Any]) -> type[BaseModel] | None:
    for hint in get_type_hints(endpoint, include_extras=True).values():
        model, *marks = get_args(hint) or (None,)
        if any(isinstance(mark, Query) for mark in marks):
            assert isinstance(model, type)
            assert issubclass(model, BaseModel)
            return model
    return None


def _required(model: type[BaseModel]) -> bool:
    return any(field.is_required() for field in model.model_fields.values())
