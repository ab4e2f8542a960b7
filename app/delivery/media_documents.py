"""What an address of a file leads to: whether the asset is in public, and has such a file."""

from typing import NamedTuple

from app.delivery.documents import gone, is_live, kept, missing
from app.delivery.reader import Reader
from app.delivery.statements import statement
from app.imaging.media_types import PICTURES
from app.published.media_urls import ORIGINALS, SUFFIXES, VERSION, Address
from app.web import caching
from app.web.answers import Headers
from app.web.conditional import etag_of

_BY_ID = statement("""
    SELECT d.status, array_to_string(d.tags, ' '), d.meta->>'notice', d.meta->>'sha256',
           d.meta->>'media_type', d.meta#>>'{focus,0}', d.meta#>>'{focus,1}'
    FROM published.documents d WHERE d.id = $1::uuid AND d.kind = 'asset'
""")

_SERVED: frozenset[str] = frozenset(ORIGINALS) - PICTURES
"""Originals that leave the house. A picture can tell where its photographer lives, so that only
renditions of it do, which have nothing written into them but what is meant for readers."""

_RENDITIONS = dict[str, str](SUFFIXES.items())


class Document(NamedTuple):
    """The file of an asset that is in public. `sha256` is that of the original."""

    sha256: str
    media_type: str
    etag: bytes
    headers: Headers


async def find(reader: Reader, address: Address) -> Document:
    """Raises NotFound where there is no such file in public, Gone where it was withdrawn."""
    row = await reader.row(_BY_ID, str(address.asset).encode())
    if row is None:
        raise missing()
    status, tags, notice, sha256, original, *focus = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if sha256 is None or original is None or sha256[:VERSION].decode() != address.version:
        raise missing()
    media_type = _media_type(address, original.decode())
    if media_type is None or (address.focus and not _is(focus, address.focus)):
        raise missing()
    return Document(
        sha256.decode(),
        media_type,
        etag_of(b"%b/%b.%b" % (sha256, address.file.encode(), address.suffix.encode())).encode(),
        kept(caching.FILE, tags.decode().split()),
    )


def _media_type(address: Address, original: str) -> str | None:
    """Of the file behind the address, if an asset whose original is this has one there."""
    if address.name is not None:
        return _RENDITIONS[address.suffix] if original in PICTURES else None
    return original if original in _SERVED and ORIGINALS[original] == address.suffix else None


def _is(focus: list[bytes | None], wanted: tuple[int, int]) -> bool:
    return focus == [b"%d" % part for part in wanted]
