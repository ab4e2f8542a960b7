"""The documents of saved feeds. What a feed says of itself is kept at the desk, too: partners get
feeds that have no document in public."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from app import jobs
from app.editing.changed import Changed
from app.editing.feeds import filling
from app.editing.feeds.models import Feed
from app.published.feed_names import named_place
from app.published.writes import Put
from app.publishing import assets, render_feed
from app.publishing.sheet import Sheet, look_up, put, take_away

KIND = "feed"


async def add(sheet: Sheet, changed: Sequence[Changed], editions: Collection[UUID]) -> None:
    """Put these on the sheet, and all of these editions."""
    noted = [each for each in changed if each.kind == KIND and not each.deleted]
    wanted = {each.id for each in noted}
    edited = {each.id for each in noted if not each.again}
    if not wanted and not editions:
        return
    query = select(Feed).where(Feed.id.in_(wanted) | Feed.edition_id.in_(editions))
    query = query.order_by(Feed.id).with_for_update(key_share=True)
    rows = await sheet.session.execute(query.execution_options(populate_existing=True))
    feeds = rows.scalars().all()
    pictures = await assets.load(sheet.session, {row.image_id for row in feeds if row.image_id})
    sheet.pictured |= pictures.keys()
    await look_up(sheet, [row.id for row in feeds])
    for feed in feeds:
        render = partial(render_feed.saved_feed, sheet.editions[feed.edition_id], feed, pictures)
        if feed.public:
            await _publish(sheet, feed, render, refresh=feed.id not in edited)
        else:
            take_away(sheet, KIND, feed.id)
            await _keep(sheet, feed, render)


async def _publish(sheet: Sheet, feed: Feed, render: Any, *, refresh: bool) -> None:
    await put(
        sheet,
        KIND,
        feed.id,
        feed.edit,
        render,
        edition=sheet.editions[feed.edition_id].code,
        slug=feed.slug,
        path=f"/feeds/{named_place(KIND, feed.slug)}",
        refresh=refresh,
        touched=frozenset({feed.id}),
    )
    written = sheet.writes[-1] if sheet.writes else None
    if isinstance(written, Put) and written.id == feed.id:
        feed.document = written.views.full


async def _keep(sheet: Sheet, feed: Feed, render: Any) -> None:
    """Of what has no document the log hears by a job, if it is another one now."""
    before = feed.document
    if before is not None:
        known = datetime.fromisoformat(orjson.loads(before)["modified_at"])
        if _bytes(render(known)) == before:
            return
    feed.document = _bytes(render(sheet.moment))
    await jobs.defer(sheet.session, filling.tell, feed_id=str(feed.id))


def _bytes(shape: Any) -> bytes:
    return bytes(shape.model_dump_json().encode())
