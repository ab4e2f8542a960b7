"""What a list belongs to, where that stands in its address: a stream, a series."""

from typing import NamedTuple

from app.delivery.asking import Ask
from app.delivery.documents import gone, is_id, is_live, missing
from app.delivery.statements import statement

_FOUND = "d.id::text, d.slug, d.status, d.meta->>'notice', array_to_string(d.tags, ' ')"

_BY_ID = statement(f"""
    SELECT {_FOUND} FROM published.documents d WHERE d.id = $1::uuid AND d.kind = $2
""")

_BY_SLUG = statement(f"""
    SELECT {_FOUND} FROM published.documents d
    WHERE d.kind = $2 AND d.slug = $1 AND d.status = 200
""")

_BY_EARLIER_PATH = statement(f"""
    SELECT {_FOUND} FROM published.paths p JOIN published.documents d ON d.id = p.document_id
    WHERE p.path = $1 AND d.kind = $2
""")


class Holder(NamedTuple):
    """`moved`: it was asked for by a slug that it has given up."""

    id: str
    slug: str
    tags: tuple[str, ...]
    moved: bool


async def holder(ask: Ask, kind: str, folder: str, name: str) -> Holder:
    """The document with this id or slug. Raises NotFound, or Gone."""
    by, wanted = (_BY_ID if is_id(name) else _BY_SLUG), name
    row = await ask.reader.row(by, wanted.encode(), kind.encode())
    moved = row is None and by is _BY_SLUG
    if moved:
        row = await ask.reader.row(_BY_EARLIER_PATH, f"/{folder}/{name}".encode(), kind.encode())
    if row is None:
        raise missing()
    identity, slug, status, notice, tags = row
    if not is_live(status):
        raise gone(status, notice, tags)
    return Holder(identity.decode(), slug.decode(), tuple(tags.decode().split()), moved)
