"""What articles cite: works, publications and speakers, by id.

One that was merged into another answers 301 to it.
"""

from typing import Annotated

from fastapi import Path

from app.delivery.addresses import MOVED, moved
from app.delivery.asking import Ask, Asked
from app.delivery.documents import answer_for, columns, is_id, missing
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import statement
from app.published.citations import Publication, Speaker, Work
from app.web.answers import Answer

router = PublicRouter("citations")


_IS_ID = Path(
    description="Its immutable id",
    examples=["5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"],
    json_schema_extra={"format": "uuid"},
)

WorkId = Annotated[str, _IS_ID]
PublicationId = Annotated[str, _IS_ID]
SpeakerId = Annotated[str, _IS_ID]

_BY_ID = statement(f"""
    SELECT d.meta->>'moved_to', {columns()} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = $2
""")


@router.get(
    "/works/{work_id}",
    operation_id="readWork",
    summary="One work that articles cite",
    response_model=Work,
    responses=MOVED | failing(*GONE),
)
async def read_work(ask: Asked, work_id: WorkId) -> Answer:
    """An article of a newspaper, a report, a ruling, a dataset…: where it can be read, and what
    has happened to it since it was cited.

    One that turned out to be another one answers 301.
    """
    return await _read(ask, "work", work_id)


@router.get(
    "/publications/{publication_id}",
    operation_id="readPublication",
    summary="One publication that articles cite",
    response_model=Publication,
    responses=MOVED | failing(*GONE),
)
async def read_publication(ask: Asked, publication_id: PublicationId) -> Answer:
    """An outlet, an agency or an institution that issues works.

    One that turned out to be another one answers 301.
    """
    return await _read(ask, "publication", publication_id)


@router.get(
    "/speakers/{speaker_id}",
    operation_id="readSpeaker",
    summary="One speaker whom articles quote",
    response_model=Speaker,
    responses=MOVED | failing(*GONE),
)
async def read_speaker(ask: Asked, speaker_id: SpeakerId) -> Answer:
    """Somebody whom articles quote by name. Whoever is not named is not here.

    One who turned out to be another one answers 301.
    """
    return await _read(ask, "speaker", speaker_id)


async def _read(ask: Ask, kind: str, identity: str) -> Answer:
    if not is_id(identity):
        raise missing()
    row = await ask.reader.row(_BY_ID, identity.encode(), kind.encode())
    if row is None:
        raise missing()
    moved_to, *document = row
    answer = answer_for(tuple(document))
    if moved_to is not None:
        return moved(f"/v1/{kind}s/{moved_to.decode()}", answer.tags)
    return answer
