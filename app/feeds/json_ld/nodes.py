"""PURE: nodes of JSON-LD."""

from collections.abc import Mapping
from typing import Any

import orjson

Json = Mapping[str, Any]
Node = dict[str, Any]

_INTO_PAGES = {
    b"<": rb"\u003c",
    b">": rb"\u003e",
    b"&": rb"\u0026",
    "\u2028".encode(): rb"\u2028",
    "\u2029".encode(): rb"\u2029",
}
"""So that no text can end the script element that it is put into."""


def node(kind: str | list[str], /, **fields: Any) -> Node:
    """Without what there is not. `id` is written as `@id`."""
    told = {"@type": kind[0] if len(kind) == 1 else kind, "@id": fields.pop("id", None), **fields}
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def written(graph: list[Node]) -> bytes:
    """Ready to be put into `<script type="application/ld+json">` as it is."""
    document = {"@context": "https://schema.org", "@graph": graph}
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    for character, escape in _INTO_PAGES.items():
        text = text.replace(character, escape)
    return text + b"\n"
