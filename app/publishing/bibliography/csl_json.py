"""An article's citations as CSL-JSON."""

import orjson

from app.publishing.bibliography.entries import items
from app.publishing.bibliography.listed import Listed


def write(listed: Listed) -> bytes:
    """A list of items, for any citation processor."""
    return orjson.dumps(items(listed), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
