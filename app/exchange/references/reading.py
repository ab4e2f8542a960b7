"""Files of references, in whichever format, as works."""

from collections.abc import Callable, Iterator
from typing import Literal

from app.exchange.references import bibtex, csl_items, csl_json, ris
from app.exchange.references.records import LARGEST, Entry, References, Refused
from app.web.refusals import ContentTooLarge

Format = Literal["csl-json", "bibtex", "ris"]

READERS: dict[Format, Callable[[bytes], Iterator[Entry | Refused]]] = {
    "csl-json": csl_json.entries,
    "bibtex": bibtex.entries,
    "ris": ris.entries,
}


def read(content: bytes, form: Format) -> References:
    """All of a file. An entry that makes no work is refused by itself.

    Raises ContentTooLarge, Malformed or Invalid where the file as a whole cannot be read. What it
    does takes seconds for the largest file: not for the event loop.
    """
    if len(content) > LARGEST:
        raise ContentTooLarge(f"The file is larger than {LARGEST:,} bytes.")
    return References(
        [
            csl_items.work(entry) if isinstance(entry, Entry) else entry
            for entry in READERS[form](content)
        ]
    )
