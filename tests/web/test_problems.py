import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

import pytest
import structlog
from fastapi import FastAPI, Header, Query
from fastapi.responses import StreamingResponse
from openapi_spec_validator import validate
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from app.errors import (
    Fault,
    Invalid,
    LegallyUnavailable,
    MastheadError,
    NotFound,
    Stale,
    TooBroad,
    Unauthenticated,
    Unavailable,
)
from app.web import problems
from app.web.middleware import guard
from app.web.request_head import Area
from tests.web.conftest import Answer, Serve, Served


class Text(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["text"]
    text: str


class Divider(BaseModel):
    type: Literal["divider"]


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")
    headline: str
    blocks: list[Annotated[Text | Divider, Field(discriminator="type")]] = []


def application() -> FastAPI:
    app = FastAPI(redirect_slashes=False)
    problems.register(app)

    @app.post("/articles/{id}", responses=problems.responses(Invalid, TooBroad, NotFound, Stale))
    async def save(
        id: UUID,  # noqa: A002
        draft: Draft,
        limit: Annotated[int, Query(le=100)] = 20,
        if_match: Annotated[str | None, Header(min_length=3)] = None,
    ) -> None: ...

    @app.get("/raise/{name}")
    async def fail(name: str) -> None:
        raise {
            "not-found": NotFound("There is no such article."),
            "unauthenticated": Unauthenticated("Send a key."),
            "invalid": Invalid("Wrong.", faults=[Fault("It is empty.", pointer="/headline")]),
            "surrogate": NotFound("\ud800"),
            "unavailable": Unavailable("Later."),
            "bug": ZeroDivisionError("the secret recipe"),
            "root": MastheadError("the secret recipe"),
            "teapot": HTTPException(418, "short and stout", headers={"X-Pot": "1"}),
        }[name]

    @app.get("/broken-off")
    async def stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"some"
            raise ZeroDivisionError

        return StreamingResponse(parts())

    return app


@pytest.fixture
def served(serve: Serve) -> Served:
    return serve(guard(application()))


def post(served: Served, target: str, body: object, *fields: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    length = f"Content-Length: {len(content)}"
    return served.get(
        target, "Content-Type: application/json", length, *fields, method="POST", body=content
    )


GOOD = "/articles/2f9f4a53-9f6c-4c67-8d3e-5d2d9f8f3c11"


def test_an_error_of_the_domain_is_a_problem(served):
    answer = served.get("/raise/not-found", "X-Request-Id: from-the-proxy.1")

    assert answer.status == 404
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.problem == {
        "type": "urn:masthead:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no such article.",
        "request_id": "from-the-proxy.1",
        "errors": [],
    }


def test_an_address_without_a_route_is_a_problem(served):
    assert served.get("/nothing").type == "not-found"
    assert served.get("/nothing/").status == 404


def test_a_method_without_a_route_names_those_that_are_possible(served):
    answer = served.get(GOOD, method="PUT")

    assert answer.type == "method-not-allowed"
    assert answer.headers["allow"] == "POST"


def test_faults_are_written_with_the_one_place_that_they_have(served):
    errors = served.get("/raise/invalid").problem["errors"]

    assert errors == [{"detail": "It is empty.", "pointer": "/headline"}]


def test_an_element_of_an_unknown_type_is_told_the_known_ones(served):
    draft = {"headline": "A", "blocks": [{"type": "tune"}, {"text": "a"}]}

    assert post(served, GOOD, draft).problem["errors"] == [
        {"detail": "There is no type “tune”. Known are: text, divider.", "pointer": "/blocks/0"},
        {"detail": "It needs a type.", "pointer": "/blocks/1"},
    ]


def test_a_missing_key_is_asked_for(served):
    assert served.get("/raise/unauthenticated").headers["www-authenticate"].startswith("Bearer")


def test_who_may_come_again_is_told_when(served):
    assert served.get("/raise/unavailable").headers["retry-after"] == "5"


def test_a_detail_that_is_not_unicode_does_not_break_the_answer(served):
    assert served.get("/raise/surrogate").problem["detail"] == "?"


@pytest.mark.parametrize("name", ["bug", "root"])
def test_a_bug_tells_the_client_nothing_but_the_request(served, name):
    answer = served.get(f"/raise/{name}")

    assert answer.status == 500
    assert answer.type == "internal"
    assert b"recipe" not in answer.body
    assert served.get("/raise/not-found").status == 404


def test_a_bug_is_logged_once_though_several_layers_see_it(served):
    with structlog.testing.capture_logs() as events:
        served.get("/raise/bug", "X-Request-Id: r1")
        served.get("/raise/not-found")

    failures = [event for event in events if event["event"] == "request_failed"]
    assert [str(event["exc_info"]) for event in failures] == ["the secret recipe"]


def test_a_status_without_a_type_of_ours_stays_what_it_is(served):
    answer = served.get("/raise/teapot")

    assert (answer.status, answer.headers["x-pot"]) == (418, "1")
    assert answer.problem["type"] == "about:blank"
    assert answer.problem["title"] == "I'm a Teapot"


def test_head_has_the_headers_and_no_body(served):
    answer = served.get("/nothing", method="HEAD")

    assert answer.status == 404
    assert int(answer.headers["content-length"]) > 0
    assert answer.body == b""


def test_an_answer_that_cannot_be_finished_is_broken_off(served):
    answer = served.get("/broken-off")

    assert answer.status == 200
    assert not answer.whole


def test_everything_wrong_is_named_in_one_answer(served):
    body = {
        "blocks": [{"type": "divider"}, {"type": "text"}, {"type": "text", "text": 5, "x/y": 1}],
        "role": "admin",
    }

    answer = post(served, "/articles/5?limit=1000", body, "If-Match: x")

    assert answer.status == 422
    places = [
        next(f"{kind} {error[kind]}" for kind in error if kind != "detail")
        for error in answer.problem["errors"]
    ]
    assert places == [
        "parameter id",
        "parameter limit",
        "header if-match",
        "pointer /headline",
        "pointer /blocks/1/text",
        "pointer /blocks/2/text",
        "pointer /blocks/2/x~1y",
        "pointer /role",
    ]
    assert answer.problem["detail"] == "8 values cannot be accepted."


def test_a_body_that_grows_too_large_under_the_framework_is_refused_as_such(serve: Serve):
    served = serve(guard(application(), [Area(body_limit=1000)]))
    fields = ("Transfer-Encoding: chunked", "Content-Type: application/json")

    answer = served.get(
        GOOD, *fields, method="POST", body=b"7d0\r\n" + b" " * 2000 + b"\r\n0\r\n\r\n"
    )

    assert (answer.status, answer.type) == (413, "content-too-large")


def test_a_missing_body_is_named(served):
    answer = served.get(GOOD, "Content-Length: 0", method="POST")

    assert answer.status == 422
    assert [error["pointer"] for error in answer.problem["errors"]] == [""]


def test_broken_json_is_malformed(served):
    assert post(served, GOOD, b"{").type == "malformed-json"


def test_no_more_than_a_hundred_are_named_and_none_is_echoed_at_length(served):
    body = {"headline": "x", "blocks": [{"type": "y" * 10_000}] * 120}

    answer = post(served, GOOD, body)

    assert len(answer.problem["errors"]) == 100
    assert "120 values" in answer.problem["detail"]
    assert len(answer.body) < 50_000


def test_every_type_is_listed_once_with_what_it_means():
    types = problems.all_types()

    assert [kind.type for kind in types] == list(dict.fromkeys(kind.type for kind in types))
    assert {"not-found", "malformed-json", "content-too-large", "internal"} <= {
        kind.type for kind in types
    }
    for kind in types:
        assert kind.documentation.endswith("."), kind
        assert 400 <= kind.status < 600 or kind.type == "moved"


def test_one_function_writes_problems_for_lanes_without_fastapi():
    status, headers, body = problems.as_bytes(LegallyUnavailable("By order of a court."), None)

    assert status == 451
    assert dict(headers)[b"content-length"] == str(len(body)).encode()
    assert json.loads(body)["request_id"] is None


def test_openapi_has_the_problem_documents():
    document = application().openapi()

    validate(document)
    responses = document["paths"]["/articles/{id}"]["post"]["responses"]
    media = responses["422"]["content"]["application/problem+json"]
    assert media["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert set(media["examples"]) == {"invalid", "too-broad"}
    assert list(responses["404"]["content"]) == ["application/problem+json"]
    problem = document["components"]["schemas"]["Problem"]
    assert problem["properties"]["errors"]["items"]["$ref"] == "#/components/schemas/ProblemFault"


def test_what_is_answered_is_what_the_schema_says(served):
    for name in ("not-found", "invalid", "bug"):
        problems.Problem.model_validate(served.get(f"/raise/{name}").problem, extra="forbid")
