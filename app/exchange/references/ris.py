"""RIS files."""

from collections.abc import Iterator
from itertools import islice

from app.errors import Invalid
from app.exchange.references import ris_lines
from app.exchange.references.decoding import decoded
from app.exchange.references.records import MOST, Entry
from app.exchange.references.ris_items import item
from app.exchange.references.ris_lines import Record, records


def entries(content: bytes) -> Iterator[Entry]:
    """Raises Invalid where the file is no text, or there are no records or too many in it."""
    found = list(islice(records(decoded(content)), MOST + 1))
    if len(found) > MOST:
        raise Invalid(f"There are more than {MOST:,} records in the file.")
    if not found:
        raise Invalid("There are no records in the file: they begin with a line `TY  - `.")
    for record in found:
        key = next(iter(record.taken("ID")), None)
        place = f"line {record.line}"
        yield Entry(place, key[:200] if key else None, item(record), tuple(_warnings(record)))


def _warnings(record: Record) -> Iterator[str]:
    if not record.ended:
        yield "it has no end (ER); it was read up to the next record"
    if record.total > ris_lines.MOST:
        yield f"it has {record.total:,} lines with tags; the first {ris_lines.MOST:,} were read"
