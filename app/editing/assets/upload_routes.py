"""The desk's endpoint for whole files."""

from dataclasses import replace
from typing import Annotated

from fastapi import Header, Request, Response, Security
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import media
from app.editing.assets import receiving
from app.editing.assets.filing import Filed, file_away
from app.editing.assets.schemas import AssetFields, AssetView
from app.editing.assets.telling import told
from app.editing.assets.views import PATH, view
from app.errors import Conflict, Forbidden, MastheadError
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.storage.uploads import TooLong
from app.web import idempotency
from app.web.multipart import Form
from app.web.problems import responses
from app.web.refusals import ContentTooLarge
from app.web.upload_route import Info, UploadRouter, Write, Writing

router = UploadRouter(prefix="/assets", tags=["Assets"])

WRITER = Security(current_actor, scopes=[Scope.MEDIA_WRITE])
_TOLD = frozenset({"fields"})
_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "fields": {
                        "type": "string",
                        "contentMediaType": "application/json",
                        "description": "What is told of it: an object with the fields of an asset, "
                        "as PUT /assets/{asset_id} takes them",
                        "examples": ['{"alt": "A ferry", "credit": "Photo: Mara Tollen"}'],
                    },
                },
            }
        }
    },
}


@router.post(
    "/files",
    status_code=201,
    response_model=AssetView,
    operation_id="assets_upload",
    summary="Upload a file",
    responses=responses(
        Forbidden, Conflict, idempotency.IdempotencyConflict, idempotency.IdempotencyMismatch
    ),
    openapi_extra={"requestBody": _FORM},
)
async def upload_asset(
    write: Writing,
    info: Info,
    request: Request,
    actor: Actor = WRITER,
    idempotency_key: Annotated[
        str | None,
        Header(description="As everywhere: sent again with the same file, it gives one asset"),
    ] = None,
) -> Response:
    """One file, in the part `file`. What it is is found out by looking; its name counts for
    nothing. A picture is `waiting` until it was read, which takes a second or two; then it is
    `ready`, or `failed` with the reason. The answer names `duplicates`. What is large, or comes
    over a bad line, goes better by tus: `POST /desk/uploads`."""
    here = media.told(info)
    staged, form = ids.public(), Form(request.headers.get("content-type"), _TOLD)
    await here.uploads.begin(staged)
    try:
        pieces = form.pieces(request.stream())
        await here.uploads.append(staged, 0, pieces, most=here.most)
        described = told(form.fields.get("fields", b""))
        whole = await here.uploads.whole(staged)
        filed = await file_away(here, whole, name=form.file_name)
    except TooLong:
        raise ContentTooLarge(f"A file may have {here.most:,} bytes.") from None
    finally:
        await here.uploads.drop(staged)
    return await _answer(write, request, actor, described, filed, form.fields.get("fields", b""))


async def _answer(
    write: Write, request: Request, actor: Actor, told: AssetFields, filed: Filed, sent: bytes
) -> Response:
    async with write() as session:
        retryable = idempotency.read(request, filed.sha256.encode() + sent)
        if retryable and (earlier := await idempotency.stored_answer(session, retryable)):
            return earlier
        response = await _received(session, actor, told, filed)
        if retryable:
            await idempotency.store(session, retryable, response)
    return response


async def _received(
    session: AsyncSession, actor: Actor, told: AssetFields, filed: Filed
) -> Response:
    try:
        asset = await receiving.receive(session, actor, told, filed)
    except MastheadError as error:
        error.faults = [replace(each, pointer=f"/fields{each.pointer}") for each in error.faults]
        raise
    await session.flush()
    headers = {"Location": f"{PATH}/{asset.id}"}
    response = Response(status_code=201, headers=headers, media_type="application/json")
    shown: AssetView = await view(session, response, asset)
    response.body = shown.model_dump_json().encode()
    response.headers["content-length"] = str(len(response.body))
    return response
