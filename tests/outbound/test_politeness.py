"""A round of calls: one at a time at each host, a second apart, where robots.txt lets us."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import httpx
import pytest

from app.outbound.fetching import fetch
from app.outbound.page import Page, Refused
from app.outbound.politeness import LONGEST_WAIT, Round, asked_to_wait
from tests.outbound.playing import AGENT, Asked, Stranger, redirect, reply, silent, stranger


class Time:
    """A clock that only goes on while somebody sleeps by it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def seconds(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        for target in ("/a", "/b", "/c", "/private/d"):
            playing.pages[target] = reply(200, target)
        yield playing


def visiting(time: Time, *strangers: Stranger) -> tuple[Round, partial]:
    calling = partial(fetch, agent=AGENT, allowed={each.endpoint for each in strangers})
    visit = Round(partial(fetch, allowed={each.endpoint for each in strangers}), agent=AGENT,
                  sleep=time.sleep, seconds=time.seconds)  # fmt: skip
    return visit, partial(calling, turn=visit.turn)


async def test_a_host_is_asked_one_thing_a_second_and_its_robots_once(there: Stranger) -> None:
    time = Time()
    _, call = visiting(time, there)

    pages = await asyncio.gather(*(call(there.url(target)) for target in ("/a", "/b", "/c")))

    assert [page.body for page in pages] == [b"/a", b"/b", b"/c"]
    assert there.targets == ["/robots.txt", "/a", "/b", "/c"]
    assert time.slept == [1.0, 1.0, 1.0]


async def test_a_host_has_one_question_of_ours_at_a_time(there: Stranger) -> None:
    open_now, most = 0, 0

    async def counting(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.02)
        await reply()(asked, writer)
        open_now -= 1

    for number in range(6):
        there.pages[f"/{number}"] = counting
    _, call = visiting(Time(), there)

    await asyncio.gather(*(call(there.url(f"/{number}")) for number in range(6)))

    assert most == 1


async def test_hosts_do_not_wait_for_one_another(there: Stranger) -> None:
    async with stranger() as other:
        there.pages["/slow"] = silent
        other.pages["/a"] = reply(200, "at once")
        _, call = visiting(Time(), there, other)

        slow = asyncio.create_task(call(there.url("/slow")))
        page = await call(other.url("/a"))
        slow.cancel()

    assert page.body == b"at once"


async def test_what_robots_keeps_from_us_is_not_asked(there: Stranger) -> None:
    there.pages["/robots.txt"] = reply(200, "User-agent: *\nDisallow: /private")
    there.pages["/b"] = redirect("/private/d")
    _, call = visiting(Time(), there)

    for target in ("/private/d", "/b"):
        with pytest.raises(Refused) as refused:
            await call(there.url(target))
        assert refused.value.reason == "robots"

    assert there.targets == ["/robots.txt", "/b"]


@pytest.mark.parametrize(("status", "free"), [(404, True), (403, True), (500, False), (429, False)])
async def test_robots_that_cannot_be_had(there: Stranger, status: int, free: bool) -> None:
    there.pages["/robots.txt"] = reply(status, "User-agent: *\nDisallow: /")
    _, call = visiting(Time(), there)

    if free:
        assert (await call(there.url("/a"))).status == 200
    else:
        with pytest.raises(Refused):
            await call(there.url("/a"))


async def test_a_redirect_to_another_host_waits_its_turn_there(there: Stranger) -> None:
    async with stranger() as other:
        other.pages["/x"] = reply(200, "moved")
        there.pages["/a"] = redirect(other.url("/x"))
        time = Time()
        _, call = visiting(time, there, other)

        await call(there.url("/a"))

    assert other.targets == ["/robots.txt", "/x"]
    assert time.slept == [1.0, 1.0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": "99999999999999999"}, LONGEST_WAIT),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": "Fri, 20 Nov 99999999999999999999 10:05:00 GMT"}, None),
        ({"retry-after": "Fri, 20 Nov 2026 10:05:00 +99999999999999999999"}, None),
        (
            {
                "retry-after": "Fri, 20 Nov 2026 10:05:00 GMT",
                "date": "Fri, 20 Nov 2026 10:00:00 GMT",
            },
            300,
        ),
        (
            {
                "retry-after": "Fri, 20 Nov 2026 10:00:00 GMT",
                "date": "Fri, 20 Nov 2026 11:00:00 GMT",
            },
            0,
        ),
    ],
)
def test_how_long_a_server_wants_us_to_wait(headers: dict[str, str], seconds: int | None) -> None:
    page = Page(429, "http://example.org/", (), httpx.Headers(headers), b"", False, 1)

    assert asked_to_wait(page) == seconds
