"""The people and topics that articles name."""

from typing import Annotated

from fastapi import Path

from app.delivery.addresses import MOVED, moved
from app.delivery.asking import Ask, Asked
from app.delivery.documents import answer_for, columns, is_id, missing
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import statement
from app.published.document import Person, Topic
from app.published.paths import encode
from app.web.answers import Answer

people = PublicRouter("people")
topics = PublicRouter("topics")

IdOrSlug = Annotated[
    str, Path(description="Its immutable id, or its slug", examples=["thea-lorimark"])
]

_BY_ID = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = $2
""")

_BY_SLUG = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.kind = $2 AND d.slug = $1 AND d.status = 200
""")

_BY_EARLIER_PATH = statement(f"""
    SELECT d.slug, {columns()}
    FROM published.paths p JOIN published.documents d ON d.id = p.document_id
    WHERE p.path = $1 AND d.kind = $2
""")


@people.get(
    "/people/{person}",
    operation_id="readPerson",
    summary="One person",
    response_model=Person,
    responses=MOVED | failing(*GONE),
)
async def read_person(ask: Asked, person: IdOrSlug) -> Answer:
    """Somebody with a byline or a credit. A slug that was given up answers 301."""
    return await read(ask, "person", "people", person)


@topics.get(
    "/topics/{topic}",
    operation_id="readTopic",
    summary="One topic",
    response_model=Topic,
    responses=MOVED | failing(*GONE),
)
async def read_topic(ask: Asked, topic: IdOrSlug) -> Answer:
    """A person, place, organisation, event or subject that articles are about.

    A slug that was given up answers 301.
    """
    return await read(ask, "topic", "topics", topic)


async def read(ask: Ask, kind: str, folder: str, name: str) -> Answer:
    """The document of this kind with this id or slug; a slug of old leads to the new one."""
    if is_id(name):
        return answer_for(await ask.reader.row(_BY_ID, name.encode(), kind.encode()))
    if row := await ask.reader.row(_BY_SLUG, name.encode(), kind.encode()):
        return answer_for(row)
    row = await ask.reader.row(_BY_EARLIER_PATH, f"/{folder}/{name}".encode(), kind.encode())
    if row is None:
        raise missing()
    slug, *document = row
    answer = answer_for(tuple(document))
    return moved(f"/v1/{folder}/{encode(slug.decode())}", answer.tags)
