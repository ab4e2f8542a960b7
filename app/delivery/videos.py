"""Videos: the playable forms of live articles, one by one and in lists."""

from typing import Annotated

from fastapi import Query

from app.delivery import list_keys
from app.delivery.asking import Asked
from app.delivery.documents import JSON, gone, http_date, is_id, is_live, kept, missing
from app.delivery.list_rows import page_rows
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.playback import VideoId
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import number, statement
from app.delivery.video_query import VideoQuery
from app.errors import TooBroad
from app.published.video import Video, VideoPage
from app.web import caching
from app.web.answers import Answer

router = PublicRouter("videos")

_BY_ID = statement(f"""
    SELECT d.status, d.meta->>'notice', array_to_string(d.tags, ' '), d.seq,
        {http_date("d.modified_at")}, v.etag, v."full"
    FROM published.documents d LEFT JOIN published.videos v ON v.article_id = d.id
    WHERE d.id = $1::uuid AND d.kind = 'article'
""")


@router.get(
    "/videos",
    operation_id="listVideos",
    summary="Videos: newest first, filtered, in pages",
    response_model=VideoPage,
    responses=failing(TooBroad),
)
async def list_videos(ask: Asked, query: Annotated[VideoQuery, Query()]) -> Answer:
    """Cards of all live articles in which anyone has something to watch; embeds of other sites do
    not count.

    One of `section`, `topic`, `person` and `series` with a span of time is quick however many
    videos there are. What asks for more is tried for a moment, and else answered with a 422
    `too-broad`.
    """
    wanted = query.as_list_query()
    keys = await list_keys.named(ask.reader, wanted)
    paged = Paged(
        path="/v1/videos",
        spelled=spelled_out(query),
        key=keys.key,
        limit=query.limit,
        cursor=query.cursor,
        meant=(keys.also, keys.without, keys.edition),
    )
    if answer := await unchanged(ask, paged, keys.stamp):
        return answer
    return page(await page_rows(ask, wanted, keys, paged, films=True), paged)


@router.get(
    "/videos/{video_id}",
    operation_id="readVideo",
    summary="One video",
    response_model=Video,
    responses=failing(*GONE),
)
async def read_video(ask: Asked, video_id: VideoId) -> Answer:
    """404 for an article in which nobody has anything to watch."""
    row = await ask.reader.row(_BY_ID, video_id.encode()) if is_id(video_id) else None
    if row is None:
        raise missing()
    status, notice, tags, seq, modified, etag, body = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if body is None:
        raise missing()
    names = tuple(tags.decode().split())
    headers = [
        JSON,
        (b"etag", b'"%b-video"' % etag),
        (b"last-modified", modified),
        *kept(caching.DOCUMENT, names),
    ]
    return Answer(200, headers, body, names, number(seq))
