"""The command `masthead`: all its subcommands, and how it ends."""

import signal
import sys
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli import (
    demo,
    doctor,
    import_,
    keys,
    migrate,
    openapi,
    rerender,
    roles,
    serve,
    settings,
)
from app.cli.console import complain, give
from app.cli.failures import Stop, told


class Plain(TyperGroup):
    """Commands whose complaints about options do not begin with the words of a library."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


program = typer.Typer(
    name="masthead",
    cls=Plain,
    help="A headless publishing backend for newsrooms.",
    epilog="Exit codes: 0 done; 1 it failed; 2 it cannot be done as asked (an option, a setting, "
    "a database that does not fit). Settings come from MASTHEAD_… variables: masthead settings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

program.command(short_help="Serve an invented newsroom, to try everything on.")(demo.demo)
program.command()(serve.serve)
program.command()(serve.worker)
program.command()(migrate.migrate)
program.command(short_help="Make a database role that sees what is public only.")(roles.roles)
program.command(short_help="Show each setting and where it comes from.")(settings.settings)
program.command(short_help="Look for what is wrong, and say the way out.")(doctor.doctor)
program.command(short_help="Make live documents again, while the server runs.")(rerender.rerender)
program.command(short_help="Print an OpenAPI document.")(openapi.openapi)
program.add_typer(import_.app)
program.add_typer(keys.app)


def _show_version(wanted: bool) -> None:
    if wanted:
        give(metadata.version("masthead"))
        raise typer.Exit


@program.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Options of `masthead` itself; the one there is has done its work already."""


def main() -> None:
    # Python's own answer to SIGTERM ends it where it stands; this one leaves in good order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with told():
            program()
    except Stop as stop:
        complain(str(stop))
        sys.exit(stop.code)
