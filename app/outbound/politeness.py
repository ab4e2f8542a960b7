"""Calling many pages without being a burden: a host is asked one thing at a time, with a pause
after each, and nothing that its robots.txt keeps from us.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from app import clock
from app.outbound import robots
from app.outbound.fetching import Fetch
from app.outbound.page import Limits, Page, Refused, Unreachable

PAUSE = 1.0
"""Seconds between two requests to a host."""

LONGEST_WAIT = 7 * 86_400
"""Seconds that we wait at most because a server asks for it."""

_ROBOTS = Limits(connect=5, whole=10, body=robots.LARGEST)
_NOTHING, _EVERYTHING = "User-agent: *\nDisallow: /", ""

Sleep = Callable[[float], Awaitable[None]]


class Round:
    """One round of calls; `turn` is for `fetch`. It remembers each host's robots.txt and when it
    was last asked."""

    def __init__(
        self,
        fetch: Fetch,
        *,
        agent: str,
        pause: float = PAUSE,
        sleep: Sleep = asyncio.sleep,
        seconds: Callable[[], float] = clock.seconds,
    ) -> None:
        self._fetch, self._agent, self._pause = fetch, agent, pause
        self._sleep, self._seconds = sleep, seconds
        self._busy = dict[str, asyncio.Lock]()
        self._asked = dict[str, float]()
        self._robots = dict[str, str]()

    @asynccontextmanager
    async def turn(self, url: httpx.URL) -> AsyncIterator[None]:
        """Our turn at this host. Raises Refused where its robots.txt does not want us there."""
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._busy.setdefault(site, asyncio.Lock()):
            if site not in self._robots:
                async with self._paused(site):
                    self._robots[site] = await self._robots_of(site)
            if not robots.allows(self._robots[site], url.raw_path.decode("ascii")):
                raise Refused("robots", "The site's robots.txt asks not to be called there.")
            async with self._paused(site):
                yield

    @asynccontextmanager
    async def _paused(self, site: str) -> AsyncIterator[None]:
        since = self._seconds() - self._asked.get(site, float("-inf"))
        if since < self._pause:
            await self._sleep(self._pause - since)
        try:
            yield
        finally:
            self._asked[site] = self._seconds()

    async def _robots_of(self, site: str) -> str:
        """RFC 9309 §2.3.1: where there is none everything is free, where it cannot be had nothing.

        A site that does not answer at all is left to the call itself, which will say how.
        """
        try:
            page = await self._fetch(
                f"{site}/robots.txt", _ROBOTS, agent=self._agent, accept="text/plain, */*;q=0.5"
            )
        except (Refused, Unreachable):
            return _EVERYTHING
        if page.status == 200:
            return page.body.decode("utf-8", "replace")
        return _NOTHING if page.status >= 500 or page.status == 429 else _EVERYTHING


def asked_to_wait(page: Page) -> int | None:
    """The seconds of its `Retry-After`, in either form; None where there is none."""
    said = page.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return min(int(said[:9]), LONGEST_WAIT)
    until, since = _moment(said), _moment(page.headers.get("date", ""))
    if until is None:
        return None
    seconds = (until - (since or clock.now())).total_seconds()
    return max(0, min(round(seconds), LONGEST_WAIT))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
