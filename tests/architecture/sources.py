"""The program's own source, read once: each module of `app` with its syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    path: Path
    source: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As it is written in tables: `app/published/document.py`."""
        return self.path.relative_to(ROOT).as_posix()

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted((ROOT / "app").rglob("*.py")))


def parsed(source: str) -> Module:
    """A module that is only text: for trying a rule on what breaks it."""
    return Module(ROOT / "app" / "tried.py", source, ast.parse(source))


def functions(module: Module) -> Iterator[Function]:
    """All functions and methods, inner ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call below this node, with the last part of the name of what is called."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            if isinstance(inner.func, ast.Attribute):
                yield inner.func.attr, inner
            elif isinstance(inner.func, ast.Name):
                yield inner.func.id, inner


def _read(path: Path) -> Module:
    source = path.read_text()
    return Module(path, source, ast.parse(source, str(path)))
