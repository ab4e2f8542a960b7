"""Where commands write: results to stdout, all that is said about them to stderr."""

from rich.console import Console
from rich.text import Text

from app.observability import printable

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(message: str) -> None:
    """A word about what happens, for the person at the terminal."""
    err.print(plain(message), soft_wrap=True)


def warn(message: str) -> None:
    err.print(plain(f"! {message}"), style="yellow", soft_wrap=True)


def complain(message: str) -> None:
    """Why the command ends without having done its work."""
    err.print(plain(message), style="red", soft_wrap=True)


def give(text: str) -> None:
    """A result that others may read: as it is, without wrapping and colours."""
    out.print(plain(text), soft_wrap=True)


def plain(text: str) -> Text:
    """What others may have written, to be printed: without markup, and nothing in it but line
    ends is obeyed by the terminal."""
    return Text("\n".join(map(printable, text.split("\n"))))
