"""The OpenAPI documents are fit to make clients from, and their words stay."""

from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from app.editing.body.blocks import Block
from app.web import problems
from tests.newsroom import Newsroom
from tests.promises.documents import document, operations, resolved

SIDES = ("desk", "delivery")
KNOWN = Path(__file__).with_name("operation_ids.txt")

ALWAYS = {"desk": {400, 401, 403, 414, 422, 431, 503}, "delivery": {400, 414, 422, 503}}
ON_WRITES = {408, 409, 413, 415}


@pytest.mark.parametrize("side", SIDES)
def test_the_document_is_valid_openapi_3_1(side: str) -> None:
    assert document(side)["openapi"].startswith("3.1.")

    validate(document(side))


async def test_it_is_served_with_its_docs(newsroom: Newsroom) -> None:
    for side, prefix in (("desk", "/desk"), ("delivery", "")):
        served = await newsroom.reader.get(f"{prefix}/openapi.json")
        assert served.json()["info"]["title"] == document(side)["info"]["title"]
        page = (await newsroom.reader.get(f"{prefix}/docs")).text
        assert f"{prefix}/openapi.json" in page
        assert "http://" not in page.replace("http://newsroom.test", "")
        assert "https://" not in page, "everything that the page needs comes from here"


def test_operation_ids_stay_what_they_are() -> None:
    """They are names of functions in clients. Add yours to the file; change none."""
    present = sorted(
        f"{call} {operation['operationId']}"
        for side in SIDES
        for call, operation in operations(side)
    )

    assert present == KNOWN.read_text().splitlines()


@pytest.mark.parametrize("side", SIDES)
def test_operation_ids_are_unique(side: str) -> None:
    times = Counter(operation["operationId"] for _, operation in operations(side))

    assert [name for name, count in times.items() if count > 1] == []


def test_public_schemas_are_not_called_after_our_modules() -> None:
    """They are types in clients; two models of one name would both be renamed."""
    schemas = document("delivery")["components"]["schemas"]

    assert [name for name in schemas if "__" in name] == []


@pytest.mark.parametrize("side", SIDES)
def test_every_operation_says_what_it_is_for(side: str) -> None:
    silent = [
        call for call, operation in operations(side)
        if not operation.get("summary") or not operation.get("tags")
    ]  # fmt: skip
    nameless = [
        f"{call} {parameter['name']}"
        for call, operation in operations(side)
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query" and not _says_something(parameter)
    ]

    assert (silent, nameless) == ([], [])


@pytest.mark.parametrize("side", SIDES)
def test_every_operation_documents_how_it_can_fail(side: str) -> None:
    lacking: list[tuple[str, set[int]]] = []
    for call, operation in operations(side):
        expected = set(ALWAYS[side])
        if side == "desk" and not call.startswith("GET"):
            expected |= ON_WRITES
        if "{" in call:
            expected.add(404)
        if any(each["name"].lower() == "if-match" for each in operation.get("parameters", ())):
            expected |= {412, 428}
        if missing := expected - {int(status) for status in operation["responses"]}:
            lacking.append((call, missing))

    assert lacking == []


@pytest.mark.parametrize("side", SIDES)
def test_every_failure_is_a_problem_with_an_example_for_each_type(side: str) -> None:
    schema = document(side)["components"]["schemas"]["Problem"]
    components = {"components": document(side)["components"]}
    known = {problems.URN + each.type: each.status for each in problems.all_types()}
    for call, operation in operations(side):
        for status, response in operation["responses"].items():
            if int(status) < 400:
                continue
            assert list(response["content"]) == [problems.MEDIA_TYPE], f"{call} {status}"
            examples = response["content"][problems.MEDIA_TYPE]["examples"]
            assert examples, f"{call} {status}"
            for example in examples.values():
                value = example["value"]
                assert known[value["type"]] == value["status"] == int(status)
                OAS31Validator({**schema, **components}).validate(value)


@pytest.mark.parametrize("side", SIDES)
def test_every_success_has_a_schema(side: str) -> None:
    without = [
        f"{call} {status}"
        for call, operation in operations(side)
        for status, response in operation["responses"].items()
        if status in ("200", "201") and not _says_what_it_holds(response)
    ]

    assert without == []


def test_every_body_has_an_example_that_is_valid() -> None:
    components = {"components": document("desk")["components"]}
    without = []
    for call, operation in operations("desk"):
        if "requestBody" not in operation:
            continue
        media = operation["requestBody"]["content"].get("application/json")
        if media is None:  # a file
            continue
        schema = _without_null(resolved("desk", media["schema"]))
        examples = schema.get("examples", [])
        if not examples:
            without.append(call)
        for example in examples:
            OAS31Validator({**schema, **components}).validate(example)

    assert without == []


@pytest.mark.parametrize("side", SIDES)
def test_every_example_of_a_schema_is_valid(side: str) -> None:
    components = {"components": document(side)["components"]}
    for schema in document(side)["components"]["schemas"].values():
        for example in schema.get("examples", ()):
            OAS31Validator({**schema, **components}).validate(example)


def test_every_block_type_is_told_apart_by_its_type() -> None:
    for side, name in (("desk", "ArticleSave"), ("delivery", "Article")):
        body = document(side)["components"]["schemas"][name]["properties"]["body"]
        found = [each for each in _below(body) if "discriminator" in each]
        assert found, f"{name} has no discriminated blocks"
        mapping = found[0]["discriminator"]["mapping"]
        assert found[0]["discriminator"]["propertyName"] == "type"
        assert len(mapping) == len(Block.__args__[0].__args__) == 16
        for kind, reference in mapping.items():
            block = document(side)["components"]["schemas"][reference.rpartition("/")[2]]
            assert block["properties"]["type"]["const"] == kind


def test_the_servers_are_those_that_operators_name() -> None:
    assert document("desk")["servers"] == [{"url": "/desk"}]
    assert document("delivery")["servers"] == [{"url": "/"}]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
async def test_what_a_document_does_not_offer_is_405(newsroom: Newsroom, method: str) -> None:
    answer: httpx.Response = await newsroom.reader.request(method, "/v1/site")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def _says_what_it_holds(response: dict[str, Any]) -> bool:
    if "content" not in response:  # as tus has it, whose answers are in their headers
        return bool(response.get("headers"))
    schemas = [media["schema"] for media in response["content"].values()]
    return bool(schemas) and all(schemas)


def _says_something(parameter: dict[str, Any]) -> bool:
    schema = parameter["schema"]
    known = parameter.get("description") or schema.get("description")
    return bool(known) or schema.get("title") is not None


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a body that may be left out."""
    if "anyOf" in schema:
        return resolved("desk", schema["anyOf"][0])
    return schema


def _below(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, dict):
        return [schema, *(one for value in schema.values() for one in _below(value))]
    if isinstance(schema, list):
        return [one for value in schema for one in _below(value)]
    return []
