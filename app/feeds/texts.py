"""PURE: text as feeds need it, and one instant in the three ways in which they write it."""

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import format_datetime

_ILLEGAL = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ELLIPSIS = "…"
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


def legal(text: str) -> str:
    """Without the characters that no XML 1.0 document may have, the controls that none should
    (§2.2), and byte order marks. Text in JSON has no use for them either."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def line(text: str | None) -> str:
    """One line: every white space a blank, none at the ends; "" for None."""
    if not text:
        return ""
    # What can be printed has no other white space than blanks: most texts are a line already.
    if text.isprintable() and "  " not in text and text[0] != " " != text[-1]:
        return text
    return " ".join(legal(text).split())


def first_line(*texts: str | None) -> str:
    """The first of these that has any words, in one line; "" where none has."""
    return next(filter(None, map(line, texts)), "")


def cut(text: str | None, most: int) -> str:
    """At most so many characters, in one line, cut between words with an ellipsis.

    A word that is longer than that is cut where no character loses its accents.
    """
    return cut_line(line(text), most)


def cut_line(whole: str, most: int) -> str:
    """The same, of what is one line for sure."""
    if len(whole) <= most:
        return whole
    at = whole.rfind(" ", 0, most)
    kept = whole[:at].rstrip(" ,;:–—-") if at > most // 2 else ""
    return (kept or whole[: _between_characters(whole, most - 1)]) + _ELLIPSIS


def _between_characters(text: str, at: int) -> int:
    """The last place up to `at` where no combined character would be torn."""
    while at > 1 and _belongs_to_the_one_before(text, at):
        at -= 1
    return at


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    return (
        bool(unicodedata.combining(text[at]))
        or text[at] in _JOINERS
        or text[at - 1] == "\u200d"
        or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
    )


def rfc822(moment: datetime) -> str:
    """RFC 5322 §3.3, as RSS wants it: `Mon, 23 Nov 2026 09:00:00 +0000`."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0))


def rfc3339(moment: datetime) -> str:
    """RFC 3339 with seconds: `2026-11-23T09:00:00Z`."""
    return _seconds(moment) + "Z"


def offset(moment: datetime) -> str:
    """The same with an offset in digits, for those who know no Z: `2026-11-23T09:00:00+00:00`."""
    return _seconds(moment) + "+00:00"


def day(moment: datetime) -> str:
    """`2026-11-23`, in UTC."""
    return _seconds(moment)[:10]


def _seconds(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19]
