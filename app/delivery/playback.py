"""What to play of a video whose CDN wants tokens that expire.

Nothing of it can be kept, so it is no document: the addresses are read, signed and handed out.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import orjson
import structlog
from fastapi import Path

from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, gone, is_id, is_live, missing
from app.delivery.playback_tokens import signed
from app.delivery.routing import GONE, PublicRouter, acting
from app.delivery.statements import moment, statement
from app.delivery.whole import OPENED_BY_KEY, may_read_whole
from app.errors import Conflict, Unauthenticated, Unavailable
from app.published.video import PlaybackSources
from app.web import caching
from app.web.answers import Answer

router = PublicRouter("videos")

log = structlog.get_logger()

VideoId = Annotated[
    str,
    Path(
        description="Its immutable id, which is that of its article",
        examples=["5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"],
        json_schema_extra={"format": "uuid"},
    ),
]

_PRIVATE = statement("""
    SELECT d.status, d.meta->>'notice', array_to_string(d.tags, ' '), v.article_id, v.private,
        v.locked, transaction_timestamp()
    FROM published.documents d LEFT JOIN published.videos v ON v.article_id = d.id
    WHERE d.id = $1::uuid AND d.kind = 'article'
""")

_TRUE = b"\x01"


@router.post(
    "/videos/{video_id}/playback",
    operation_id="playVideo",
    summary="Addresses that play a video now, with tokens that expire",
    response_model=PlaybackSources,
    responses=acting(*GONE, Conflict, Unauthenticated),
    **OPENED_BY_KEY,
)
async def play_video(ask: Asked, video_id: VideoId) -> Answer:
    """For videos with `token_required`; send no body. The addresses are good until `expires_at`:
    ask again then. Where the article is restricted, a key with the scope `content:full` is needed.

    409 for a video whose sources need no token, and outside of the time in which it may be seen.
    """
    row = await ask.reader.row(_PRIVATE, video_id.encode()) if is_id(video_id) else None
    if row is None:
        raise missing()
    status, notice, tags, identity, private, locked, now = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if identity is None:
        raise missing()
    if locked == _TRUE:
        await _let_in(ask)
    if private is None:
        raise Conflict("Its sources need no token: play those of its document.")
    body = orjson.dumps({"id": video_id, **_to_play(ask, orjson.loads(private), moment(now))})
    return Answer(200, [JSON, (b"cache-control", caching.PRIVATE.header)], body)


async def _let_in(ask: Ask) -> None:
    if b"authorization" not in ask.head:
        raise Unauthenticated("This video needs a key with the scope `content:full`.")
    await may_read_whole(ask)


def _to_play(ask: Ask, private: dict[str, Any], now: datetime) -> dict[str, Any]:
    _check_time(private, now)
    signer = ask.signers.get(private["key"])
    if signer is None:
        log.error("playback_secret_missing", key=private["key"])
        raise Unavailable("This server has no secret for the tokens of this video.")
    expires_at = (now + timedelta(minutes=private["minutes"])).replace(microsecond=0)
    if private["available_until"]:
        expires_at = min(expires_at, datetime.fromisoformat(private["available_until"]))
    seconds = int(expires_at.timestamp())
    return {
        "sources": [
            {**source, "url": signed(source["url"], source["media_type"], signer, seconds)}
            for source in private["sources"]
        ],
        "expires_at": datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z"),
    }


def _check_time(private: dict[str, Any], now: datetime) -> None:
    since, until = private["available_from"], private["available_until"]
    if since and now < datetime.fromisoformat(since):
        raise Conflict(f"It can be seen from {since} on.")
    if until and now >= datetime.fromisoformat(until):
        raise Conflict(f"It could be seen until {until}.")
