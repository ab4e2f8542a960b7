"""The desk's endpoints for the JSON Schemas of the outlet's own fields."""

from typing import Annotated, Any

from fastapi import Body, Response, Security

from app.editing.expectation import edit_etag
from app.editing.schemas import commands, queries
from app.editing.schemas.models import ExtrasSchema
from app.editing.schemas.schemas import ExtrasSchemaList, ExtrasSchemaView, Kind
from app.errors import Forbidden, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/schemas", tags=["Schemas"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.SCHEMAS_WRITE])
WRITE = responses(Forbidden, Stale, PreconditionMissing)

Document = Annotated[
    dict[str, Any],
    Body(
        description="JSON Schema, draft 2020-12",
        examples=[
            {
                "type": "object",
                "properties": {
                    "rating": {"type": "integer", "minimum": 1, "maximum": 5, "x-public": True},
                    "budget_code": {"type": "string", "pattern": "^[A-Z]{2}-", "x-public": False},
                },
            }
        ],
    ),
]


@router.get(
    "",
    operation_id="schemas_list",
    summary="The schemas that are set",
    responses=responses(Forbidden),
)
async def list_schemas(session: Session, actor: Actor = READER) -> ExtrasSchemaList:
    found = await queries.schemas(session)
    return ExtrasSchemaList(items=[ExtrasSchemaView.model_validate(schema) for schema in found])


@router.get(
    "/{kind}",
    operation_id="schemas_get",
    summary="The schema of one kind of thing",
    responses=responses(Forbidden),
)
async def get_schema(
    session: Session, kind: Kind, response: Response, actor: Actor = READER
) -> dict[str, Any]:
    """Where none was set, it is the one that allows no extras, with an `ETag` like any other."""
    return _document(response, await queries.schema(session, kind))


@router.put(
    "/{kind}",
    operation_id="schemas_replace",
    summary="Set the schema of one kind of thing",
    responses=WRITE,
)
async def replace_schema(
    session: Session,
    kind: Kind,
    body: Document,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> dict[str, Any]:
    """Each property of the top says with `x-public` (true or false) whether readers get it. What
    the schema does not speak of is not allowed, unless `additionalProperties` says so.

    References stay inside the document; `pattern` knows neither look-around nor back-references;
    keywords of your own begin with `x-`.
    """
    schema = await commands.replace(session, actor, kind, body, expected=expected)
    return _document(response, schema)


@router.delete(
    "/{kind}",
    status_code=204,
    operation_id="schemas_delete",
    summary="Allow no extras any more",
    responses=WRITE,
)
async def delete_schema(
    session: Session, kind: Kind, expected: Expected, actor: Actor = WRITER
) -> None:
    """Extras that are there stay at the desk, but are no longer public."""
    await commands.delete(session, actor, kind, expected=expected)


def _document(response: Response, schema: ExtrasSchema) -> dict[str, Any]:
    response.headers["ETag"] = edit_etag(schema.edit)
    return schema.document
