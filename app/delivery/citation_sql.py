"""PURE: the SQL of a list of citations. One statement for each shape of a query.

Walks and searches are told apart as in `list_sql`.
"""

from dataclasses import dataclass
from functools import lru_cache

from app.delivery.documents import http_date
from app.delivery.list_sql import Numbered, Selection
from app.delivery.statements import statement


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which filters a query has. `after`: the page goes on behind a cursor."""

    type: bool = False
    level: bool = False
    channel: bool = False
    since: bool = False
    until: bool = False
    section: bool = False
    after: bool = False

    @property
    def is_walk(self) -> bool:
        return not self.section and self.type + self.level + self.channel <= 1


@lru_cache(maxsize=256)
def select(shape: Shape) -> Selection:
    """Rows of: seq and date of the list's stamp, time, id and card of a citation, newest first.

    Parameters: key, type, level, channel, since, until, section, at and id (of the last row
    before), limit.
    """
    number = Numbered()
    key = number("key", "uuid")
    conditions = " AND ".join([f"l.key = {key}", *_conditions(shape, number)])
    sql = f"""
        SELECT s.seq, {http_date("s.at")}, w.published_at, w.citation_id, c.card
        FROM (
            SELECT l.citation_id, l.published_at FROM published.citation_listings l
            WHERE {conditions}
            ORDER BY l.published_at DESC, l.citation_id DESC LIMIT {number("limit", "bigint")}
        ) w
        JOIN published.citations c ON c.id = w.citation_id
        LEFT JOIN published.stamps s ON s.key = {key}
        ORDER BY w.published_at DESC, w.citation_id DESC
    """
    return Selection(statement(sql), tuple(number.names))


def _conditions(shape: Shape, number: Numbered) -> list[str]:
    equal = {"type": shape.type, "level": shape.level, "channel": shape.channel}
    found = [f"l.{name} = {number(name, 'text')}" for name, asked in equal.items() if asked]
    if shape.since:
        found.append(f"l.published_at >= {number('since', 'timestamptz')}")
    if shape.until:
        found.append(f"l.published_at < {number('until', 'timestamptz')}")
    if shape.section:
        found.append(
            "EXISTS (SELECT FROM published.listings a"
            f" WHERE a.article_id = l.article_id AND a.key = {number('section', 'uuid')})"
        )
    if shape.after:
        position = f"({number('at', 'timestamptz')}, {number('id', 'uuid')})"
        found.append(f"(l.published_at, l.citation_id) < {position}")
    return found
