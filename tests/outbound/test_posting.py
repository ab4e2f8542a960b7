"""Posting: what is sent arrives as it is, and goes nowhere else."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.outbound.page import Limits, Page, Refused, Unreachable
from app.outbound.posting import LIMITS, post
from tests.outbound.playing import AGENT, Stranger, authority, redirect, reply, silent, stranger


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        yield playing


async def send(there: Stranger, url: str, limits: Limits = LIMITS, **options: Any) -> Page:
    """With the test's own server as the only exception."""
    told: dict[str, Any] = {"agent": AGENT, "media_type": "text/plain"}
    return await post(url, b"fog\0", limits, **(told | {"allowed": {there.endpoint}} | options))


async def test_what_is_sent_arrives_with_its_headers(there: Stranger) -> None:
    there.pages["/in"] = reply(202, "Thanks")

    page = await send(there, there.url("/in"), headers={"webhook-id": "1"})

    assert (page.status, page.body) == (202, b"Thanks")
    [asked] = there.asked
    assert (asked.method, asked.body) == ("POST", b"fog\0")
    assert asked.headers["user-agent"] == AGENT
    assert (asked.headers["content-type"], asked.headers["webhook-id"]) == ("text/plain", "1")
    assert asked.headers["host"] == f"{there.address}:{there.port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(there: Stranger, status: int) -> None:
    there.pages["/in"] = redirect(there.url("/elsewhere"), status)

    assert (await send(there, there.url("/in"))).status == status
    assert there.targets == ["/in"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[::1]/", "http://2130706433/",
            "ftp://hub.example/", "http://me:pw@hub.example/"],
)  # fmt: skip
async def test_it_goes_nowhere_that_a_page_is_not_fetched_from(there: Stranger, url: str) -> None:
    with pytest.raises(Refused):
        await send(there, url)


async def test_a_name_that_leads_to_a_private_address_is_refused(there: Stranger) -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["93.184.215.14", "192.168.1.1"]

    with pytest.raises(Refused):
        await send(there, "https://hub.example/", resolve=resolve)


async def test_a_server_that_does_not_answer_is_not_waited_for(there: Stranger) -> None:
    there.pages["/in"] = silent

    with pytest.raises(Unreachable) as failed:
        await send(there, there.url("/in"), Limits(connect=0.3, whole=0.5))
    assert failed.value.kind == "timeout"


async def test_by_https_the_certificate_is_held_against_the_name(tmp_path: Path) -> None:
    known = authority(tmp_path, "hub.example")
    async with stranger(tls=known.proof) as there:
        there.pages["/in"] = reply(200)

        async def resolve(host: str, port: int) -> Sequence[str]:
            return [there.address]

        page = await send(there, there.url("/in", "hub.example"), resolve=resolve,
                          trust=known.trust)  # fmt: skip
        assert page.status == 200
        assert there.asked[0].body == b"fog\0"
        with pytest.raises(Unreachable) as failed:
            await send(there, there.url("/in", "other.example"), resolve=resolve,
                       trust=known.trust)  # fmt: skip
        assert failed.value.kind == "tls"
