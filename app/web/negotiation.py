"""PURE: what a client prefers: which of several media types, compressed or not (RFC 9110 §12.5)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_RANGE = re.compile(r"([!#$%&'*+.^_`|~0-9a-z-]+)/([!#$%&'*+.^_`|~0-9a-z-]+)")
_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


class _Range(NamedTuple):
    kind: str
    subtype: str
    weight: float

    def covers(self, kind: str, subtype: str) -> bool:
        return self.kind in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def exactness(self) -> int:
        return (self.kind != "*") + (self.subtype != "*")


def preferred(accept: bytes | None, offered: Sequence[str]) -> str | None:
    """The best of `offered` (types in lower case, the server's favourite first); None where the
    client takes none of them. Parameters of types do not matter, and what cannot be read is left
    out: without anything else every type is as good as any other."""
    ranges = list(_ranges(accept.decode("latin-1").lower())) if accept else []
    if not ranges:
        return offered[0]
    weights = {each: _weight(each, ranges) for each in offered}
    best = max(offered, key=lambda each: weights[each])
    return best if weights[best] else None


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(","):
        media, *parameters = (each.strip() for each in part.split(";"))
        found = _RANGE.fullmatch(media)
        if found is None or (found[1] == "*" and found[2] != "*"):
            continue
        weights = [weight[1] for each in parameters if (weight := _WEIGHT.fullmatch(each))]
        yield _Range(found[1], found[2], float(weights[0]) if weights else 1.0)


def _weight(media: str, ranges: Sequence[_Range]) -> float:
    """What the most exact of the ranges that cover it says."""
    kind, _, subtype = media.partition("/")
    covering = [each for each in ranges if each.covers(kind, subtype)]
    return max(covering, key=lambda each: each.exactness).weight if covering else 0.0


def takes_gzip(accept_encoding: bytes | None) -> bool:
    """Whether a client wants its answer compressed (RFC 9110 §12.5.3)."""
    for part in (accept_encoding or b"").decode("latin-1").lower().split(","):
        coding, *parameters = (each.strip() for each in part.split(";"))
        if coding in ("gzip", "x-gzip"):
            weights = [weight[1] for each in parameters if (weight := _WEIGHT.fullmatch(each))]
            return not weights or float(weights[0]) > 0
    return False
