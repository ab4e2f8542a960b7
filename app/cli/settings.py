"""`masthead settings`."""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from dotenv import dotenv_values
from pydantic import SecretStr
from rich.table import Table
from rich.text import Text

from app.cli.console import give, out, plain, warn
from app.cli.database_url import masked
from app.cli.opening import load
from app.settings import Settings, variable

PREFIX = variable("")


def settings(
    explain: Annotated[bool, typer.Option("--explain", help="Say what each one means.")] = False,
) -> None:
    """Show each setting, its value (secrets masked) and where it comes from.

    A variable of the environment wins over the same one in the file .env of this directory.
    """
    loaded = load()
    table = Table(box=None, pad_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, overflow="fold")
    for name, field in Settings.model_fields.items():
        table.add_row(variable(name), plain(shown(getattr(loaded, name))), source(name))
        if explain:
            table.add_row("", Text(field.description or "", style="dim"), "")
    out.print(table)
    for complaint in unknown_variables():
        warn(complaint)
    if not explain:
        give("\nWhat they mean: masthead settings --explain")


def shown(value: object) -> str:
    if value is None:
        return "-"
    return masked(value.get_secret_value()) if isinstance(value, SecretStr) else str(value)


def source(name: str) -> str:
    """Where a setting comes from: `environment`, `.env` or `default`."""
    wanted = variable(name)
    if wanted in _upper(os.environ):
        return "environment"
    return ".env" if wanted in _upper(_dotenv()) else "default"


def unknown_variables() -> Iterator[str]:
    """A sentence for each variable that looks like a setting and is none."""
    known = [variable(name) for name in Settings.model_fields]
    given = _upper(os.environ) | _upper(_dotenv())
    for name in sorted(name for name in given - set(known) if name.startswith(PREFIX)):
        close = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        yield f"{name} is set, but there is no such setting.{hint}"


def _dotenv() -> dict[str, str | None]:
    return dotenv_values(".env") if Path(".env").is_file() else {}


def _upper(names: object) -> set[str]:
    return {str(name).upper() for name in names}  # type: ignore[attr-defined]
