"""The reference pages say what the program does: all of it, and nothing else."""

import importlib
import pkgutil

from pydantic_core import PydanticUndefined
from typer.core import TyperCommand, TyperGroup, TyperOption

import app
from app.cli.program import PLACES, command
from app.identity.scopes import MEANING, ROLES, Scope
from app.settings import Settings, variable
from app.web import problems
from tests.architecture import pages
from tests.architecture.pages import codes, parts, rows


def test_every_setting_stands_there_with_its_default() -> None:
    documented = {codes(cells[0])[0]: codes(cells[1]) for cells in rows("settings.md", "variable")}

    expected = {}
    for name, field in Settings.model_fields.items():
        assert field.default is not PydanticUndefined
        expected[variable(name)] = [str(field.default)] if field.default not in (None, "") else []
    assert documented == expected


def test_every_setting_says_what_it_means() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    empty = [cells[0] for cells in rows("settings.md", "variable") if not cells[2]]

    assert (silent, empty) == ([], [])


def test_every_problem_type_stands_there_with_its_status() -> None:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)
    expected = {each.type: (str(each.status), each.title) for each in problems.all_types()}

    documented = {
        name: (codes(under)[0], under.split("**")[1])
        for name, under in parts("errors.md", 3).items()
    }

    assert documented == expected


def test_every_scope_stands_there_with_its_meaning() -> None:
    documented = {codes(cells[0])[0]: cells[1] for cells in rows("scopes.md", "scope")}

    assert documented == {str(scope): meaning for scope, meaning in MEANING.items()}
    assert set(MEANING) == set(Scope)


def test_every_role_stands_there_with_its_scopes() -> None:
    told = {codes(cells[0])[0]: cells[1] for cells in rows("scopes.md", "role")}

    def scopes(role: str) -> frozenset[str]:
        named = codes(told[role])
        if not named:
            assert told[role] == "all of them"
            return frozenset(Scope)
        return frozenset().union(*(scopes(n) if n in told else {n} for n in named))

    assert {role: scopes(role) for role in told} == ROLES


def test_every_command_stands_there_with_its_options() -> None:
    expected = {" ".join(("masthead", *words)): _options(command) for words, command in _commands()}

    documented = {
        heading.strip("`"): _documented_options(under)
        for heading, under in parts("cli.md", 2).items()
        if heading.startswith("`masthead")
    }

    assert documented == expected


def test_the_pages_are_linked_from_their_index() -> None:
    index = pages.text("README.md")

    unlinked = [
        page.name for page in pages.REFERENCE.glob("*.md")
        if page.name != "README.md" and f"({page.name})" not in index
    ]  # fmt: skip

    assert unlinked == []


def _commands() -> list[tuple[tuple[str, ...], TyperCommand]]:
    found: list[tuple[tuple[str, ...], TyperCommand]] = []

    def walk(words: tuple[str, ...], command: TyperCommand | TyperGroup) -> None:
        if isinstance(command, TyperGroup):
            for name, below in command.commands.items():
                assert isinstance(below, TyperCommand | TyperGroup)
                walk((*words, name), below)
        elif not command.hidden:
            found.append((words, command))

    for name in PLACES:
        walk((name,), command(name))
    return found


def _options(command: TyperCommand) -> set[str]:
    return {
        name
        for parameter in command.params
        if isinstance(parameter, TyperOption) and not parameter.hidden
        for name in parameter.opts
        if name.startswith("--") and name != "--help"
    }


def _documented_options(under: str) -> set[str]:
    """The first words of the rows of the table."""
    lines = [line for line in under.splitlines() if line.startswith("| `--")]
    return {codes(line)[0].split()[0] for line in lines}
