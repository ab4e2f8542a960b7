"""Sending something to somebody else's server, at an address that others gave us.

As careful as fetching, but that redirects are not followed: who takes what is sent says where.
"""

import asyncio
import ssl
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

import httpx

from app import clock
from app.outbound import bodies, targets
from app.outbound.fetching import answered, trusted
from app.outbound.page import Limits, Page, Unreachable
from app.outbound.targets import Endpoint, Resolve

LIMITS = Limits(connect=5, whole=20, body=10_000, redirects=0)


class Post(Protocol):
    """`post`, with what is the caller's own matter settled."""

    async def __call__(
        self,
        url: str,
        content: bytes,
        limits: Limits = LIMITS,
        *,
        agent: str,
        media_type: str,
        headers: Mapping[str, str] = ...,
    ) -> Page: ...


async def post(
    url: str,
    content: bytes,
    limits: Limits = LIMITS,
    *,
    agent: str,
    media_type: str,
    headers: Mapping[str, str] = {},
    allowed: Collection[Endpoint] = (),
    resolve: Resolve = targets.system_addresses,
    trust: ssl.SSLContext | None = None,
) -> Page:
    """The answer, whatever its status. Raises Refused or Unreachable, as `fetch`."""
    there, began = targets.parsed(url), clock.seconds()
    try:
        async with asyncio.timeout(limits.whole):
            where = await targets.endpoints(there, resolve, allowed, limits.connect)
            request = _request(there, content, agent, media_type, headers, limits)
            page = await answered(request, where, limits, trust or trusted())
    except TimeoutError:
        raise Unreachable("timeout", "The server took too long.") from None
    return replace(page, milliseconds=round((clock.seconds() - began) * 1000))


def _request(
    url: httpx.URL,
    content: bytes,
    agent: str,
    media_type: str,
    headers: Mapping[str, str],
    limits: Limits,
) -> httpx.Request:
    timeout = httpx.Timeout(limits.silence or limits.whole, connect=limits.connect)
    told = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": agent,
        "Accept": "application/json, text/plain, */*;q=0.5",
        "Accept-Encoding": bodies.ENCODINGS,
        "Content-Type": media_type,
        "Connection": "close",
    }
    return httpx.Request(
        "POST",
        url,
        headers=told | dict(headers),
        content=content,
        extensions={"timeout": timeout.as_dict()},
    )
