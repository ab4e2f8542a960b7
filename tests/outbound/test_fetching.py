"""Fetching: what a page gives, and where a call does not go."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.outbound.fetching import fetch
from app.outbound.page import USUAL, Limits, Page, Refused, Unreachable
from tests.outbound.playing import (
    AGENT,
    Stranger,
    authority,
    endless,
    gibberish,
    redirect,
    reply,
    silent,
    stranger,
)

SHORT = Limits(connect=0.3, whole=0.6)


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        yield playing


async def call(there: Stranger, url: str, limits: Limits = USUAL, **options: Any) -> Page:
    """With the test's own server as the only exception."""
    return await fetch(url, limits, agent=AGENT, **({"allowed": {there.endpoint}} | options))


class Names:
    """A name service of a test's own. Each name has a list of answers; the last one stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        given = self.answers.get(host)
        if not given:
            raise OSError("no such host")
        return given.pop(0) if len(given) > 1 else given[0]


async def test_a_page_comes_with_all_that_is_said_of_it(there: Stranger) -> None:
    there.pages["/report?a=1"] = reply(200, "<title>Fog</title>", x_tide="high")

    page = await call(there, there.url("/report?a=1#part"))

    assert (page.status, page.body, page.cut) == (200, b"<title>Fog</title>", False)
    assert (page.final_url, page.redirects) == (there.url("/report?a=1"), ())
    assert (page.media_type, page.headers["X-Tide"]) == ("text/html", "high")
    assert 0 <= page.milliseconds < 5_000


async def test_we_say_who_we_are_and_nothing_else(
    there: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    there.pages["/a"] = reply(302, location="/b", set_cookie="who=me; Path=/")
    there.pages["/b"] = reply()

    await call(there, there.url("/a"))

    assert [each.headers["user-agent"] for each in there.asked] == [AGENT, AGENT]
    assert there.asked[1].headers.keys() == {
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip


async def test_redirects_are_followed_and_counted(there: Stranger) -> None:
    there.pages["/1"] = redirect("/2", 301)
    there.pages["/2"] = redirect(there.url("/3"), 307)
    there.pages["/3"] = reply(410, "Gone")

    page = await call(there, there.url("/1"), method="HEAD")

    assert (page.status, page.redirects, page.final_url) == (410, (301, 307), there.url("/3"))
    assert [each.method for each in there.asked] == ["HEAD"] * 3


async def test_five_redirects_are_enough(there: Stranger) -> None:
    for number in range(7):
        there.pages[f"/{number}"] = redirect(f"/{number + 1}")
    there.pages["/7"] = reply(200, "There")

    assert (await call(there, there.url("/2"))).body == b"There"
    with pytest.raises(Unreachable) as failed:
        await call(there, there.url("/1"))
    assert failed.value.kind == "redirects"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "address"),
        ("http://127.1/", "host"),
        ("http://2130706433/", "host"),
        ("http://0177.0.0.1/", "host"),
        ("http://0x7f.0.0.1/", "host"),
        ("http://0x7f000001/", "host"),
        ("http://127.0.0.1.nip.example.0x7f/", "host"),
        ("http://[::1]/", "address"),
        ("http://[::ffff:127.0.0.1]/", "address"),
        ("http://[fe80::1]/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://0.0.0.0/", "address"),
        ("http://8.8.8.8:22/", "port"),
        ("https://8.8.8.8:8443/", "port"),
        ("ftp://8.8.8.8/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://8.8.8.8:80/_x", "scheme"),
        ("//8.8.8.8/", "scheme"),
        ("nowhere", "scheme"),
        ("http:///path", "host"),
        ("http://me:secret@8.8.8.8/", "credentials"),
        ("http://me@8.8.8.8/", "credentials"),
        ("http://exa mple.org/", "host"),
        ("http://[::1/", "host"),
        ("http://8.8.8.8:99999/", "port"),
    ],
)
async def test_what_is_not_called(url: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await fetch(url, SHORT, agent=AGENT)
    assert refused.value.reason == reason


async def test_no_numbers_are_asked_of_the_name_service() -> None:
    names = Names()

    for host in ("2130706433", "0x7f.1", "127.0.0.1", "[::1]"):
        with pytest.raises(Refused):
            await fetch(f"http://{host}/", SHORT, agent=AGENT, resolve=names)

    assert names.asked == []


@pytest.mark.parametrize("inside", ["10.0.0.5", "::1", "169.254.169.254", "::ffff:10.0.0.5"])
async def test_one_private_address_of_a_name_is_enough_to_refuse_it(inside: str) -> None:
    names = Names(mixed_example=[["93.184.216.34", inside]])

    with pytest.raises(Refused) as refused:
        await fetch("http://mixed.example/", SHORT, agent=AGENT, resolve=names)
    assert refused.value.reason == "address"
    assert inside not in str(refused.value)


async def test_localhost_by_the_machines_own_name_service_is_refused() -> None:
    with pytest.raises(Refused):
        await fetch("http://localhost/", SHORT, agent=AGENT)


@pytest.mark.parametrize(
    "to",
    ["http://169.254.169.254/latest/meta-data/", "http://intranet.example/", "//10.0.0.1/",
     "http://[::1]/", "http://127.0.0.1:1/", "file:///etc/passwd", "http://2130706433/"],
)  # fmt: skip
async def test_a_redirect_to_what_is_not_public_is_not_followed(there: Stranger, to: str) -> None:
    names = Names(intranet_example=[["192.168.7.7"]])
    there.pages["/"] = redirect(to)

    with pytest.raises(Refused):
        await call(there, there.url("/"), resolve=names)


async def test_the_connection_goes_to_the_address_that_was_looked_at(there: Stranger) -> None:
    """A name that means something else a moment later: it is not asked again."""
    there.pages["/"] = reply(200, "the one that was looked at")
    async with stranger(address="127.0.0.2", port=there.port) as other:
        other.pages["/"] = reply(200, "the other one")
        names = Names(turning_example=[["127.0.0.1"], ["127.0.0.2"]])

        page = await call(there, there.url("/", "turning.example"), resolve=names)

    assert page.body == b"the one that was looked at"
    assert page.final_url == there.url("/", "turning.example")
    assert there.asked[0].headers["host"] == f"turning.example:{there.port}"
    assert (names.asked, other.asked) == (["turning.example"], [])


async def test_a_name_is_looked_at_again_at_each_redirect(there: Stranger) -> None:
    there.pages["/"] = redirect("/again")
    names = Names(turning_example=[["127.0.0.1"], ["10.1.2.3"]])

    with pytest.raises(Refused):
        await call(there, there.url("/", "turning.example"), resolve=names)

    assert there.targets == ["/"]


async def test_only_the_very_endpoint_that_is_allowed_is_an_exception(there: Stranger) -> None:
    async with stranger() as other:
        with pytest.raises(Refused):
            await call(there, other.url("/"))
    assert other.asked == []


@pytest.mark.parametrize("order", [("127.0.0.3", "127.0.0.1"), ("127.0.0.1", "127.0.0.3")])
async def test_when_one_address_does_not_answer_another_is_tried(
    there: Stranger, order: Sequence[str]
) -> None:
    there.pages["/"] = reply(200, "There")
    names = Names(two_example=[order])

    page = await call(
        there, there.url("/", "two.example"), resolve=names,
        allowed={there.endpoint, ("127.0.0.3", there.port)},
    )  # fmt: skip

    assert page.body == b"There"


async def test_many_addresses_of_one_version_do_not_hide_the_other(there: Stranger) -> None:
    there.pages["/"] = reply(200, "There")
    away = [f"::{number}" for number in range(2, 9)]
    names = Names(many_example=[[*away, "127.0.0.1"]])
    allowed = {there.endpoint, *((address, there.port) for address in away)}

    page = await call(there, there.url("/", "many.example"), resolve=names, allowed=allowed)

    assert page.body == b"There"


async def test_a_name_nobody_has(there: Stranger) -> None:
    with pytest.raises(Unreachable) as failed:
        await call(there, "http://nobody.example/", resolve=Names())
    assert failed.value.kind == "dns"


async def test_a_name_service_that_does_not_answer() -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(Unreachable) as failed:
        await fetch("http://slow.example/", SHORT, agent=AGENT, resolve=resolve)
    assert failed.value.kind == "dns"


async def test_nobody_listens(there: Stranger) -> None:
    closed = ("127.0.0.4", there.port)

    with pytest.raises(Unreachable) as failed:
        await call(there, f"http://127.0.0.4:{there.port}/", allowed={closed})
    assert failed.value.kind == "refused"


async def test_what_answers_is_no_web_server(there: Stranger) -> None:
    there.pages["/"] = gibberish

    with pytest.raises(Unreachable) as failed:
        await call(there, there.url("/"))
    assert failed.value.kind == "refused"


async def test_a_server_that_takes_too_long(there: Stranger) -> None:
    there.pages["/"] = silent

    with pytest.raises(Unreachable) as failed:
        await call(there, there.url("/"), SHORT)
    assert failed.value.kind == "timeout"


async def test_the_time_is_that_of_the_whole_call(there: Stranger) -> None:
    """A byte now and then, and redirects, do not win more of it."""

    async def dripping(asked: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    there.pages["/"] = redirect("/drip")
    there.pages["/drip"] = dripping

    began = asyncio.get_running_loop().time()
    with pytest.raises(Unreachable) as failed:
        await call(there, there.url("/"), SHORT)

    assert failed.value.kind == "timeout"
    assert asyncio.get_running_loop().time() - began < 5


async def test_a_huge_page_is_cut(there: Stranger) -> None:
    there.pages["/"] = endless()

    page = await call(there, there.url("/"), Limits(body=100_000))

    assert (len(page.body), page.cut) == (100_000, True)


async def test_a_packed_page_is_unpacked(there: Stranger) -> None:
    for coding, packed in (("gzip", gzip.compress(b"fog")), ("deflate", zlib.compress(b"fog"))):
        there.pages["/"] = reply(200, packed, content_encoding=coding)

        page = await call(there, there.url("/"))

        assert (page.body, page.cut) == (b"fog", False)


async def test_a_bomb_is_cut_before_it_goes_off(there: Stranger) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000, compresslevel=1)
    there.pages["/"] = reply(200, bomb, content_encoding="gzip")

    tracemalloc.start()
    page = await call(there, there.url("/"), Limits(body=2_000_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(page.body), page.cut) == (2_000_000, True)
    assert most < 12_000_000


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
async def test_what_is_packed_in_other_ways_is_left_packed(there: Stranger, coding: str) -> None:
    there.pages["/"] = reply(200, gzip.compress(gzip.compress(b"fog")), content_encoding=coding)

    page = await call(there, there.url("/"))

    assert (page.status, page.body, page.cut) == (200, b"", True)


async def test_what_is_badly_packed_is_read_as_far_as_it_goes(there: Stranger) -> None:
    broken = gzip.compress(b"fog" * 1000)[:-30] + b"x" * 30
    there.pages["/"] = reply(200, broken, content_encoding="gzip")

    page = await call(there, there.url("/"))

    assert page.status == 200
    assert page.cut


async def test_the_certificate_is_held_against_the_name(tmp_path: Path) -> None:
    own = authority(tmp_path, "courier.example")
    names = Names(courier_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    async with stranger(tls=own.proof) as there:
        there.pages["/"] = reply(200, "There")

        page = await call(there, there.url("/", "courier.example"), resolve=names, trust=own.trust)
        with pytest.raises(Unreachable) as another_name:
            await call(there, there.url("/", "other.example"), resolve=names, trust=own.trust)
        with pytest.raises(Unreachable) as nobody_knows_it:
            await call(there, there.url("/", "courier.example"), resolve=names)

    assert page.body == b"There"
    assert {another_name.value.kind, nobody_knows_it.value.kind} == {"tls"}


async def test_no_tls_where_it_is_promised() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Speak plainly\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unreachable) as failed:
        await fetch(f"https://127.0.0.1:{port}/", agent=AGENT, allowed={("127.0.0.1", port)})
    server.close()
    assert failed.value.kind == "tls"
