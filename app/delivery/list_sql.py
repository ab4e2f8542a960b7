"""PURE: the SQL of a list of articles. One statement for each shape of a query.

A *walk* goes along an index of `published.listings` and stops at the end of the page: its cost does
not depend on how many articles there are. Anything else is a *search*: it walks an index too, but
throws away what does not fit, and nobody knows how much that is.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from app.delivery.documents import http_date
from app.delivery.list_query import Order
from app.delivery.statements import Statement, statement


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which filters a query has. `also`: how many lists besides the first an article must be in.
    `video` is None where that does not matter. `after`: the page goes on behind a cursor. `films`:
    the cards are those of the articles' videos."""

    order: Order = Order.NEWEST
    also: int = 0
    without: bool = False
    edition: bool = False
    genres: int = 0
    format: bool = False
    language: bool = False
    video: bool | None = None
    since: bool = False
    until: bool = False
    after: bool = False
    films: bool = False

    @property
    def is_walk(self) -> bool:
        if self.also or self.without or self.edition or self.video is False:
            return False
        narrowing = sum(map(bool, (self.genres, self.format, self.language, self.video)))
        if self.order is Order.UPDATED:
            return not (narrowing or self.since or self.until)
        return narrowing <= 1


@dataclass(frozen=True)
class Selection:
    """A statement, and the names of its parameters in their order."""

    statement: Statement
    parameters: tuple[str, ...]


@dataclass
class Numbered:
    """Gives parameters their numbers: called with a name and a type, it gives `$1::uuid`."""

    names: list[str] = field(default_factory=list)

    def __call__(self, name: str, kind: str) -> str:
        if name not in self.names:
            self.names.append(name)
        return f"${self.names.index(name) + 1}::{kind}"


@lru_cache(maxsize=1024)
def select(shape: Shape) -> Selection:
    """Rows of: seq and date of the list's stamp, the order's time, id and card of an article.

    Parameters: key, also0…, without, edition, genre (or an array of them), format, language,
    since, until, at and id (of the last row before), limit.
    """
    number = Numbered()
    key = number("key", "uuid")
    time = "updated_at" if shape.order is Order.UPDATED else "published_at"
    direction = "ASC" if shape.order is Order.OLDEST else "DESC"
    order = f"{{0}}.{time} {direction}, {{0}}.article_id {direction}"
    conditions = " AND ".join([f"l.key = {key}", *_conditions(shape, number, time)])
    limit = number("limit", "bigint")
    walk = f"""
        SELECT l.article_id, l.{time} FROM published.listings l
        WHERE {conditions} ORDER BY {order.format("l")} LIMIT {limit}
    """
    if shape.genres > 1:
        # One walk for each genre, then the first of them all.
        walk = f"""
            SELECT each.* FROM unnest({number("genre", "text[]")}) AS asked(genre)
            CROSS JOIN LATERAL ({walk}) each
            ORDER BY {order.format("each")} LIMIT {limit}
        """
    holder, its_id = ("videos", "article_id") if shape.films else ("documents", "id")
    sql = f"""
        SELECT s.seq, {http_date("s.at")}, w.{time}, w.article_id, d.card
        FROM ({walk}) w
        JOIN published.{holder} d ON d.{its_id} = w.article_id
        LEFT JOIN published.stamps s ON s.key = {key}
        ORDER BY {order.format("w")}
    """
    return Selection(statement(sql), tuple(number.names))


def _conditions(shape: Shape, number: Numbered, time: str) -> list[str]:
    listed = (
        "EXISTS (SELECT FROM published.listings a WHERE a.article_id = l.article_id AND a.key ="
    )
    found = [f"{listed} {number(f'also{index}', 'uuid')})" for index in range(shape.also)]
    if shape.without:
        found.append(f"NOT {listed} {number('without', 'uuid')})")
    if shape.genres > 1:
        found.append("l.genre = asked.genre")
    equal = {
        "edition": shape.edition,
        "genre": shape.genres == 1,
        "format": shape.format,
        "language": shape.language,
    }
    found += [f"l.{name} = {number(name, 'text')}" for name, asked in equal.items() if asked]
    if shape.video is not None:
        found.append("l.has_video" if shape.video else "NOT l.has_video")
    if shape.since:
        found.append(f"l.published_at >= {number('since', 'timestamptz')}")
    if shape.until:
        found.append(f"l.published_at < {number('until', 'timestamptz')}")
    if shape.after:
        beyond = ">" if shape.order is Order.OLDEST else "<"
        position = f"({number('at', 'timestamptz')}, {number('id', 'uuid')})"
        found.append(f"(l.{time}, l.article_id) {beyond} {position}")
    return found
