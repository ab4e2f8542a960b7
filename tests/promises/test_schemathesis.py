"""What the OpenAPI documents say is so, whatever is sent: no 5xx, nothing that is undocumented."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from app.web import tus
from tests.promises import documents, operations, serving
from tests.promises.operations import Request, Seeds
from tests.promises.serving import Desk

Operation = APIOperation[Any, Any, Any, Any]


@schemathesis.serializer(tus.MEDIA_TYPE)
def as_it_is(_: SerializationContext, value: Any) -> bytes:
    """The bytes of a file; of what is none, as it is written."""
    data = getattr(value, "data", value)
    return data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    allow_header_conformance,
]

ROUNDS = [1, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(3_600)])]
"""Calls for each operation with data that fit its schema, and again with data that do not: 500 in
all, and 100,000 in `make prove`. Operations that take nothing are called once."""


@dataclass
class Side:
    """One of the two APIs."""

    base_url: str
    operations: list[Operation]
    good: dict[str, Callable[[Seeds], Request]]
    seeds: Seeds
    headers: dict[str, str]
    statuses: dict[str, Counter[int]] = field(default_factory=dict)

    def send(self, case: Case) -> int:
        """Send it and check the answer by the document. Returns its status."""
        response = case.call(base_url=self.base_url, headers=self.headers)
        case.validate_response(response, checks=CHECKS, headers=self.headers)
        self.statuses.setdefault(identity(case.operation), Counter())[response.status_code] += 1
        return response.status_code


@pytest.fixture(params=["desk", "delivery"])
def side(request: pytest.FixtureRequest, database_url: str) -> Iterator[Side]:
    with serving.opened(database_url, **operations.SETTINGS) as desk:
        yield opened(request.param, desk)


def opened(name: str, desk: Desk) -> Side:
    is_desk = name == "desk"
    schema = schemathesis.openapi.from_dict(deepcopy(documents.document(name)))
    # Every request brings a key, so that what is wrong in it is not hidden by a 401.
    schema.config.generation.update(with_security_parameters=False)
    schema.config.checks.negative_data_rejection.expected_statuses = ["4xx", "501"]
    # oEmbed has a provider refuse a format with 501, which no other operation documents.
    schema.config.checks.not_a_server_error.expected_statuses = ["1xx", "2xx", "3xx", "4xx", "501"]
    return Side(
        base_url=f"http://127.0.0.1:{desk.port}{'/desk' if is_desk else ''}",
        operations=[found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)],
        good=operations.DESK if is_desk else operations.DELIVERY,
        seeds=operations.seeded(desk),
        headers={"Authorization": f"Bearer {desk.key}"} if is_desk else {},
    )


def identity(operation: Operation) -> str:
    return str(operation.definition.raw["operationId"])


def test_every_operation_succeeds_as_its_document_says(side: Side) -> None:
    assert {identity(operation) for operation in side.operations} == side.good.keys()

    for operation in side.operations:
        case = operation.Case(**side.good[identity(operation)](side.seeds))
        status = side.send(case)
        assert 200 <= status < 300, f"{identity(operation)} answers {status}"


@pytest.mark.parametrize("rounds", ROUNDS)
def test_whatever_is_sent_is_answered_as_the_document_says(side: Side, rounds: int) -> None:
    for operation in side.operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            fuzz(side, operation, mode, rounds)

    calls = sum(sum(counter.values()) for counter in side.statuses.values())
    assert calls > 1.5 * rounds * len(side.operations)


def fuzz(side: Side, operation: Operation, mode: GenerationMode, rounds: int) -> None:
    """So many requests, most of them for things that are there, in the state that they have."""

    @settings(
        max_examples=rounds, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=rounds < 100,
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def call(case: Case, data: st.DataObject) -> None:
        if is_sound(case, ParameterLocation.PATH):
            for name in case.path_parameters:
                known = side.seeds.known.get(name)
                if known and data.draw(st.integers(0, 3)):
                    case.path_parameters[name] = data.draw(st.sampled_from(known))
        changes = operation.method.upper() != "GET"
        if changes and is_sound(case, ParameterLocation.HEADER) and data.draw(st.integers(0, 4)):
            case.headers["If-Match"] = "*"
        if isinstance(case.body, dict) and case.body.get("fetch") is True:
            case.body["fetch"] = False  # tests call nobody
        side.send(case)

    with suppress(Unsatisfiable):  # where there is nothing that could be wrong
        call()


def is_sound(case: Case, location: ParameterLocation) -> bool:
    assert case.meta is not None
    part = case.meta.components.get(location)
    return part is None or part.mode.is_positive
