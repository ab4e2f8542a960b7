"""Times of cues, in milliseconds from the beginning."""

import re

_WEBVTT = re.compile(r"(?:([0-9]{2,3}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
_SUBRIP = re.compile(r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])(?:[,.]([0-9]{3}))?")


def of_webvtt(text: str) -> int | None:
    """`00:01.500` or `00:00:01.500`; None where it is neither. Hours have at most three digits."""
    return _milliseconds(_WEBVTT.fullmatch(text))


def of_subrip(text: str) -> int | None:
    """`00:00:01,500`, with a point too, or without a fraction; None where it is none of these.

    A fraction of fewer digits is not read: players differ in what `,5` means.
    """
    return _milliseconds(_SUBRIP.fullmatch(text))


def written(milliseconds: int) -> str:
    """As WebVTT has it, always with hours."""
    seconds, fraction = divmod(milliseconds, 1_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{fraction:03}"


def _milliseconds(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    hour, minute, second, fraction = (int(part or 0) for part in found.groups())
    return ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
