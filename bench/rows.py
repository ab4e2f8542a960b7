"""What is measured of public reads: each row with the addresses that it asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from random import Random

import psycopg

from bench.bare import Answers
from bench.load import Target

MOST_TARGETS = 500
"""More than a cache in front of one row would help with, few enough to be asked for beforehand."""

Paths = Callable[[psycopg.Connection], list[str]]


@dataclass(frozen=True)
class Row:
    """`expects` is the status that every answer must have."""

    name: str
    title: str
    paths: Paths
    expects: int = 200


def _column(sql: str) -> Paths:
    def paths(connection: psycopg.Connection) -> list[str]:
        return [path for (path,) in connection.execute(sql.encode())]

    return paths


_ARTICLES = "FROM published.documents WHERE kind = 'article' AND status = 200"
_BY_ID = _column(f"SELECT '/v1/articles/' || id {_ARTICLES}")


def _feed(name: str) -> Paths:
    return _column(
        f"SELECT '/feeds/sections/' || id || '.{name}' FROM published.documents"
        " WHERE kind = 'section'"
    )


ROWS: Sequence[Row] = (
    Row("article", "article by id", _BY_ID),
    Row("page", "article by path", _column(f"SELECT '/v1/pages' || path {_ARTICLES}")),
    Row("list", "list of 20", lambda connection: ["/v1/articles"]),
    Row(
        "section-list",
        "20 of a section",
        _column(
            "SELECT '/v1/articles?section=' || id FROM published.documents WHERE kind = 'section'"
        ),
    ),
    Row(
        "section",
        "section",
        _column("SELECT '/v1/sections/' || id FROM published.documents WHERE kind = 'section'"),
    ),
    Row("rss", "RSS of a section", _feed("rss")),
    Row("roku", "Roku feed of a section", _feed("roku")),
    Row("not-modified", "304 of an article", _BY_ID, expects=304),
    Row("feed-not-modified", "304 of an RSS feed", _feed("rss"), expects=304),
)


@dataclass(frozen=True)
class Prepared:
    """`targets` are Masthead's, `numbered` those of the bare servers for the same bytes."""

    row: Row
    targets: list[Target]
    numbered: list[Target]
    answers: Answers

    @property
    def mean_bytes(self) -> int:
        return round(sum(len(body) for _, body in self.answers) / len(self.answers))


def prepare(row: Row, url: str, port: int, *, first: int) -> Prepared:
    """Ask Masthead once for each target of the row; its answers are numbered from `first`.

    Raises RuntimeError where one has another status than the row expects.
    """
    with psycopg.connect(url) as connection:
        paths = sorted(row.paths(connection))
    chosen = Random(7).sample(paths, min(MOST_TARGETS, len(paths)))
    targets = [Target(path) for path in chosen]
    client = HTTPConnection("127.0.0.1", port, timeout=30)
    if row.expects == 304:
        targets = [replace(one, etag=_ask(client, one)[2]) for one in targets]
    answers = []
    for target in targets:
        status, body, _ = _ask(client, target)
        if status != row.expects:
            raise RuntimeError(f"{target.path} answers {status}, not {row.expects}")
        answers.append((status, body))
    client.close()
    numbered = [Target(f"/{first + place}") for place in range(len(answers))]
    return Prepared(row, targets, numbered, answers)


def _ask(client: HTTPConnection, target: Target) -> tuple[int, bytes, str | None]:
    client.request(
        "GET", target.path, headers={"If-None-Match": target.etag} if target.etag else {}
    )
    answer = client.getresponse()
    return answer.status, answer.read(), answer.headers["ETag"]
