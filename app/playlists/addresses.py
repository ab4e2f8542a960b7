"""The addresses in a playlist: made whole, and told from those that nobody should follow."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.outbound import targets
from app.outbound.addresses import is_public
from app.outbound.page import Refused

MOST_PROBLEMS = 10

_LOCAL = (".localhost", ".local", ".internal", ".home.arpa")


def resolved(uri: str, base: str) -> str | None:
    """The whole address; None where it is none that a player could call."""
    try:
        return str(targets.parsed(urljoin(base, uri.strip())))
    except (Refused, ValueError):
        return None


def problems(data: Mapping[str, Any], base: str) -> Iterator[str]:
    """What is wrong with addresses, each host or way of calling it once."""
    told = set[str]()
    for uri in _uris(data):
        words = _problem(uri, base)
        if words and words not in told:
            told.add(words)
            yield words
            if len(told) == MOST_PROBLEMS:
                return


def _uris(data: Any) -> Iterator[str]:
    """Everything that a tag calls an address, wherever it stands; of interstitials too."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            if isinstance(value, str) and (name.endswith("uri") or name == "x_asset_list"):
                yield value.strip("\"'")
            elif isinstance(value, Mapping | list):
                yield from _uris(value)
    elif isinstance(data, list):
        for value in data:
            yield from _uris(value)


def _problem(uri: str, base: str) -> str | None:
    try:
        url = targets.parsed(urljoin(base, uri))
    except Refused as refused:
        return _refused(uri, refused)
    except ValueError:
        return f"“{uri[:80]}” is no address."
    host = url.raw_host.decode()
    if _is_inward(host):
        return f"It points to {host}, which is not on the public internet."
    if url.scheme == "http" and base.startswith("https:"):
        return f"It points to http://{host}: players on https pages refuse what is not encrypted."
    return None


def _refused(uri: str, refused: Refused) -> str | None:
    if refused.reason != "scheme":
        return f"“{uri[:80]}” is no address that can be called."
    scheme = urlsplit(uri).scheme
    if scheme == "skd":  # names a FairPlay key; no player calls it as an address
        return None
    return f"It points to a “{scheme}:” address; only http and https can be played."


def _is_inward(host: str) -> bool:
    try:
        return not is_public(ip_address(host))
    except ValueError:
        name = f".{host.rstrip('.')}"
        return name.endswith(_LOCAL) or name.count(".") == 1
