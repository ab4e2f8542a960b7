"""The examples of the guides are carried out against the real application."""

import shlex
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import dropwhile
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from app.cli.program import program
from app.exchange.demo.seeding import seed
from app.identity import commands as identity
from app.identity.actor import SYSTEM
from app.identity.scopes import Scope
from tests import newsroom as newsrooms
from tests.architecture.sources import ROOT
from tests.docs import markdown
from tests.docs.following import follow
from tests.docs.likeness import Reading, Unlike, shortened_json
from tests.docs.shell import commands
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    """With somebody at the desk who has the name of those who wrote the pages."""
    async with newsrooms.opened(database_url) as opened:
        async with opened.database.write() as session:
            made = await identity.create(session, SYSTEM, name="My laptop", scopes=frozenset(Scope))
        async with newsrooms.client(opened.app, made.text) as desk:
            yield replace(opened, desk=desk)


async def test_the_first_article_of_the_readme_is_written_published_and_read(
    newsroom: Newsroom,
) -> None:
    assert await follow(ROOT / "README.md", newsroom) >= 8


@pytest.mark.parametrize("name", ["editors", "citations", "integrators"])
async def test_what_the_guides_for_writers_say_is_so(newsroom: Newsroom, name: str) -> None:
    assert await follow(markdown.guide(name), newsroom) >= 5


async def test_what_the_guides_for_readers_say_is_so_of_the_demo_newsroom(
    newsroom: Newsroom,
) -> None:
    await seed(newsroom.database)
    await newsroom.drain()

    assert await follow(markdown.guide("front-ends"), newsroom) >= 10
    assert await follow(markdown.guide("tv-apps"), newsroom) >= 2


def test_every_masthead_command_of_the_pages_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kestrel.xml").touch()
    wrong = []
    for page in markdown.all_pages():
        for fence in markdown.fences(page):
            if fence.language == "sh":
                wrong += [
                    f"{page.name}: {command}: {fault}"
                    for command in commands(fence.text)
                    if (fault := _fault(command))
                ]

    assert wrong == []


def test_an_answer_that_differs_from_the_page_is_noticed() -> None:
    shown = shortened_json('{"id": 1, "path": "/a", "items": [{"x": null, …}, …], …}')

    Reading().compare(shown, {"id": 1, "path": "/a", "items": [{"x": None, "y": 2}, 3], "more": 4})
    for wrong in (
        {"id": 2, "path": "/a", "items": [{"x": None}]},
        {"id": 1, "items": [{"x": None}]},
        {"id": 1, "path": "/b", "items": [{"x": None}]},
        {"id": 1, "path": "/a", "items": []},
        {"id": 1, "path": "/a", "items": [{"y": None}]},
    ):
        with pytest.raises(Unlike):
            Reading().compare(shown, wrong)


def test_what_is_one_id_on_the_page_must_be_one_id_in_the_answers() -> None:
    reading, other = Reading(), "2" * 8 + "-2222-4222-8222-" + "2" * 12
    shown = "1" * 8 + "-1111-4111-8111-" + "1" * 12

    reading.compare({"id": shown}, {"id": other})

    assert reading.real(f"/v1/articles/{shown}") == f"/v1/articles/{other}"
    with pytest.raises(Unlike):
        reading.compare({"id": shown}, {"id": shown})


def _fault(command: str) -> str | None:
    """Why `masthead` would not take these words; None for other commands."""
    words = shlex.split(command.partition("$(")[2].rstrip(")") or command, comments=True)
    names = {"masthead", ".venv/bin/masthead"}
    words = list(dropwhile(lambda word: word not in names, words))
    if not words:
        return None
    words = list(dropwhile(lambda word: word in names, words))
    for stop in ("|", ">", "&"):
        words = words[: words.index(stop)] if stop in words else words
    command_line = typer.main.get_command(program)
    while isinstance(command_line, TyperGroup):
        name = words.pop(0) if words else "command"
        found = command_line.get_command(typer.Context(command_line), name)
        if found is None:
            return f"there is no {name}"
        command_line = found
    try:
        command_line.make_context(name, words)
    except TyperException as error:
        return str(error)
    return None
