"""What the source is checked for: each rule gives the places that break it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Module, calls, functions

LONGEST_FILE = 300

EMPTY_NAMES = re.compile(
    r"(^|_)(utils?|helpers?|services?|managers?|common|misc|stuff)(_|$)", re.IGNORECASE
)
"""Names that say nothing about what is inside."""

SQL = frozenset(
    {"text", "statement", "execute", "executemany", "scalar", "scalars", "exec_driver_sql", "SQL"}
)
"""Calls whose first argument can be SQL."""


def long_files(module: Module) -> Iterator[str]:
    if (lines := len(module.source.splitlines())) > LONGEST_FILE:
        yield f"{module.name}: {lines} lines"


def empty_names(module: Module) -> Iterator[str]:
    parts = [part.removesuffix(".py") for part in module.name.split("/")]
    yield from (f"{module.name}: {part}" for part in parts if EMPTY_NAMES.search(part))


def inner_imports(module: Module) -> Iterator[str]:
    for function in functions(module):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{module.at(node)}: an import inside {function.name}"


def hidden_imports(module: Module) -> Iterator[str]:
    """Imports that only the type checker sees hide a cycle."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name == "TYPE_CHECKING":
                yield f"{module.at(node)}: TYPE_CHECKING"


def relative_imports(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{module.at(node)}: a relative import"


def ended_transactions(module: Module) -> Iterator[str]:
    for name, call in calls(module.tree):
        if name in ("commit", "rollback"):
            yield f"{module.at(call)}: {name}()"


def composed_sql(module: Module) -> Iterator[str]:
    """SQL that is put together from values when a function runs.

    What stands outside of functions is made once, at import, when there are no values yet;
    constants of a module, in capitals, may stand in it anywhere.
    """
    for function in functions(module):
        for name, call in calls(function):
            if name in SQL and call.args and _is_composed(call.args[0]):
                yield f"{module.at(call)}: SQL composed in {function.name}"


def environment_reads(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            yield f"{module.at(node)}: os.{node.attr}"


def clock_reads(module: Module) -> Iterator[str]:
    """Time comes from `app.clock`, or from the primary."""
    for name, call in calls(module.tree):
        if name in ("now", "utcnow", "today") and isinstance(call.func, ast.Attribute):
            owner = call.func.value
            last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if last in ("datetime", "date"):
                yield f"{module.at(call)}: {last}.{name}()"


def undocumented(module: Module) -> Iterator[str]:
    if module.source.strip() and ast.get_docstring(module.tree) is None:
        yield f"{module.name}: no docstring says what it is for"


def _is_composed(argument: ast.expr) -> bool:
    for node in ast.walk(argument):
        if isinstance(node, ast.FormattedValue) and not _is_constant(node.value):
            return True
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
            return not (_is_text(node.left) and _is_text(node.right))
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute):
        owner = argument.func.value
        return argument.func.attr == "format" and isinstance(owner, ast.Constant)
    return False


def _is_constant(value: ast.expr) -> bool:
    last = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return isinstance(value, ast.Constant) or (bool(last) and last == last.upper())


def _is_text(value: ast.expr) -> bool:
    return _is_constant(value) or (
        isinstance(value, ast.BinOp) and _is_text(value.left) and _is_text(value.right)
    )
