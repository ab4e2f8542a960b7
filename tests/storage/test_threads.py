"""Work in threads: who asked for it does not run away from it."""

import asyncio
import threading

import pytest

from app.storage.threads import Threads


async def test_who_is_cancelled_waits_for_the_end_of_the_work():
    begun, go_on, done = threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        begun.set()
        assert go_on.wait(30)
        done.append("work")

    doing = asyncio.create_task(Threads(1).run(work))
    assert await asyncio.to_thread(begun.wait, 30)
    doing.cancel()
    finished, _ = await asyncio.wait([doing], timeout=0.2)
    go_on.set()

    assert not finished
    with pytest.raises(asyncio.CancelledError):
        await doing
    assert done == ["work"]
