"""PURE: the form of an address in which two spellings of it are equal.

What does not decide what is read there goes: the scheme, `www.` and the hosts for telephones
(`m.`, `mobile.`, `amp.`), default ports, slashes at the end, `/amp`, parameters that only follow
readers around, the order of the others, the fragment (but `#!`, which old sites route by). All
else stays: a path in other letters is another path.
"""

import hashlib
import re
from urllib.parse import quote, quote_plus, unquote_plus, unquote_to_bytes, urlsplit

from pydantic_core import Url

LONGEST = 1_000
"""A longer key is cut, with its hash behind: an index holds no rows of several kilobytes."""

FOLLOWING = frozenset(
    """
    fbclid gclid gclsrc gbraid wbraid dclid msclkid ttclid twclid yclid ysclid li_fat_id igshid igsh
    epik srsltid s_kwcid rb_clickid mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi _openstat __s
    __twitter_impression amp cmp cmpid echobox icid ncid ocid ref_src ref_url share smid smtyp spm
    socialtoken sr_share xtor zanpid
    """.split()  # noqa: SIM905
)
FOLLOWING_FAMILIES = ("utm_", "pk_", "mtm_", "hsa_", "vero_", "oly_", "at_", "ns_", "wt_")

_OTHER_HOSTS = re.compile(r"(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.[^.])")
_PLAIN = "!$'()*,-.:;@_~"


def key(url: str) -> str:
    """The key of an absolute http or https address, in ASCII."""
    parts = urlsplit(str(Url(url)))
    made = _host(parts.netloc) + _path(parts.path) + _query(parts.query) + _route(parts.fragment)
    if len(made) <= LONGEST:
        return made
    return f"{made[:LONGEST]}#{hashlib.sha256(made.encode()).hexdigest()}"


def _host(netloc: str) -> str:
    host, colon, port = netloc.partition(":")
    found = _OTHER_HOSTS.match(host)
    return host[found.end() if found else 0 :].rstrip(".") + colon + port


def _path(path: str) -> str:
    parts = [quote(unquote_to_bytes(part), safe=_PLAIN + "&=+") for part in path.split("/")]
    return "/".join(parts).rstrip("/").removesuffix("/amp").rstrip("/")


def _query(query: str) -> str:
    pairs = [part.partition("=") for part in query.split("&") if part]
    kept = sorted(
        f"{_word(name)}={_word(value)}" if equals else _word(name)
        for name, equals, value in pairs
        if not _only_follows(unquote_plus(name).lower(), value)
    )
    return f"?{'&'.join(kept)}" if kept else ""


def _only_follows(name: str, value: str) -> bool:
    return (
        name in FOLLOWING
        or name.startswith(FOLLOWING_FAMILIES)
        or (name == "outputtype" and value == "amp")
    )


def _word(text: str) -> str:
    return quote_plus(unquote_to_bytes(text.replace("+", " ")), safe=_PLAIN)


def _route(fragment: str) -> str:
    if not fragment.startswith("!"):
        return ""
    return "#" + quote(unquote_to_bytes(fragment), safe=_PLAIN + "/&=?+")
