"""What an article can hold: plain text without controls, and paths that are its own."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from starlette.routing import BaseRoute

from app.editing import own_paths
from app.publishing import names
from tests.editing.requests import pointers
from tests.newsroom import Newsroom
from tests.promises.documents import apps


async def test_texts_of_one_line_and_of_several_are_cleaned(newsroom: Newsroom) -> None:
    made = await newsroom.article(
        "  Fog \u0001\n at sea ",
        headline_short=" Fog\u0007 ",
        sponsor={"name": " The\u0001 port ", "label": "Paid\n for"},
        corrections=[{"text": " It was\u0001 six.\n\n\n\nNot seven. "}],
        syndicated_from={"name": "\tThe Courier\u009f"},
    )

    content = made.json()["content"]
    assert content["headline"] == "Fog at sea"
    assert content["headline_short"] == "Fog"
    assert content["sponsor"]["name"] == "The port"
    assert content["sponsor"]["label"] == "Paid for"
    assert content["corrections"][0]["text"] == "It was six.\n\nNot seven."
    assert content["syndicated_from"]["name"] == "The Courier"
    blank = await newsroom.save(made, headline_short=" \u0001")
    assert blank.json()["content"]["headline_short"] is None


@pytest.mark.parametrize(
    ("pointer", "fields"),
    [
        ("/headline", {"headline": " \u0001 "}),
        ("/sponsor/name", {"sponsor": {"name": " \u0001 "}}),
        ("/sponsor/label", {"sponsor": {"name": "The port", "label": " "}}),
        ("/corrections/0/text", {"corrections": [{"text": "\n"}]}),
        ("/syndicated_from/name", {"syndicated_from": {"name": "\u0007"}}),
        ("/path", {"path": "/v1/articles"}),
        ("/path", {"path": "//%76%31/articles/"}),
        ("/path", {"path": "people/juno"}),
        ("/path", {"path": "/openapi.json"}),
        ("/path", {"path": "/a%00b"}),
    ],
)
async def test_what_is_blank_or_the_place_of_something_else_is_refused(
    newsroom: Newsroom, pointer: str, fields: dict[str, Any]
) -> None:
    sent = {"headline": "Fog", "section_id": await newsroom.section("News")} | fields

    refused = await newsroom.desk.post("/desk/articles", json=sent)

    assert (refused.status_code, pointers(refused)) == (422, [pointer])


async def test_an_old_permalink_can_be_kept(newsroom: Newsroom) -> None:
    live = await newsroom.published(path="/2019/v1/a-storm")

    assert live.json()["live"]["path"] == "/2019/v1/a-storm"


def _paths(routes: Iterable[BaseRoute]) -> Iterator[str]:
    for route in routes:
        if router := getattr(route, "original_router", None):
            yield from _paths(router.routes)
        else:
            yield str(getattr(route, "path", ""))


def test_every_place_where_something_else_answers_is_reserved() -> None:
    places = {*_paths(apps()["delivery"].routes), names.person_path("x"), names.topic_path("x")}

    firsts = {place.split("/")[1] for place in places} | {"desk"}

    assert {"v1", "docs", "healthz", "openapi.json", "people"} <= firsts
    assert firsts - own_paths.RESERVED == set()
