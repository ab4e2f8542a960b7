"""Which lists a query is about: what its parameters name, and the stamp of the first of them."""

from dataclasses import dataclass

from app.delivery.addresses import spelling
from app.delivery.documents import http_date, is_id
from app.delivery.list_query import ListQuery
from app.delivery.paging import Stamp
from app.delivery.reader import Reader
from app.delivery.routing import refused, unknown
from app.delivery.sections import DEFAULT_EDITION
from app.delivery.statements import statement
from app.delivery.wire import Row
from app.errors import Fault, NotFound
from app.published.models import EVERYTHING

_FOUND = f"d.id::text, d.edition, s.seq, {http_date('s.at')}"
_WITH_STAMP = "LEFT JOIN published.stamps s ON s.key = d.id"

_BY_ID = statement(f"""
    SELECT {_FOUND} FROM published.documents d {_WITH_STAMP}
    WHERE d.id = $1::uuid AND d.kind = $2 AND d.status = 200
""")

_BY_SLUG = statement(f"""
    SELECT {_FOUND} FROM published.documents d {_WITH_STAMP}
    WHERE d.kind = $2 AND d.slug = $1 AND d.status = 200
""")

_SECTION = statement(f"""
    SELECT {_FOUND} FROM published.paths p
    JOIN published.documents d ON d.id = p.document_id {_WITH_STAMP}
    WHERE d.kind = 'section' AND d.status = 200 AND p.path IN ($1, (
        SELECT nullif(e.path, '/') FROM published.documents e
        WHERE e.kind = 'edition' AND e.status = 200
            AND e.slug = coalesce($2, (SELECT e.slug {DEFAULT_EDITION}))
    ) || $1)
    ORDER BY p.path = $1, d.id LIMIT 1
""")

_CITED = statement(f"""
    SELECT d.meta->>'moved_to', {_FOUND} FROM published.documents d {_WITH_STAMP}
    WHERE d.id = $1::uuid AND d.kind = $2 AND d.status = 200
""")

PLACES = ("cites_work", "series", "speaker", "person", "topic", "cites_publication", "section")
"""The parameters that name a list: the shortest first, as far as one can guess. A person has fewer
articles than a section."""

CITED = ("work", "publication", "speaker")
"""The kinds of what articles cite: found by id, also by that of one that was merged."""

_MOST_MERGES = 10
"""How far one that was merged is followed to the one that stayed."""

_KINDS = {"not_topic": "topic", "cites_work": "work", "cites_publication": "publication"}
"""The kinds of documents that parameters name, where they are called otherwise."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """`key` is the list to go along; the articles must be in those of `also`, not in `without`.

    `edition` narrows a list that is not one of a single edition.
    """

    key: str
    also: tuple[str, ...] = ()
    without: str | None = None
    edition: str | None = None
    stamp: Stamp | None = None


async def named(reader: Reader, query: ListQuery) -> Keys:
    """What the parameters name. Raises Invalid with each that names nothing in public."""
    found: dict[str, Row] = {}
    faults: list[Fault] = []
    for parameter in (*PLACES, "edition", "not_topic"):
        value = getattr(query, parameter)
        if value is None:
            continue
        kind = _KINDS.get(parameter, parameter)
        row = await look_up(reader, kind, value, edition=query.edition)
        if row is None:
            faults.append(unknown(parameter))
        else:
            found[parameter] = row
    if "section" in found and query.edition not in (None, found["section"][1].decode()):
        faults.append(Fault("It is not a section of this edition.", parameter="section"))
    if faults:
        raise refused(*faults)
    return _keys(found, query)


async def look_up(
    reader: Reader, kind: str, value: str, *, edition: str | None = None
) -> Row | None:
    """Id, edition, and seq and date of the stamp of the list that this id, slug or path names."""
    if kind in CITED:
        return await _cited(reader, kind, value)
    if is_id(value):
        return await reader.row(_BY_ID, value.encode(), kind.encode())
    if kind != "section":
        return await reader.row(_BY_SLUG, value.encode(), kind.encode())
    try:
        path = spelling(value)
    except NotFound:
        return None
    return await reader.row(_SECTION, path.encode(), edition.encode() if edition else None)


async def _cited(reader: Reader, kind: str, identity: str) -> Row | None:
    """Of one that was merged into another, the other one: its list has the articles of both."""
    for _ in range(_MOST_MERGES):
        row = await reader.row(_CITED, identity.encode(), kind.encode())
        if row is None:
            return None
        moved_to, *found = row
        if moved_to is None:
            return tuple(found)
        identity = moved_to.decode()
    return None


def _keys(found: dict[str, Row], query: ListQuery) -> Keys:
    chosen = [name for name in PLACES if name in found]
    across = "section" not in found and bool(chosen)
    if not chosen and "edition" in found:
        chosen = ["edition"]
    ids = [found[name][0].decode() for name in chosen] or [str(EVERYTHING)]
    seq, at = found[chosen[0]][2:] if chosen else (None, None)
    return Keys(
        key=ids[0],
        also=tuple(ids[1:]),
        without=found["not_topic"][0].decode() if "not_topic" in found else None,
        edition=query.edition if across else None,
        stamp=Stamp(seq=seq, at=at) if seq is not None else None,
    )
