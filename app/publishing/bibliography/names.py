"""Names as CSL-JSON has them, in the orders in which formats write them."""

from collections.abc import Mapping
from typing import Any

CslName = Mapping[str, Any]


def in_order(name: CslName) -> str:
    """Zoé de la Tour."""
    return name.get("literal") or _joined(
        name, "given", "dropping-particle", "non-dropping-particle", "family", "suffix"
    )


def family_of(name: CslName) -> str:
    """What it is sorted by: without particles."""
    return str(name.get("family") or name.get("literal") or name.get("given") or "")


def is_organisation(name: CslName) -> bool:
    """Whether it comes whole: as organisations do, and whoever nobody has taken apart."""
    return "literal" in name


def _joined(name: CslName, *parts: str) -> str:
    return " ".join(str(name[part]) for part in parts if name.get(part))
