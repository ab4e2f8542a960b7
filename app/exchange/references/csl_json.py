"""CSL-JSON files: a list of items, or one, or what Zotero and registries wrap them in."""

from collections.abc import Iterator
from typing import Any

from app.errors import Invalid
from app.exchange.references.records import MOST, Entry, Refused
from app.web import strict_json
from app.web.pointers import pointer

LIMITS = strict_json.Limits(depth=32, values=1_000_000, members=1_000)


def entries(content: bytes) -> Iterator[Entry | Refused]:
    """Raises Malformed for what is no JSON, Invalid where there are no items in it."""
    parsed = strict_json.read(content.removeprefix(b"\xef\xbb\xbf"), limits=LIMITS)
    items, base = _items(parsed)
    if len(items) > MOST:
        raise Invalid(f"There are {len(items):,} items in the file; {MOST:,} can be read at once.")
    for number, item in enumerate(items):
        place = pointer([*base, number])
        if isinstance(item, dict):
            yield Entry(place, _key(item), item)
        else:
            yield Refused(place, None, "An item must be an object.")


def _items(parsed: Any) -> tuple[list[Any], list[str]]:
    """`{"items": […]}` is Zotero's, `{"message": …}` that of a registry of DOIs."""
    base: list[str] = []
    if isinstance(parsed, dict) and isinstance(parsed.get("message"), dict):
        parsed, base = parsed["message"], ["message"]
    if isinstance(parsed, dict) and isinstance(parsed.get("items"), list):
        parsed, base = parsed["items"], [*base, "items"]
    if isinstance(parsed, dict):
        parsed = [parsed]
    if not isinstance(parsed, list):
        raise Invalid("The file must hold a list of CSL-JSON items.")
    return parsed, base


def _key(item: dict[str, Any]) -> str | None:
    key = item.get("citation-key") or item.get("id")
    return str(key)[:200] if isinstance(key, str | int) else None
