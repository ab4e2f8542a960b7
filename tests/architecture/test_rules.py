"""The rules of the house, held over every module. An exception stands here with its reason."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import rules
from tests.architecture.sources import Module, modules, parsed

Rule = Callable[[Module], Iterator[str]]

EXCEPTIONS: dict[Rule, dict[str, str]] = {
    rules.long_files: {
        "app/published/document.py": "the public JSON is defined in one place, read as one page",
    },
    rules.ended_transactions: {
        "app/migrate.py": "owns its transactions: one for each migration",
    },
    rules.composed_sql: {
        "app/editing/site/commands.py": "the names of five tables, from the line above",
        "app/editing/usage.py": "the name of a column, typed as one of three",
    },
    rules.environment_reads: {
        "app/metrics.py": "prometheus-client takes its directory from there and nowhere else",
        "app/processes/children.py": "children inherit the environment",
        "app/cli/settings.py": "tells the operator which variables are set",
        "app/embedded/account.py": "PostgreSQL's programs get ours without what is private",
    },
    rules.clock_reads: {
        "app/clock.py": "is the clock",
    },
}

ALL: list[Rule] = [
    rules.long_files,
    rules.empty_names,
    rules.inner_imports,
    rules.hidden_imports,
    rules.relative_imports,
    rules.ended_transactions,
    rules.composed_sql,
    rules.environment_reads,
    rules.clock_reads,
    rules.undocumented,
]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.__name__)
def test_no_module_breaks_it(rule: Rule) -> None:
    excepted = EXCEPTIONS.get(rule, {})

    broken = [place for module in modules() if module.name not in excepted
              for place in rule(module)]  # fmt: skip

    assert broken == []


def test_an_exception_that_is_no_longer_needed_goes() -> None:
    needless = [
        (rule.__name__, module.name)
        for rule, excepted in EXCEPTIONS.items()
        for module in modules()
        if module.name in excepted and not list(rule(module))
    ]
    known = {module.name for module in modules()}
    gone = [name for excepted in EXCEPTIONS.values() for name in excepted if name not in known]

    assert (needless, gone) == ([], [])


BREAKS: list[tuple[Rule, str]] = [
    (rules.long_files, "x = 1\n" * 301),
    (rules.inner_imports, "def f():\n    import json"),
    (rules.inner_imports, "async def f():\n    def g():\n        from json import loads"),
    (rules.hidden_imports, "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json"),
    (rules.relative_imports, "from . import errors"),
    (rules.ended_transactions, "async def f(session):\n    await session.commit()"),
    (rules.composed_sql, 'def f(a):\n    text(f"SELECT {a}")'),
    (rules.composed_sql, 'def f(a):\n    session.execute("SELECT " + a)'),
    (rules.composed_sql, 'def f(a):\n    session.execute("SELECT %s" % a)'),
    (rules.composed_sql, 'def f(a):\n    session.execute(text(f"SELECT {a}"))'),
    (rules.composed_sql, 'def f(a):\n    text("SELECT {}".format(a))'),
    (rules.environment_reads, "import os\nos.environ['X']"),
    (rules.clock_reads, "from datetime import datetime\ndatetime.now()"),
    (rules.undocumented, "x = 1"),
]


@pytest.mark.parametrize(("rule", "source"), BREAKS)
def test_a_rule_finds_what_breaks_it(rule: Rule, source: str) -> None:
    assert list(rule(parsed(source)))


@pytest.mark.parametrize(
    "source",
    [
        'HOURS = 72\ndef f():\n    text(f"SELECT {HOURS}")',
        'def columns(): ...\nA = text(f"SELECT {columns()}")',
        'def f(name):\n    sql.SQL("SELECT {}").format(sql.Identifier(name))',
        'def f(a):\n    session.execute(text("SELECT :a"), {"a": a})',
    ],
)
def test_constants_and_parameters_are_no_composed_sql(source: str) -> None:
    assert list(rules.composed_sql(parsed(source))) == []


@pytest.mark.parametrize("name", ["utils", "string_helpers", "service", "KeyManager", "common"])
def test_names_that_say_nothing_are_found(name: str) -> None:
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)

    assert rules.EMPTY_NAMES.search(snake.strip("_"))
