"""The desk's endpoints for files that come in pieces, by the protocol tus."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import Header, Request, Response, Security

from app.editing import media
from app.editing.assets import uploading
from app.editing.assets.telling import told
from app.editing.assets.uploading import State
from app.errors import Conflict, Forbidden, Gone, NotFound
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.storage.faults import NotThere
from app.storage.uploads import Busy, TooLong, WrongOffset
from app.web import tus
from app.web.problems import responses
from app.web.refusals import ContentTooLarge, MethodNotAllowed, UnsupportedMedia
from app.web.tus_route import TusRouter
from app.web.upload_route import Info, Writing

router = TusRouter(prefix="/uploads", tags=["Assets"])

PATH = "/desk/uploads"
WRITER = Security(current_actor, scopes=[Scope.MEDIA_WRITE])
KNOWN = frozenset({"filename", "fields", "name", "filetype", "type", "relativePath"})
"""Of the last four, which usual clients send by themselves, only `name` is of use."""

FAILURES = responses(Forbidden, NotFound, Gone, tus.UploadFailed, tus.OtherVersion, tus.UploadBusy)
_BYTES = {
    "required": True,
    "content": {tus.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
}

Version = Annotated[str | None, Header(alias="Tus-Resumable", examples=[tus.VERSION])]
Length = Annotated[str | None, Header(alias="Upload-Length", description="Bytes of the whole file")]
Metadata = Annotated[
    str | None,
    Header(
        alias="Upload-Metadata",
        description="Pairs of a name and a text in Base64, as tus has them. Names: `filename`, and "
        "`fields`, a JSON object as `POST /assets/files` takes it",
    ),
]
Offset = Annotated[
    str | None, Header(alias="Upload-Offset", description="Where these bytes begin in the file")
]
Checksum = Annotated[
    str | None,
    Header(
        alias="Upload-Checksum",
        description="`sha1` or `sha256`, a space, and that of these bytes in Base64",
    ),
]


def _told(description: str, **headers: str) -> dict[str, Any]:
    named = {
        name.replace("_", "-"): {"description": meaning, "schema": {"type": "string"}}
        for name, meaning in headers.items()
    }
    return {"description": description, "headers": named}


GONE_ON = {
    "Upload_Offset": "So many bytes are here",
    "Upload_Length": "Of so many",
    "Masthead_Asset": "The id of the asset, once all of it is here",
}


@router.options(
    "",
    status_code=204,
    operation_id="uploads_options",
    summary="How files can be uploaded in pieces",
    response_class=Response,
    responses=responses(Forbidden) | {204: _told("It can", Tus_Max_Size="Bytes of a file")},
)
async def read_options(info: Info, actor: Actor = WRITER) -> Response:
    """By tus 1.0.0, with these of its extensions: creation, termination, expiration, checksum."""
    return _empty(
        204,
        {
            "Tus-Version": tus.VERSION,
            "Tus-Extension": tus.EXTENSIONS,
            "Tus-Max-Size": str(media.told(info).most),
            "Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS),
        },
    )


@router.post(
    "",
    status_code=201,
    operation_id="uploads_begin",
    summary="Begin an upload in pieces",
    response_class=Response,
    responses=responses(Forbidden, Conflict, tus.OtherVersion)
    | {201: _told("It has begun", Location="Where to send", Upload_Expires="Until when")},
)
async def begin_upload(
    write: Writing,
    info: Info,
    request: Request,
    actor: Actor = WRITER,
    tus_resumable: Version = None,
    upload_length: Length = None,
    upload_metadata: Metadata = None,
) -> Response:
    """By tus 1.0.0 (https://tus.io): any of its clients will do. Send the bytes to `Location`, with
    PATCH, in as many pieces as you like. What lies still for a day is dropped."""
    tus.check_version(request.headers)
    length = tus.length(request.headers, media.told(info).most)
    metadata = tus.metadata(request.headers, KNOWN)
    told(metadata.get("fields", "").encode())
    upload_id = await uploading.begin(write, actor, length, metadata)
    return _empty(201, {"Location": f"{PATH}/{upload_id}", **_expires()})


@router.head(
    "/{upload_id}",
    operation_id="uploads_state",
    summary="How far an upload is",
    response_class=Response,
    responses=FAILURES | {200: _told("It is there", **GONE_ON)},
)
async def read_state(
    write: Writing,
    request: Request,
    upload_id: UUID,
    actor: Actor = WRITER,
    tus_resumable: Version = None,
) -> Response:
    """Only for the key that began it. `Masthead-Asset` has the id of the asset that it became."""
    tus.check_version(request.headers)
    with _faults():
        state = await uploading.state(write, actor, upload_id)
    headers = _headers(state) | {"Upload-Length": str(state.length)}
    if state.metadata:
        headers["Upload-Metadata"] = tus.written(state.metadata)
    return _empty(200, headers)


@router.patch(
    "/{upload_id}",
    status_code=204,
    operation_id="uploads_go_on",
    summary="Send the next bytes of an upload",
    response_class=Response,
    responses=FAILURES
    | responses(tus.OtherOffset, UnsupportedMedia, tus.OtherChecksum)
    | {204: _told("They are here, and stay here", **GONE_ON)},
    openapi_extra={"requestBody": _BYTES},
)
async def send_bytes(
    write: Writing,
    request: Request,
    upload_id: UUID,
    actor: Actor = WRITER,
    tus_resumable: Version = None,
    upload_offset: Offset = None,
    upload_checksum: Checksum = None,
) -> Response:
    """With the last of them the file becomes an asset, as after `POST /assets/files`; its id is in
    `Masthead-Asset`. If that answer is lost, ask with HEAD. What cannot be taken is a 422."""
    tus.check_version(request.headers)
    tus.check_media_type(request.headers)
    offset, checksum = tus.offset(request.headers), tus.checksum(request.headers)
    pieces: AsyncIterator[bytes] = request.stream()
    if checksum is not None:
        pieces = checksum.checked(pieces)
    with _faults():
        state = await uploading.go_on(
            write, actor, upload_id, offset, pieces, partly=checksum is None
        )
    return _empty(204, _headers(state))


@router.delete(
    "/{upload_id}",
    status_code=204,
    operation_id="uploads_give_up",
    summary="Give up an upload",
    response_class=Response,
    responses=FAILURES,
)
async def give_up_upload(
    write: Writing,
    request: Request,
    upload_id: UUID,
    actor: Actor = WRITER,
    tus_resumable: Version = None,
) -> Response:
    """What has arrived is dropped. An asset that it has become stays."""
    tus.check_version(request.headers)
    with _faults():
        await uploading.give_up(write, actor, upload_id)
    return _empty(204, {})


@router.post("/{upload_id}", include_in_schema=False)
async def override(
    write: Writing, request: Request, upload_id: UUID, actor: Actor = WRITER
) -> Response:
    """For clients behind something that lets no other methods through."""
    method = request.headers.get("x-http-method-override")
    if method == "PATCH":
        return await send_bytes(write, request, upload_id, actor)
    if method == "DELETE":
        return await give_up_upload(write, request, upload_id, actor)
    raise MethodNotAllowed("Send PATCH or DELETE, or name one in X-HTTP-Method-Override.")


def _headers(state: State) -> dict[str, str]:
    headers = {"Upload-Offset": str(state.offset)}
    if state.asset_id is None:
        return headers | _expires()
    return headers | {"Masthead-Asset": str(state.asset_id)}


def _expires() -> dict[str, str]:
    return {"Upload-Expires": tus.moment(uploading.expires())}


def _empty(status: int, headers: Mapping[str, str]) -> Response:
    response = Response(status_code=status, headers=dict(headers))
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def _faults() -> Iterator[None]:
    """What the storage of uploads says, in the words of the protocol."""
    try:
        yield
    except Busy:
        raise tus.UploadBusy("Another request is sending to it, or ending it.") from None
    except WrongOffset as wrong:
        error = tus.OtherOffset(str(wrong))
        error.headers = {"Upload-Offset": str(wrong.offset)}
        raise error from None
    except TooLong:
        raise ContentTooLarge("More came than was announced at the beginning.") from None
    except NotThere:
        raise NotFound("This upload is not on this machine.") from None
