"""Keeps the children running until a signal says to end."""

import asyncio
import signal
from collections.abc import Callable, Sequence

import structlog

from app.processes.children import Child, Stop, keep

log = structlog.get_logger()


async def supervise(
    children: Sequence[Child],
    *,
    patience: float,
    when_ready: Callable[[], None],
    when_stopping: Callable[[], None],
) -> bool:
    """Run them until SIGTERM or SIGINT. True after an orderly end, false where a second signal
    cut it short.

    After the first signal they have `patience` seconds to finish what they are at. Raises
    `NeverReady` where one cannot start.
    """
    stop = Stop()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.signal)
    keepers = [asyncio.create_task(keep(child, stop, patience=patience)) for child in children]
    told = asyncio.create_task(_tell(children, when_ready))
    stopping = asyncio.create_task(stop.begun.wait())
    await asyncio.wait({*keepers, stopping}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    stop.begun.set()
    log.info("stopping", patience_seconds=patience)
    when_stopping()
    await asyncio.wait(keepers)
    stopping.cancel()
    for keeper in keepers:
        keeper.result()
    return not stop.forced.is_set()


async def _tell(children: Sequence[Child], when_ready: Callable[[], None]) -> None:
    for child in children:
        await child.ready.wait()
    when_ready()
