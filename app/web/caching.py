"""How long answers may be kept, by kind, and the tags by which they are purged.

Lifetimes are constants: one that depended on unpublished facts would betray them. A purge that is
lost must heal within a minute, so s-maxage and stale-while-revalidate add up to 60 s at most.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_TAG = re.compile(r"[A-Za-z0-9:._-]{1,200}")

TAG_HEADERS = {"Surrogate-Key": " ", "Cache-Tag": ",", "xkey": " "}
"""Header: separator. Fastly and others; Cloudflare and Akamai; Varnish."""

LONGEST_TAGS = 7500
"""Characters. Varnish takes 8 KB in one header line; Fastly and Cloudflare take 16 KB."""

OVERFLOW = "overflow"
"""Stands for the tags that had no room. Every purge by tag must name it too."""


@dataclass(frozen=True)
class Policy:
    """Seconds. `shared` is for CDNs and proxies, `browser` for the client's own cache."""

    browser: int = 0
    shared: int = 0
    stale_while_revalidate: int = 0
    stale_if_error: int = 0
    store: bool = True
    immutable: bool = False

    @cached_property
    def cache_control(self) -> str:
        """The value of Cache-Control (RFC 9111 §5.2, RFC 5861, RFC 8246)."""
        if not self.store:
            return "private, no-store"
        parts = ["public", f"max-age={self.browser}", f"s-maxage={self.shared}"]
        if self.stale_while_revalidate:
            parts.append(f"stale-while-revalidate={self.stale_while_revalidate}")
        if self.stale_if_error:
            parts.append(f"stale-if-error={self.stale_if_error}")
        if self.immutable:
            parts.append("immutable")
        return ", ".join(parts)

    @cached_property
    def header(self) -> bytes:
        return self.cache_control.encode()


_DAY = 86_400
_YEAR = 365 * _DAY

DOCUMENT = Policy(browser=10, shared=40, stale_while_revalidate=20, stale_if_error=_DAY)
"""An article, a person, a topic, an edition: one published document."""

LISTING = Policy(browser=5, shared=20, stale_while_revalidate=20, stale_if_error=_DAY)
"""Lists, fronts, collections and search."""

FEED = Policy(browser=30, shared=40, stale_while_revalidate=20, stale_if_error=_DAY)
"""Feeds and sitemaps: polled by programs that would otherwise come every second."""

REDIRECT = Policy(browser=10, shared=40, stale_while_revalidate=20)
"""A moved path; the old one may be used again."""

MISSING = Policy(browser=0, shared=5)
"""404. Short: what is not there now may be published the next second."""

GONE = Policy(browser=0, shared=30)
"""410 and 451."""

LIVE = Policy(browser=1, shared=2, stale_while_revalidate=3, stale_if_error=60)
"""What changes all the time: the head of the change log, live entries."""

FILE = Policy(browser=_YEAR, shared=60, stale_if_error=_DAY, immutable=True)
"""A file whose address has its digest in it: the bytes never change, but may be withdrawn, as when
its rights expire. A browser may keep what its reader has seen; whoever serves others asks again,
which costs a 304."""

STATIC = Policy(browser=3_600, shared=60)
"""Files of the documentation pages."""

PRIVATE = Policy(store=False)
"""The desk, errors, and everything that a key opens."""


def tag_headers(tags: Iterable[str], names: Iterable[str] = tuple(TAG_HEADERS)) -> dict[str, str]:
    """The headers that carry the tags, without doubles, in order; {} without tags.

    Tags are ASCII letters, digits and `:._-`. Where they are longer than LONGEST_TAGS together,
    the last ones give way to OVERFLOW. Raises ValueError for a tag that no header can carry.
    """
    kept: list[str] = []
    room = LONGEST_TAGS - len(OVERFLOW)
    for tag in dict.fromkeys(tags):
        if not _TAG.fullmatch(tag):
            raise ValueError(f"{tag!r} cannot be a cache tag")
        room -= len(tag) + 1
        if room < 0:
            kept.append(OVERFLOW)
            break
        kept.append(tag)
    return {name: TAG_HEADERS[name].join(kept) for name in names} if kept else {}
