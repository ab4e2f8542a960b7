"""The command `masthead`: all its subcommands, and how it ends."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.cli.console import complain, give
from app.cli.failures import Stop, told
from app.processes.loading import loaded

plain = partial(
    typer.Typer, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)

PLACES = {
    "demo": "app.cli.demo:demo",
    "serve": "app.cli.serve:serve",
    "worker": "app.cli.serve:worker",
    "migrate": "app.cli.migrate:migrate",
    "roles": "app.cli.roles:roles",
    "settings": "app.cli.settings:settings",
    "doctor": "app.cli.doctor:doctor",
    "rerender": "app.cli.rerender:rerender",
    "sweep": "app.cli.sweep:sweep",
    "openapi": "app.cli.openapi:openapi",
    "import": "app.cli.import_:app",
    "keys": "app.cli.keys:app",
}
"""Where each command is: a function, or a family of commands. A server does not wait until the
demo, the importers and their libraries are loaded."""

SHORT = {
    "demo": "Serve an invented newsroom, to try everything on.",
    "roles": "Make a database role that sees what is public only.",
    "settings": "Show each setting and where it comes from.",
    "doctor": "Look for what is wrong, and say the way out.",
    "rerender": "Make live documents again, while the server runs.",
    "sweep": "Delete files that no asset has.",
    "openapi": "Print an OpenAPI document.",
}
"""In the list of all commands, where the first sentence of a command says more than fits."""


def command(name: str) -> TyperCommand | TyperGroup:
    """The command of this name, loaded."""
    module, attribute = PLACES[name].split(":")
    found: typer.Typer | Callable[..., None] = getattr(loaded(module), attribute)
    alone = plain()
    if isinstance(found, typer.Typer):
        alone.add_typer(found)
    else:
        alone.command(name, short_help=SHORT.get(name))(found)
    made = typer.main.get_group(alone).commands[name]
    assert isinstance(made, TyperCommand | TyperGroup)
    return made


class Commands(TyperGroup):
    """Loads a command when it is asked for. Complaints about options do not begin with the words
    of a library."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return command(cmd_name) if cmd_name in PLACES else None

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


program = plain(
    name="masthead",
    cls=Commands,
    help="A headless publishing backend for newsrooms.",
    epilog="Exit codes: 0 done; 1 it failed; 2 it cannot be done as asked (an option, a setting, "
    "a database that does not fit). Settings come from MASTHEAD_… variables: masthead settings.",
    no_args_is_help=True,
)


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
