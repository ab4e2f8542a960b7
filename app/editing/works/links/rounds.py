"""Looking at many links: hosts side by side, each host's own one after the other.

No transaction is open while others are called. Rounds follow one another, never at once: each ends
with a pause, since the next may begin at the host with which this one ended.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from app import clock
from app.database import Database, transaction_time
from app.editing import calling
from app.editing.works.links import queries
from app.editing.works.links.looking import Look, look
from app.editing.works.links.queries import Target
from app.editing.works.links.recording import record
from app.editing.works.models import Work
from app.outbound.fetching import Fetch
from app.outbound.politeness import PAUSE, Round

MOST = 2_000
"""Links from which a round takes as many as it has time for: of many hosts, if one has many."""

HOSTS_AT_ONCE = 4
SECONDS = 40.0
"""After so long no other look is begun: the worker has more to do."""


async def check_due(database: Database, *, pause: float = PAUSE) -> int:
    """Look at those whose time has come; returns at how many. What is not reached stays due.

    `pause` are the seconds between two requests to a host.
    """
    async with database.read() as session:
        if not calling.is_on(session):
            return 0
        fetch, agent = calling.fetcher(session), await calling.agent(session)
        targets = await queries.due(session, limit=MOST)
    turns = Round(fetch, agent=agent, pause=pause)
    until = clock.seconds() + SECONDS
    free = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def visit(host: Sequence[Target]) -> int:
        async with free:
            for count, target in enumerate(host):
                if clock.seconds() >= until:
                    return count
                found = await _check(database, target, fetch, agent, turns)
                if found.wait:
                    await _put_off(database, host[count + 1 :], found.wait)
                    return count + 1
        return len(host)

    visits = [visit(host) for host in _by_host(targets)]
    outcomes = await asyncio.gather(*visits, return_exceptions=True)
    await asyncio.sleep(pause)
    looked_at = 0
    for each in outcomes:
        if isinstance(each, BaseException):
            raise each
        looked_at += each
    return looked_at


async def check_one(database: Database, work_id: UUID, *, pause: float = PAUSE) -> None:
    """Look at this one now, if it may be looked at."""
    async with database.read() as session:
        target = await queries.target(session, work_id)
        if target is None or not calling.is_on(session):
            return
        fetch, agent = calling.fetcher(session), await calling.agent(session)
    turns = Round(fetch, agent=agent, pause=pause)
    await _check(database, target, fetch, agent, turns)
    await asyncio.sleep(pause)


async def _check(
    database: Database, target: Target, fetch: Fetch, agent: str, turns: Round
) -> Look:
    found = await look(target.url, target.fingerprint, fetch=fetch, agent=agent, turn=turns.turn)
    async with database.write() as session:
        await record(session, target, found)
    return found


async def _put_off(database: Database, targets: Sequence[Target], seconds: int) -> None:
    """Leave alone the host that wants to be left alone."""
    async with database.write() as session:
        later = await transaction_time(session) + timedelta(seconds=seconds)
        await session.execute(
            update(Work)
            .where(Work.id.in_([each.work_id for each in targets]))
            .values(link_next_check_at=later)
            .execution_options(synchronize_session=False)
        )


def _by_host(targets: Iterable[Target]) -> list[list[Target]]:
    hosts = dict[str, list[Target]]()
    for each in targets:
        _, _, host = each.url.split("/")[:3]
        hosts.setdefault(host, []).append(each)
    return list(hosts.values())
