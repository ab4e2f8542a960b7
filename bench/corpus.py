"""A newsroom to measure: articles of the usual size, published by the ordinary commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy.ext.asyncio import AsyncSession

from app import migrate
from app.database import Database
from app.editing.articles import commands as articles
from app.editing.articles.schemas import ArticleSave
from app.editing.people import commands as people
from app.editing.people.schemas import PersonCreate
from app.editing.sections import commands as sections
from app.editing.sections.schemas import SectionCreate
from app.editing.site.commands import ensure_site
from app.editing.topics import commands as topics
from app.editing.topics.schemas import TopicCreate
from app.identity import commands as identity
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from app.published.document import GENRES
from app.publishing import commands as publishing
from app.publishing import press
from bench import prose

SEED = 42
FILMS = 3
"""Every third article has a film."""

CHUNK = 100
EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 700

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Newsroom:
    """An empty one: what articles can name, and a key for the desk."""

    key: str
    section_ids: list[UUID]
    person_ids: list[UUID]
    topic_ids: list[UUID]


def set_up(url: str) -> None:
    """Give an empty database its schema."""
    migrate.move(url)


async def furnish(database: Database) -> Newsroom:
    async with database.write() as session:
        await ensure_site(session)
        made = await identity.create(session, SYSTEM, name="bench", scopes=ROLES["admin"])
        section_ids: list[UUID] = []
        for number in range(8):
            draft = SectionCreate(
                edition="en",
                name=f"Section {number}",
                parent_id=section_ids[number - 4] if number >= 4 else None,
            )
            section_ids.append((await sections.create(session, SYSTEM, draft)).id)
        writers = [PersonCreate(name=f"Writer {number}") for number in range(20)]
        subjects = [TopicCreate(name=f"Topic {number}") for number in range(30)]
        return Newsroom(
            key=made.text,
            section_ids=section_ids,
            person_ids=[(await people.create(session, SYSTEM, one)).id for one in writers],
            topic_ids=[(await topics.create(session, SYSTEM, one)).id for one in subjects],
        )


async def fill(database: Database, newsroom: Newsroom, count: int, progress: Progress) -> None:
    """Make so many live articles."""
    for begin in range(0, count, CHUNK):
        numbers = range(begin, min(begin + CHUNK, count))
        ids = await draft(database, newsroom, numbers)
        async with database.write() as session:
            options = publishing.Options(quiet=True)
            await publishing.publish_many(session, SYSTEM, ids, options=options)
        progress(len(numbers))


async def draft(database: Database, newsroom: Newsroom, numbers: Sequence[int]) -> list[UUID]:
    """Begin articles that nobody has published yet."""
    async with database.write() as session:
        return [await _create(session, newsroom, number) for number in numbers]


def settle_statistics(url: str) -> None:
    """Do what autovacuum would do within some minutes."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def open_database(url: str) -> Database:
    return Database(url, pool_size=4, before_commit=press.settle)


async def _create(session: AsyncSession, newsroom: Newsroom, number: int) -> UUID:
    made = await articles.create(session, SYSTEM, _content(newsroom, number))
    return made.article.id


def _content(newsroom: Newsroom, number: int) -> ArticleSave:
    chance = Random(SEED * 1_000_003 + number)
    picture = {
        "url": f"https://media.example.org/pictures/{number}.jpg",
        "alt": prose.sentence(chance, 6),
        "credit": "The Kestrel Bay Courier",
        "width": 2400,
        "height": 1600,
    }
    lead: dict[str, Any] = {"image": picture}
    if number % FILMS == 0:
        lead = {"video": _film(number)}
    blocks: list[dict[str, Any]] = [
        {"type": "paragraph", "text": prose.paragraph(chance)} for _ in range(5)
    ]
    blocks.insert(2, {"type": "heading", "level": 2, "text": prose.headline(chance)})
    blocks.insert(4, {"type": "quote", "text": prose.sentence(chance), "attribution": "A keeper"})
    return ArticleSave.model_validate(
        {
            "headline": prose.headline(chance),
            "standfirst": prose.sentence(chance),
            "section_id": chance.choice(newsroom.section_ids),
            "bylines": [{"person_id": one} for one in chance.sample(newsroom.person_ids, 2)],
            "topic_ids": chance.sample(newsroom.topic_ids, 3),
            "genre": chance.choice(GENRES),
            "lead": lead,
            "body": blocks,
            "published_at": EARLIEST + timedelta(days=chance.random() * DAYS),
        }
    )


def _film(number: int) -> dict[str, Any]:
    media = f"https://media.example.org/films/{number}"
    return {
        "sources": [
            {"url": f"{media}/master.m3u8", "media_type": "application/vnd.apple.mpegurl",
             "height": 1080},
        ],
        "poster": {"url": f"{media}.jpg", "alt": "", "width": 1600, "height": 900},
        "duration": 60 + number % 600,
    }  # fmt: skip
