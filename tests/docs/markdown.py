"""The pages that people read: their fenced blocks, headings and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.architecture.sources import ROOT

GUIDES = ("editors", "citations", "front-ends", "tv-apps", "integrators", "operators")

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Fence:
    """A fenced block: the words behind its fence, what is in it, and the line it begins at."""

    words: tuple[str, ...]
    text: str
    line: int

    @property
    def language(self) -> str:
        return self.words[0] if self.words else ""


def all_pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def guide(name: str) -> Path:
    return ROOT / "docs" / f"{name}.md"


@lru_cache
def text(page: Path) -> str:
    return page.read_text()


def fences(page: Path) -> Iterator[Fence]:
    for found in _FENCE.finditer(text(page)):
        line = text(page).count("\n", 0, found.start()) + 1
        yield Fence(tuple(found[1].split()), found[2], line)


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def links(page: Path) -> list[str]:
    return _LINK.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """What `#…` can name: headings, as GitHub makes anchors of them."""
    headings = (heading.strip().lower() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}
