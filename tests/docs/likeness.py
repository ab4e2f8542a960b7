"""Whether an answer is the one that a page shows.

A page shows a real answer, shortened with `…`. Ids, dates, keys, ETags and hosts are others each
time: they may differ, but whatever was one id on the page must be one id in the answers.
"""

import json
import re
from typing import Any

LEFT_OUT = "…"

_TOKEN = re.compile(
    r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|(?P<key>mh_[A-Za-z0-9_-]{12,})"
    r'|(?P<etag>"[A-Za-z0-9_-]{22}(?:-[a-z]+)*"|"[0-9a-f]+-[0-9a-f]{18}")'
    r"|(?P<cursor>(?<=cursor=)[A-Za-z0-9_-]+)"
    r"|(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"
    r"|(?P<date>[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT)"
    r"|(?P<month>(?<=/)\d{4}/\d\d(?=/))"
    r"|(?P<host>https?://[^/\"\s]+)"
    r"|(?P<request>(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f]))"
)
_FREE = frozenset({"time", "date", "host", "request"})
"""Kinds of which two that are alike on the page need not be alike in the answers."""

_BLOCK_ID = re.compile(r"[a-z0-9]{8}")
_JSON_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|…')


class Unlike(AssertionError):
    """The answer is not what the page shows."""


class Reading:
    """What stands for what: pieces of the page, and what they were in the answers."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def real(self, shown: str) -> str:
        """A request of the page, with the pieces that earlier answers brought."""
        return _TOKEN.sub(lambda token: self._known.get(token[0], token[0]), shown)

    def compare(self, shown: Any, real: Any, place: str = "") -> None:
        """Raises Unlike unless `real` is what `shown` shows of it."""
        if shown == LEFT_OUT:
            return
        if isinstance(shown, dict) and isinstance(real, dict):
            self._objects(shown, real, place)
        elif isinstance(shown, list) and isinstance(real, list):
            self._lists(shown, real, place)
        elif isinstance(shown, str) and isinstance(real, str):
            self._texts(shown, real, place)
        elif type(shown) is not type(real) or shown != real:
            raise Unlike(f"{place}: the page shows {shown!r}, it is {real!r}")

    def _objects(self, shown: dict[str, Any], real: dict[str, Any], place: str) -> None:
        wanted = shown.keys() - {LEFT_OUT}
        if missing := wanted - real.keys():
            raise Unlike(f"{place}: there is no {', '.join(sorted(missing))}")
        if LEFT_OUT not in shown and (more := real.keys() - wanted):
            raise Unlike(f"{place}: the page does not show {', '.join(sorted(more))}")
        for name in shown:
            if name != LEFT_OUT:
                self.compare(shown[name], real[name], f"{place}/{name}")

    def _lists(self, shown: list[Any], real: list[Any], place: str) -> None:
        shortened = bool(shown) and shown[-1] == LEFT_OUT
        wanted = shown[:-1] if shortened else shown
        if len(real) < len(wanted) or (len(real) > len(wanted) and not shortened):
            raise Unlike(f"{place}: the page shows {len(wanted)}, there are {len(real)}")
        for number, one in enumerate(wanted):
            self.compare(one, real[number], f"{place}/{number}")

    def _texts(self, shown: str, real: str, place: str) -> None:
        if _skeleton(shown) == _skeleton(real):
            for mine, theirs in zip(_TOKEN.finditer(shown), _TOKEN.finditer(real), strict=True):
                self._is_still(mine, theirs[0], place)
        elif not _is_block_id(shown, real, place) and not _is_shortened(shown, real):
            raise Unlike(f"{place}: the page shows {shown!r}, it is {real!r}")

    def _is_still(self, shown: re.Match[str], real: str, place: str) -> None:
        if shown.lastgroup in _FREE:
            return
        known = self._known.setdefault(shown[0], real)
        if known != real:
            raise Unlike(f"{place}: {shown[0]} was {known}, it is {real}")


def shortened_json(text: str) -> Any:
    """JSON in which `…` stands for whatever was left out."""
    open_: list[str] = []

    def spelled(part: re.Match[str]) -> str:
        sign = part[0]
        if sign in "{[":
            open_.append(sign)
        elif sign in "}]":
            open_.pop()
        elif sign == LEFT_OUT:
            is_value = text[: part.start()].rstrip().endswith(":")
            member = bool(open_) and open_[-1] == "{" and not is_value
            return f'"{LEFT_OUT}": "{LEFT_OUT}"' if member else f'"{LEFT_OUT}"'
        return sign

    return json.loads(_JSON_PART.sub(spelled, text))


def _is_block_id(shown: str, real: str, place: str) -> bool:
    both = _BLOCK_ID.fullmatch(shown) and _BLOCK_ID.fullmatch(real)
    return place.endswith("/id") and both is not None


def _is_shortened(shown: str, real: str) -> bool:
    parts = map(re.escape, shown.split(LEFT_OUT))
    return LEFT_OUT in shown and re.fullmatch(".*".join(parts), real, re.DOTALL) is not None


def _skeleton(text: str) -> str:
    """The text with only the kinds of its tokens."""
    return _TOKEN.sub(lambda token: f"<{token.lastgroup}>", text)
