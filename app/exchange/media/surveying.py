"""Which files articles show by their addresses, in what is newest at the desk."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select

from app.database import Database
from app.editing.articles.models import Article, Revision
from app.exchange.media import places
from app.exchange.media.places import File, Hosts

PAGE = 200

Progress = Callable[[str, int, int], None]
"""Told what is at work, how much of it is done, and of how much."""


@dataclass
class Survey:
    """`files` with what is told of each where it was found first; `articles` show some of them.

    `hosts` counts the files of all hosts; "" are our own.
    """

    looked_at: int = 0
    files: dict[File, dict[str, str]] = field(default_factory=dict)
    articles: list[UUID] = field(default_factory=list)
    hosts: Counter[str] = field(default_factory=Counter)
    still_named: int = 0


async def survey(database: Database, hosts: Hosts, progress: Progress) -> Survey:
    """Look through all articles, live or not."""
    found, seen = Survey(), set[str]()
    async with database.read() as session:
        total = (await session.execute(select(func.count()).select_from(Article))).scalar_one()
    async for page in _pages(database):
        for article_id, content in page:
            _look(found, seen, hosts, article_id, content)
        found.looked_at += len(page)
        progress("Looking through articles", found.looked_at, total)
    return found


def _look(
    found: Survey, seen: set[str], hosts: Hosts, article_id: UUID, content: dict[str, Any]
) -> None:
    for url in places.addresses(content):
        if url not in seen:
            seen.add(url)
            found.hosts[urlsplit(url).netloc] += 1
    ours = [each for each in places.shown(content) if all(map(hosts.have, each.file.urls))]
    for place in ours:
        told = found.files.setdefault(place.file, {})
        for name, text in place.told.items():
            told.setdefault(name, text)
    if ours:
        found.articles.append(article_id)
    found.still_named += places.names_otherwise(content, hosts)


async def _pages(database: Database) -> AsyncIterator[list[tuple[UUID, dict[str, Any]]]]:
    after: UUID | None = None
    while True:
        query = (
            select(Article.id, Revision.content)
            .join(
                Revision,
                (Revision.article_id == Article.id) & (Revision.number == Article.revision),
            )
            .order_by(Article.id)
            .limit(PAGE)
        )
        if after is not None:
            query = query.where(Article.id > after)
        async with database.read() as session:
            page = [(row.id, row.content) for row in await session.execute(query)]
        if not page:
            return
        yield page
        after = page[-1][0]
