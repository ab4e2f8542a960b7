"""The desk's endpoints for sections."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.sections import commands, queries
from app.editing.sections.models import Section
from app.editing.sections.schemas import (
    EditionCode,
    SectionCreate,
    SectionMove,
    SectionNode,
    SectionOrder,
    SectionReplace,
    SectionTree,
    SectionView,
)
from app.editing.sections.tree import Tree
from app.editing.site.models import Edition
from app.editing.site.queries import edition_named
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/sections", tags=["Sections"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.SECTIONS_WRITE])
MOVE = responses(Forbidden, NotFound, Conflict)
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "",
    operation_id="sections_list",
    summary="The tree of an edition's sections",
    responses=responses(Forbidden),
)
async def list_sections(
    session: Session, edition: Annotated[EditionCode, Query()], actor: Actor = READER
) -> SectionTree:
    """All of them, hidden ones too, in their order."""
    wanted = await edition_named(session, edition, parameter="edition")
    return _tree(await queries.tree(session, wanted.id), edition)


@router.post(
    "",
    status_code=201,
    operation_id="sections_create",
    summary="Create a section",
    responses=responses(Forbidden, Conflict),
)
async def create_section(
    session: Session, body: SectionCreate, response: Response, actor: Actor = WRITER
) -> SectionView:
    """It is public at once, unless it is hidden."""
    section = await commands.create(session, actor, body)
    response.headers["Location"] = f"/desk/sections/{section.id}"
    return await _view(session, response, section)


@router.post(
    "/reorder",
    operation_id="sections_reorder",
    summary="Put sections into another order",
    responses=responses(Forbidden, Conflict),
)
async def reorder_sections(
    session: Session, body: SectionOrder, actor: Actor = WRITER
) -> SectionTree:
    """`ids` must be exactly those with this parent; the answer is the whole tree."""
    return _tree(await commands.reorder(session, actor, body), body.edition)


@router.get(
    "/{section_id}",
    operation_id="sections_get",
    summary="One section",
    responses=responses(Forbidden, NotFound),
)
async def get_section(
    session: Session, section_id: UUID, response: Response, actor: Actor = READER
) -> SectionView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, section_id))


@router.put(
    "/{section_id}", operation_id="sections_replace", summary="Change a section", responses=WRITE
)
async def replace_section(
    session: Session,
    section_id: UUID,
    body: SectionReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> SectionView:
    """With another slug its path and those below it change, and the old ones redirect. Articles
    keep the paths that they have."""
    section = await commands.replace(session, actor, section_id, body, expected=expected)
    return await _view(session, response, section)


@router.post(
    "/{section_id}/move",
    operation_id="sections_move",
    summary="Move a section with all below it",
    responses=MOVE,
)
async def move_section(
    session: Session,
    section_id: UUID,
    body: SectionMove,
    response: Response,
    actor: Actor = WRITER,
) -> SectionView:
    """To another parent or another place. The old paths redirect; articles keep theirs."""
    section = await commands.move(session, actor, section_id, body)
    return await _view(session, response, section)


@router.delete(
    "/{section_id}",
    status_code=204,
    operation_id="sections_delete",
    summary="Delete a section",
    responses=WRITE,
)
async def delete_section(
    session: Session, section_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while there are sections below it, or articles in it. Its path answers 410 then."""
    await commands.delete(session, actor, section_id, expected=expected)


async def _view(session: Session, response: Response, section: Section) -> SectionView:
    response.headers["ETag"] = edit_etag(section.edit)
    edition = await session.get_one(Edition, section.edition_id)
    names = SectionView.model_fields.keys() - {"edition"}
    return SectionView(edition=edition.code, **{name: getattr(section, name) for name in names})


def _tree(grown: Tree, edition: str) -> SectionTree:
    return SectionTree(edition=edition, items=_nodes(grown, None))


def _nodes(grown: Tree, parent_id: UUID | None) -> list[SectionNode]:
    return [
        SectionNode(
            id=section.id,
            slug=section.slug,
            path=section.path,
            name=section.name,
            hidden=section.hidden,
            children=_nodes(grown, section.id),
        )
        for section in grown.children(parent_id)
    ]
