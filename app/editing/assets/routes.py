"""The desk's endpoints for assets."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response, Security
from fastapi.responses import StreamingResponse

from app import jobs
from app.editing import media, named
from app.editing.assets import commands, importing, preparing, queries
from app.editing.assets.models import Asset
from app.editing.assets.schemas import (
    AssetImport,
    AssetPage,
    AssetQuery,
    AssetRegister,
    AssetReplace,
    AssetView,
)
from app.editing.assets.views import PATH, summary, view
from app.editing.calling import OutboundOff
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.imaging.renditions import NAMES
from app.published.media_urls import ORIGINALS, SUFFIXES, rendition_name
from app.storage import keys
from app.storage.faults import NotThere
from app.storage.reading import read
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/assets", tags=["Assets"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.MEDIA_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)
BYTES = {"schema": {"type": "string", "format": "binary"}}
# Files come from strangers. Should a browser show one, it is inert.
INERT = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private"}


@router.get("", operation_id="assets_list", summary="List assets", responses=responses(Forbidden))
async def list_assets(
    session: Session, query: Annotated[AssetQuery, Query()], actor: Actor = READER
) -> AssetPage:
    """The newest first; narrowed by kind, state, text (`q`), the hash of a file (`sha256`), by
    rights that end soon, or by pictures that nobody has described."""
    found = await queries.page(session, query, after=query.after(PATH, (datetime, UUID)))
    return AssetPage(
        items=[summary(asset) for asset in found[: query.limit]],
        next=query.next_link(PATH, found, lambda asset: (asset.created_at, asset.id)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="assets_register",
    summary="Register media that others keep",
    responses=responses(Forbidden, Conflict),
)
async def register_asset(
    session: Session, body: AssetRegister, response: Response, actor: Actor = WRITER
) -> AssetView:
    """A video on a CDN, a picture of an agency's server. To have it here, import or upload it."""
    asset = await commands.register(session, actor, body)
    response.headers["Location"] = f"{PATH}/{asset.id}"
    return await view(session, response, asset)


@router.post(
    "/import",
    status_code=201,
    operation_id="assets_import",
    summary="Import a file from an address",
    responses=responses(Forbidden, Conflict, OutboundOff),
)
async def import_asset(
    session: Session, body: AssetImport, response: Response, actor: Actor = WRITER
) -> AssetView:
    """The file is fetched by a job: meanwhile the asset is `waiting`, and then `ready`, or `failed`
    with the reason. Only servers on the public internet are asked."""
    asset = await importing.begin(session, actor, body)
    response.headers["Location"] = f"{PATH}/{asset.id}"
    return await view(session, response, asset)


@router.get(
    "/{asset_id}",
    operation_id="assets_get",
    summary="One asset",
    responses=responses(Forbidden, NotFound),
)
async def get_asset(
    session: Session, asset_id: UUID, response: Response, actor: Actor = READER
) -> AssetView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await view(session, response, await queries.get(session, asset_id))


@router.put(
    "/{asset_id}",
    operation_id="assets_replace",
    summary="Change what is told of an asset",
    responses=WRITE,
)
async def replace_asset(
    session: Session,
    asset_id: UUID,
    body: AssetReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> AssetView:
    """Whatever shows it is made anew with it. The file itself never changes: upload another."""
    asset = await commands.replace(session, actor, asset_id, body, expected=expected)
    return await view(session, response, asset)


@router.delete(
    "/{asset_id}",
    status_code=204,
    operation_id="assets_delete",
    summary="Delete an asset",
    responses=WRITE,
)
async def delete_asset(
    session: Session, asset_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while something uses it. Its file goes, too, unless another asset has the same."""
    await commands.delete(session, actor, asset_id, expected=expected)


@router.post(
    "/{asset_id}/prepare",
    operation_id="assets_prepare",
    summary="Try again to read an asset that failed",
    responses=responses(Forbidden, NotFound, Conflict),
)
async def prepare_asset(
    session: Session, asset_id: UUID, response: Response, actor: Actor = WRITER
) -> AssetView:
    """It is `waiting` then, as after its upload."""
    asset = await named.lock(session, Asset, asset_id)
    if asset.state != "failed":
        raise Conflict(f"It is {asset.state}.")
    asset.state, asset.failure = "waiting", None
    await commands.touch(session, asset)
    if asset.sha256 is None:
        await importing.ask(session, asset)
    else:
        await jobs.defer(session, preparing.prepare, asset_id=str(asset_id))
    return await view(session, response, asset)


@router.get(
    "/{asset_id}/file",
    operation_id="assets_file",
    summary="The file of an asset, as it came",
    response_class=Response,
    responses=responses(Forbidden, NotFound) | {200: {"content": dict.fromkeys(ORIGINALS, BYTES)}},
)
async def read_file(session: Session, asset_id: UUID, actor: Actor = READER) -> Response:
    """For editors. Readers never get the original of a picture: it may tell where it was taken."""
    asset = await queries.get(session, asset_id)
    if asset.sha256 is None or asset.media_type not in ORIGINALS:
        raise NotFound("Its file is not here.")
    end = ORIGINALS[asset.media_type]
    headers = INERT | {"Content-Disposition": f'attachment; filename="{asset.id}.{end}"'}
    return await _stored(session, keys.original(asset.sha256), asset.media_type, headers)


@router.get(
    "/{asset_id}/renditions/{name}.{end}",
    operation_id="assets_rendition",
    summary="A rendition of a picture",
    response_class=Response,
    responses=responses(Forbidden, NotFound)
    | {200: {"content": dict.fromkeys(SUFFIXES.values(), BYTES)}},
)
async def read_rendition(
    session: Session,
    asset_id: UUID,
    name: Annotated[str, Path(json_schema_extra={"enum": list(NAMES)})],
    end: Annotated[str, Path(json_schema_extra={"enum": list(SUFFIXES)})],
    actor: Actor = READER,
) -> Response:
    """For editors, also of what is not public. `w640`, `w1280`, `16x9-1280` and `2x3-800` are there
    as soon as the picture is ready, the others once a reader has asked for them."""
    asset = await queries.get(session, asset_id)
    if asset.sha256 is None or name not in NAMES or end not in SUFFIXES:
        raise NotFound("There is no such rendition.")
    file = rendition_name(name, (asset.focal_x, asset.focal_y))
    key = keys.rendition(asset.sha256, file, end)
    return await _stored(session, key, SUFFIXES[end], dict(INERT))


async def _stored(
    session: Session, key: str, media_type: str, headers: dict[str, str]
) -> StreamingResponse:
    storage = media.of(session).storage
    try:
        stored = await storage.find(key)
    except NotThere:
        raise NotFound("It is not in the storage.") from None
    headers["Content-Length"] = str(stored.size)
    return StreamingResponse(read(storage, stored), media_type=media_type, headers=headers)
