"""Text that goes along with a video: captions, and who is cited when."""

import re
from typing import Annotated, Any

from fastapi import Path, Response

from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, gone, http_date, is_id, is_live, kept, missing
from app.delivery.playback import VideoId
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import number, statement
from app.delivery.whole import OPENED_BY_KEY, may_read_whole
from app.errors import Unauthenticated
from app.published.video import Attributions
from app.web import caching
from app.web.answers import Answer, Headers

router = PublicRouter("videos")

_TRACK = statement(f"""
    SELECT d.status, d.meta->>'notice', array_to_string(d.tags, ' '), d.seq,
        {http_date("d.modified_at")}, t.locked, t.media_type, t.etag, t.body
    FROM published.documents d
    LEFT JOIN published.tracks t ON t.article_id = d.id AND t.name = ANY($2::text[])
    WHERE d.id = $1::uuid AND d.kind = 'article'
    ORDER BY array_position($2::text[], t.name) LIMIT 1
""")

_NAME = re.compile(r"[A-Za-z0-9.-]{1,100}")
_TRUE = b"\x01"
_VTT = "text/vtt"
_WHOLE: Headers = [(b"cache-control", caching.PRIVATE.header), (b"vary", b"Authorization")]

Track = Annotated[
    str,
    Path(
        description="A language (BCP 47): its captions, or its subtitles where it has no captions. "
        "With `.subtitles` or `.descriptions` behind it: just these",
        examples=["en"],
    ),
]


def _as_vtt(responses: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    told = responses[200] | {"content": {_VTT: {"schema": {"type": "string"}}}}
    return responses | {200: told}


@router.get(
    "/videos/{video_id}/captions/{track}.vtt",
    operation_id="readVideoCaptions",
    summary="The captions of a video in one language, as WebVTT",
    response_class=Response,
    response_model=None,
    responses=_as_vtt(failing(*GONE, Unauthenticated)),
    **OPENED_BY_KEY,
)
async def read_captions(ask: Asked, video_id: VideoId, track: Track) -> Answer:
    """Take the addresses from `captions` of the video. Those of a video that only a key plays need
    that key, with the scope `content:full`."""
    if not _NAME.fullmatch(track):
        raise missing()
    name = f"captions/{track}"
    return await _read(ask, video_id, f"{name}.vtt", f"{name}.subtitles.vtt")


@router.get(
    "/videos/{video_id}/attributions.vtt",
    operation_id="readVideoAttributionsVtt",
    summary="Who is cited when in a video, as a metadata track",
    response_class=Response,
    response_model=None,
    responses=_as_vtt(failing(*GONE)),
)
async def read_attributions_vtt(ask: Asked, video_id: VideoId) -> Answer:
    """For `<track kind="metadata">`: each cue is one line of JSON. Never offer it as subtitles:
    players that side-load it would show the JSON. 404 where no citation says when it is heard."""
    return await _read(ask, video_id, "attributions.vtt")


@router.get(
    "/videos/{video_id}/attributions.json",
    operation_id="readVideoAttributions",
    summary="Who is cited when in a video",
    response_model=Attributions,
    responses=failing(*GONE),
)
async def read_attributions(ask: Asked, video_id: VideoId) -> Answer:
    """The cues of `attributions.vtt` for players that cannot tell a metadata track."""
    return await _read(ask, video_id, "attributions.json")


async def _read(ask: Ask, video_id: str, *names: str) -> Answer:
    """The first of these tracks that there is."""
    row = None
    if is_id(video_id):
        wanted = f"{{{','.join(names)}}}"
        row = await ask.reader.row(_TRACK, video_id.encode(), wanted.encode())
    if row is None:
        raise missing()
    status, notice, tags, seq, modified, locked, media_type, etag, body = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if body is None:
        raise missing()
    kind = JSON if media_type == JSON[1] else (b"content-type", b"%b; charset=utf-8" % media_type)
    tag = (b"etag", b'"%b-track"' % etag)
    if locked == _TRUE:
        if b"authorization" not in ask.head:
            raise Unauthenticated("These captions need a key with the scope `content:full`.")
        await may_read_whole(ask)
        return Answer(200, [kind, tag, *_WHOLE], body)
    label = tuple(tags.decode().split())
    headers = [kind, tag, (b"last-modified", modified), *kept(caching.DOCUMENT, label)]
    return Answer(200, headers, body, label, number(seq))
