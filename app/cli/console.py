"""Where commands write: results to stdout, all that is said about them to stderr."""

from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(message: str) -> None:
    """A word about what happens, for the person at the terminal."""
    err.print(message, markup=False, soft_wrap=True)


def warn(message: str) -> None:
    err.print(f"! {message}", style="yellow", markup=False, soft_wrap=True)


def complain(message: str) -> None:
    """Why the command ends without having done its work."""
    err.print(message, style="red", markup=False, soft_wrap=True)


def give(text: str) -> None:
    """A result that others may read: as it is, without wrapping and colours."""
    out.print(text, markup=False, soft_wrap=True, style=None)
