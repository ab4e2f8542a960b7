"""BibTeX and BibLaTeX files."""

import re
from collections.abc import Iterator, Mapping

from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Parsed
from bibtexparser.splitter import Splitter

from app.errors import Invalid
from app.exchange.references.bibtex_items import item
from app.exchange.references.bibtex_values import value
from app.exchange.references.decoding import decoded
from app.exchange.references.records import MOST, Entry, Refused

MARKS = 1_000_000
"""Braces, quotes and fields in a file: a hundred for each of as many entries as may be in it."""

_BLOCK = re.compile(r"@\w*[ \t]*[{(]")


def entries(content: bytes) -> Iterator[Entry | Refused]:
    """Raises Invalid where the file is no text, or there are no entries or too many in it."""
    text = decoded(content)
    if sum(text.count(mark) for mark in '{"=') > MARKS:
        raise Invalid(f"There are more than {MARKS:,} braces, quotes and fields in the file.")
    blocks = sum(1 for _ in _BLOCK.finditer(text))
    if blocks > MOST:
        raise Invalid(f"There are more than {MOST:,} entries in the file.")
    if not blocks:
        raise Invalid("There are no entries in the file: they begin with @ and a type.")
    abbreviations: dict[str, str] = {}
    for block in Splitter(text).split().blocks:
        if isinstance(block, String):
            meant = value(block.value, abbreviations)
            if meant is not None:
                abbreviations[block.key.lower()] = meant
        elif isinstance(block, Parsed | ParsingFailedBlock):
            yield _entry(block, abbreviations)


def _entry(block: Parsed | ParsingFailedBlock, abbreviations: Mapping[str, str]) -> Entry | Refused:
    place = f"line {(block.start_line or 0) + 1}"
    parsed = block if isinstance(block, Parsed) else block.ignore_error_block
    if not isinstance(parsed, Parsed):
        assert isinstance(block, ParsingFailedBlock)
        reason = getattr(block.error, "abort_reason", "the same abbreviation again")
        return Refused(place, None, f"It is not well formed: {reason[:200]}")
    warnings = []
    if isinstance(block, DuplicateBlockKeyBlock):
        warnings.append("another entry before it has the same key")
    if isinstance(block, DuplicateFieldKeyBlock):
        twice = ", ".join(sorted(block.duplicate_keys))
        warnings.append(f"given twice, of which the first was read: {twice[:200]}")
    fields: dict[str, str] = {}
    for field in parsed.fields:
        meant = value(str(field.value), abbreviations)
        if meant is None:
            warnings.append(f"the field {field.key[:50]} is too long and was left out")
        else:
            fields.setdefault(field.key.lower(), meant)
    read = item(parsed.entry_type.lower(), fields)
    return Entry(place, parsed.key[:200] or None, read, tuple(warnings))
