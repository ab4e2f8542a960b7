"""Servers that take their time: what readers wait for does not wait for them."""

import asyncio
from typing import Any

from app import worker
from app.dispatch import following
from tests.dispatch.office import Office, office, sftp
from tests.outbound.playing import Stranger, silent

__all__ = ["office", "sftp"]


async def test_partners_who_do_not_answer_hold_up_no_other_job(
    office: Office, there: Stranger
) -> None:
    there.pages = {f"/{number}": silent for number in range(worker.CONCURRENCY + 1)}
    for target in there.pages:
        answer = await office.newsroom.desk.post(
            "/desk/deliveries", json=office.fields(there.url(target))
        )
        assert answer.status_code == 201, answer.text
    stop, database = asyncio.Event(), office.newsroom.database
    working = asyncio.create_task(worker.work(database, database.url, stop, patience=0.1))
    telling = asyncio.create_task(following.follow(database, stop))
    await _until(lambda: len(there.asked) >= worker.TELLING)

    made = await office.newsroom.desk.post("/desk/feeds", json={"edition": "en", "title": "All"})
    try:
        for _ in range(100):
            view = await office.newsroom.desk.get(made.headers["Location"])
            if view.json()["members"]["complete"]:
                break
            await asyncio.sleep(0.05)
        assert view.json()["members"]["complete"]
    finally:
        stop.set()
        await asyncio.gather(working, telling)


async def _until(holds: Any) -> None:
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("It did not come to pass.")
