"""One call to somebody else's server, wherever the address leads, and no further than it may.

At each redirect everything is looked at anew. There are no cookies, no credentials, no proxies of
the environment; a connection serves one request.
"""

import asyncio
import ssl
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from functools import cache
from typing import Protocol

import httpx

from app import clock
from app.outbound import bodies, targets
from app.outbound.bodies import Into
from app.outbound.page import USUAL, Limits, Page, Refused, Unreachable
from app.outbound.targets import Endpoint, Resolve

HTML = "text/html, application/xhtml+xml, */*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_ADDRESSES = 3
"""Of a host with many addresses, so many are tried."""

Turn = Callable[[httpx.URL], AbstractAsyncContextManager[None]]
"""Is entered around each request, those of redirects too: it may wait, or raise Refused."""


class Fetch(Protocol):
    """`fetch`, with what is the caller's own matter settled."""

    async def __call__(
        self,
        url: str,
        limits: Limits = USUAL,
        *,
        agent: str,
        method: str = "GET",
        accept: str = HTML,
        turn: Turn = ...,
        into: Into | None = None,
    ) -> Page: ...


def _at_once(url: httpx.URL) -> AbstractAsyncContextManager[None]:
    return nullcontext()


async def fetch(
    url: str,
    limits: Limits = USUAL,
    *,
    agent: str,
    method: str = "GET",
    accept: str = HTML,
    turn: Turn = _at_once,
    into: Into | None = None,
    allowed: Collection[Endpoint] = (),
    resolve: Resolve = targets.system_addresses,
    trust: ssl.SSLContext | None = None,
) -> Page:
    """The page at this address, or where it redirects to. Raises Refused or Unreachable.

    `agent` is how we name ourselves. `allowed` are endpoints that may be called though they are
    not public. What is waited for in `turn` does not count as time of the call.

    With `into` this is a download: the body of an answer with the status 200 goes there as it
    comes, whole or not at all. Then TooLarge may be raised, too, and whatever `into` raises.
    """
    here, redirects, spent = targets.parsed(url), list[int](), 0.0
    while True:
        async with turn(here):
            began = clock.seconds()
            try:
                async with asyncio.timeout(limits.whole - spent):
                    where = await targets.endpoints(here, resolve, allowed, limits.connect)
                    request = _request(method, here, agent, accept, limits)
                    page = await answered(request, where, limits, trust or trusted(), into)
            except TimeoutError:
                raise Unreachable("timeout", "The server took too long.") from None
            spent += clock.seconds() - began
        if not _leads_on(page.status, page.headers):
            return replace(page, redirects=tuple(redirects), milliseconds=round(spent * 1000))
        if len(redirects) == limits.redirects:
            raise Unreachable("redirects", f"It redirects more than {limits.redirects} times.")
        redirects.append(page.status)
        here = _onward(here, page.headers["location"])


def _leads_on(status: int, headers: httpx.Headers) -> bool:
    return status in _REDIRECTS and bool(headers.get("location"))


def _onward(here: httpx.URL, location: str) -> httpx.URL:
    try:
        return targets.parsed(str(here.join(location)))
    except httpx.InvalidURL:
        raise Refused("host", "It redirects to what is not a web address.") from None


def _request(method: str, url: httpx.URL, agent: str, accept: str, limits: Limits) -> httpx.Request:
    timeout = httpx.Timeout(limits.silence or limits.whole, connect=limits.connect)
    headers = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": agent,
        "Accept": accept,
        "Accept-Encoding": bodies.ENCODINGS,
        "Connection": "close",
    }
    return httpx.Request(method, url, headers=headers, extensions={"timeout": timeout.as_dict()})


async def answered(
    request: httpx.Request,
    where: Sequence[Endpoint],
    limits: Limits,
    trust: ssl.SSLContext,
    into: Into | None = None,
) -> Page:
    """The answer to one request, of one of these endpoints. Raises Unreachable."""
    async with httpx.AsyncHTTPTransport(verify=trust, trust_env=False) as transport:
        try:
            response = await _connected(transport, request, where)
            try:
                body, cut = await _body(response, limits.body, into)
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise Unreachable("timeout", "The server took too long.") from None
        except httpx.TransportError as error:
            raise _unreachable(error) from None
    return Page(
        status=response.status_code, final_url=str(request.url), redirects=(),
        headers=response.headers, body=body, cut=cut, milliseconds=0,
    )  # fmt: skip


async def _body(response: httpx.Response, most: int, into: Into | None) -> tuple[bytes, bool]:
    if into is not None and response.status_code == 200:
        await into(bodies.pieces(response, most))
        return b"", False
    leads_on = _leads_on(response.status_code, response.headers)
    return await bodies.read(response, 0 if leads_on or into else most)


async def _connected(
    transport: httpx.AsyncHTTPTransport, request: httpx.Request, where: Sequence[Endpoint]
) -> httpx.Response:
    """The answer of the first of these addresses that takes the connection.

    The request is addressed to the number; its name stays in `Host`, in SNI and in what the
    certificate is held against.
    """
    name = request.url.raw_host.decode("ascii")
    *others, last = where[:_MOST_ADDRESSES]
    for address, _ in others:
        with suppress(httpx.ConnectError, httpx.ConnectTimeout):
            return await transport.handle_async_request(_pinned(request, name, address))
    return await transport.handle_async_request(_pinned(request, name, last[0]))


def _pinned(request: httpx.Request, name: str, address: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": name},
    )


def _unreachable(error: httpx.TransportError) -> Unreachable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Unreachable("tls", "Its certificate, or its way to encrypt, cannot be trusted.")
        cause = cause.__cause__ or cause.__context__
    return Unreachable("refused", "The server does not take or keep the connection.")


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are believed."""
    return httpx.create_ssl_context(trust_env=False)
