"""From an address to the one host that may be called for it.

A name is resolved once, all its addresses are looked at, and the connection goes to one that was
looked at: what the name means a moment later is of no interest (DNS rebinding).
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from ipaddress import ip_address
from itertools import zip_longest

import httpx

from app.outbound.addresses import Address, is_public
from app.outbound.page import Refused, Unreachable

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From the name of a host and a port to its addresses. Raises OSError where there are none."""

Endpoint = tuple[str, int]
"""An address and a port."""

PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_NUMERIC = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE)
"""Hosts that old parsers take for an IPv4 address in decimal, octal or hexadecimal form."""


async def system_addresses(host: str, port: int) -> list[str]:
    """As the machine's name service has it."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parsed(address: str) -> httpx.URL:
    """The address, without its fragment. Raises Refused where it is none that we call."""
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise Refused("host", "It is not a web address.") from None
    if url.scheme not in _DEFAULT_PORTS:
        raise Refused("scheme", "Only http and https are called.")
    if url.userinfo:
        raise Refused("credentials", "An address with a user name or password is not called.")
    host = url.raw_host.decode()
    if _literal(host) is None and (not _NAME.fullmatch(host) or _NUMERIC.fullmatch(host)):
        raise Refused("host", "It names no host.")
    return url


def port_of(url: httpx.URL) -> int:
    return url.port or _DEFAULT_PORTS[url.scheme]


async def endpoints(
    url: httpx.URL, resolve: Resolve, allowed: Collection[Endpoint], patience: float
) -> list[Endpoint]:
    """Where it can be had. Raises Refused where one of them is not public, or the port unusual.

    Those in `allowed` are fit, whatever they are.
    """
    port = port_of(url)
    found = await public(url.raw_host.decode(), port, resolve, allowed, patience)
    if port not in PORTS and not set(found) <= set(allowed):
        raise Refused("port", "Only the ports 80 and 443 are called.")
    return found


async def public(
    host: str,
    port: int,
    resolve: Resolve,
    allowed: Collection[Endpoint],
    patience: float,
) -> list[Endpoint]:
    """Where a host can be had, whatever the port. Raises Refused where that is not public."""
    literal = _literal(host)
    addresses = [literal] if literal else await _resolved(host, port, resolve, patience)
    for address in addresses:
        if (str(address), port) not in allowed and not is_public(address):
            raise Refused("address", "It does not lead to the public internet.")
    return [(str(address), port) for address in addresses]


async def _resolved(host: str, port: int, resolve: Resolve, patience: float) -> list[Address]:
    try:
        async with asyncio.timeout(patience):
            found = await resolve(host, port)
    except (OSError, UnicodeError):  # a TimeoutError is an OSError
        found = []
    if not found:
        raise Unreachable("dns", "There is no host of this name.")
    return _alternating([ip_address(each) for each in found])


def _alternating(addresses: Sequence[Address]) -> list[Address]:
    """One of each version in turn: where one of the two is not routed, the other comes soon."""
    versions = [[each for each in addresses if each.version == number] for number in (4, 6)]
    return [each for pair in zip_longest(*versions) for each in pair if each is not None]


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
