"""How `app.feeds` asks the database: through the reader of this process."""

from collections.abc import Awaitable, Sequence
from functools import lru_cache

from app.delivery.reader import Reader
from app.delivery.statements import Statement, statement
from app.feeds.places import Read, Row


def reading(reader: Reader) -> Read:
    def read(sql: str, *parameters: str | None) -> Awaitable[Sequence[Row]]:
        given = (each.encode() if each is not None else None for each in parameters)
        return reader.rows(_statement(sql), *given)

    return read


@lru_cache(maxsize=512)
def _statement(sql: str) -> Statement:
    return statement(sql)
