"""The sections of an edition: as a tree, and one by one."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

from app.delivery.addresses import MOVED, moved, spelling
from app.delivery.asking import Asked
from app.delivery.documents import answer_for, columns, is_id, missing
from app.delivery.routing import GONE, Given, PublicRouter, QueryModel, failing, refused, unknown
from app.delivery.statements import number, statement
from app.published.document import Section, SectionTree
from app.published.paths import encode
from app.web.answers import Answer

router = PublicRouter("sections")


class EditionQuery(QueryModel):
    edition: Given[Annotated[str, Field(min_length=1, max_length=60)]] = Field(
        default=None,
        description="Code of an edition. Default: the default edition.",
        examples=["en"],
    )


IdOrPath = Annotated[
    str,
    Path(
        description="Its immutable id, or its path: in full, or within the default edition",
        examples=["news/harbour"],
    ),
]

DEFAULT_EDITION = """
    FROM published.documents e
    WHERE e.kind = 'edition' AND e.status = 200 AND e.slug IS NOT NULL
        AND (e.meta->>'default')::boolean LIMIT 1
"""

_TREE = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.kind = 'sections' AND d.status = 200
        AND d.slug = coalesce($1, (SELECT e.slug {DEFAULT_EDITION}))
""")

_BY_ID = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = 'section'
""")

_BY_PATH = statement(f"""
    SELECT p.redirect, d.path, {columns()}
    FROM published.paths p JOIN published.documents d ON d.id = p.document_id
    WHERE d.kind = 'section'
        AND p.path IN ($1, (SELECT nullif(e.path, '/') {DEFAULT_EDITION}) || $1)
    ORDER BY p.path <> $1 LIMIT 1
""")


@router.get(
    "/sections",
    operation_id="readSectionTree",
    summary="An edition's sections, as a tree",
    response_model=SectionTree,
    responses=failing(),
)
async def read_section_tree(ask: Asked, query: Annotated[EditionQuery, Query()]) -> Answer:
    """All sections that readers can see, in the editors' order."""
    wanted = query.edition.encode() if query.edition is not None else None
    row = await ask.reader.row(_TREE, wanted)
    if row is None and wanted is not None:
        raise refused(unknown("edition"))
    return answer_for(row)


@router.get(
    "/sections/{section:path}",
    operation_id="readSection",
    summary="One section",
    response_model=Section,
    responses=MOVED | failing(*GONE),
)
async def read_section(ask: Asked, section: IdOrPath) -> Answer:
    """A section with its breadcrumbs and what stands directly below it.

    A path that was given up answers 301.
    """
    if is_id(section):
        return answer_for(await ask.reader.row(_BY_ID, section.encode()))
    row = await ask.reader.row(_BY_PATH, spelling(section).encode())
    if row is None:
        raise missing()
    redirects, path, *document = row
    answer = answer_for(tuple(document))
    if number(redirects):
        return moved(f"/v1/sections{encode(path.decode())}", answer.tags)
    return answer
