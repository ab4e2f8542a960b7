"""The reference pages, as far as tests ask: their tables, and what stands under each heading."""

import re

from tests.architecture.sources import ROOT

REFERENCE = ROOT / "docs" / "reference"

_CODE = re.compile(r"`([^`]+)`")


def text(page: str) -> str:
    return (REFERENCE / page).read_text()


def rows(page: str, first: str) -> list[list[str]]:
    """The cells of all rows of the tables whose first column has this heading."""
    found: list[list[str]] = []
    inside = False
    for line in text(page).splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if inside and not set(cells[0]) <= set("-:"):
            found.append(cells)
        inside = inside or cells[0] == first
    return found


def parts(page: str, level: int) -> dict[str, str]:
    """What stands under each heading of this level, by heading."""
    pieces = re.split(rf"^{'#' * level} (.+)$", text(page), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def codes(cell: str) -> list[str]:
    """The words in code spans."""
    return _CODE.findall(cell)
