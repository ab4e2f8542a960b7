"""The worker's loop that ends rights, when something is in its way."""

import asyncio

import psycopg
import pytest

from app import worker
from app.database import Database
from app.published.changes import LOCK
from app.publishing import press
from tests.imaging.drawing import jpeg, plain
from tests.newsroom import Newsroom


async def test_rights_end_after_rounds_that_failed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset_id = await newsroom.picture(jpeg(plain(40, 30)))
    await newsroom.published(image={"asset_id": asset_id})
    monkeypatch.setattr(worker, "EXPIRY_SECONDS", 0.05)
    impatient = Database(newsroom.url, lock_seconds=0.05, before_commit=press.settle)
    stop = asyncio.Event()
    with psycopg.connect(newsroom.url) as slow:
        slow.execute("UPDATE desk.assets SET expires_at = now()")
        slow.commit()
        slow.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        expiring = asyncio.create_task(worker.expire(impatient, stop))
        await asyncio.sleep(0.3)
        assert not expiring.done()
        await newsroom.read(f"/v1/assets/{asset_id}")
    await asyncio.sleep(0.3)
    await newsroom.read(f"/v1/assets/{asset_id}", 410)
    stop.set()
    await expiring
    await impatient.close()
