from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.web.pointers import LONGEST, pointer, pointer_of


class Text(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["text"]
    text: str
    runs: list[int] = []


class Quote(BaseModel):
    type: Literal["quote"]
    quote: str
    by: dict[str, int] = {}

    @model_validator(mode="after")
    def has_words(self) -> "Quote":
        assert self.quote.strip(), "A quote has words."
        return self


Block = Annotated[Text | Quote, Field(discriminator="type")]


class Article(BaseModel):
    blocks: list[Block] = []
    lead: int | list[str] | None = None


def pointers(body: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Article).validate_python(body)
    return [
        pointer_of(e["loc"], body, found=e["input"], missing=e["type"] == "missing")
        for e in caught.value.errors()
    ]


def test_names_are_escaped():
    assert pointer(()) == ""
    assert pointer(("a/b", "m~n", 0, "")) == "/a~1b/m~0n/0/"


def resolve(body: Any, text: str) -> Any:
    for part in text.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        body = body[int(name)] if isinstance(body, list) else body[name]
    return body


@given(st.recursive(st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x)))
def test_a_pointer_leads_back_to_its_value(body):
    def check(value: Any, parts: tuple) -> None:
        assert resolve(body, pointer(parts)) is value
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for part, member in inner:
            if isinstance(member, list | dict):
                check(member, (*parts, part))

    if isinstance(body, list | dict):
        check(body, ())


def test_pointers_can_always_be_written_and_have_an_end():
    assert pointer(("\ud800",)).encode() == b"/?"
    assert pointer(("a", "k" * LONGEST)) == "/a"
    assert len(pointer(["a"] * 10_000)) <= LONGEST


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the tag `text` is no place, though the block has a member of that name
        ({"blocks": [{"type": "text", "text": 5}]}, ["/blocks/0/text"]),
        ({"blocks": [{"type": "text", "text": "a", "runs": [1, "x"]}]}, ["/blocks/0/runs/1"]),
        ({"blocks": [{"type": "text", "text": {"runs": 1}, "runs": 2}]},
         ["/blocks/0/text", "/blocks/0/runs"]),
        ({"blocks": [{"type": "text"}]}, ["/blocks/0/text"]),
        ({"blocks": [{"type": "quote", "by": {"quote": "x"}}]},
         ["/blocks/0/quote", "/blocks/0/by/quote"]),
        ({"blocks": [{"type": "text", "text": "a", "a/b": 1}]}, ["/blocks/0/a~1b"]),
        ({"blocks": [{"type": "nothing"}]}, ["/blocks/0"]),
        ({"blocks": [{"type": "quote", "quote": " "}]}, ["/blocks/0"]),
        ({"blocks": {}}, ["/blocks"]),
        ({"lead": ["a", 5]}, ["/lead", "/lead/1"]),
        ([], [""]),
    ],
)  # fmt: skip
def test_errors_of_pydantic_are_found_in_the_input(body, expected):
    assert pointers(body) == expected


def test_without_the_value_the_longest_path_is_taken():
    assert pointer_of(("tag", "a", "b"), {"tag": 1, "a": {"b": 2}}) == "/a/b"


def test_a_hostile_input_does_not_multiply_the_ways():
    body: Any = {}
    for _ in range(32):
        body = {"a": body}

    assert pointer_of(["a"] * 200, body) == "/a" * 32
