"""The worker's loop behind the change log: consumers take their turns, and what is due is run."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app import clock, jobs, metrics
from app.database import Database
from app.dispatch import consumers, errands, index_now
from app.dispatch.consumers import Consumer
from app.dispatch.deliveries import pushing
from app.dispatch.deliveries import queries as deliveries
from app.dispatch.hubs import websub

POLL_SECONDS = 0.5
REST_SECONDS = 10.0
"""So long a consumer rests that has failed: a fault of ours, which the log tells of."""

CONSUMERS = (websub.CONSUMER, index_now.CONSUMER, pushing.CONSUMER)
TASKS = {websub.KIND: websub.ping, index_now.KIND: index_now.submit, deliveries.KIND: pushing.push}
"""By the kind of errands that it runs."""

log = structlog.get_logger()


async def follow(
    database: Database, stop: asyncio.Event, *, following: Sequence[Consumer] = CONSUMERS
) -> None:
    """Until `stop`, through outages of the database."""
    resting = dict[str, float]()
    while not stop.is_set():
        more = False
        try:
            awake = [each for each in following if resting.get(each.name, 0) <= clock.seconds()]
            more = await take_turns(database, awake, resting)
            await send_off(database)
        except (SQLAlchemyError, psycopg.Error, OSError) as error:
            log.warning("following_interrupted", reason=str(error).strip())
            more = False
        except Exception:  # nobody would see that this task has ended
            log.exception("following_failed")
        if not more:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL_SECONDS)


async def take_turns(
    database: Database, following: Sequence[Consumer], resting: dict[str, float]
) -> bool:
    """One turn of each consumer that is behind; whether there is more for one of them."""
    async with database.read() as session:
        lags = await consumers.lags(session, [each.name for each in following])
    more = False
    for consumer in following:
        lag = lags[consumer.name]
        if lag:
            try:
                done = await consumers.turn(database, consumer)
            except (psycopg.OperationalError, OperationalError, OSError):
                raise  # nothing is wrong with this one: the database is away, or busy
            except Exception:
                log.exception("consumer_failed", consumer=consumer.name, lag=lag)
                resting[consumer.name] = clock.seconds() + REST_SECONDS
                done = 0
            lag, more = max(lag - done, 0), more or done == consumers.CHUNK
        metrics.metrics().consumer_lag.labels(consumer.name).set(lag)
    return more


async def send_off(database: Database) -> None:
    """Have the errands run that are due: one job for each target. Those of kinds that a newer
    release has noted are left to its workers."""
    async with database.read() as session:
        due = await errands.targets_due(session)
    waiting = [(kind, target) for kind, target in due if kind in TASKS]
    if not waiting:
        return
    async with database.write() as session:
        for kind, target in waiting:
            name = f"{kind} {target}"
            await jobs.defer(session, TASKS[kind], queueing_lock=name, lock=name, target=target)
