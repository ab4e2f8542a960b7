"""What stored objects are called: by their content, so that a key always means the same bytes.

originals/ab/cd/<sha256>                      a file as it came
renditions/ab/<sha256 of original>/<name>.<extension>   what we made of it
probes/<random>                               written and deleted by a check

No name that a stranger gave to a file ever becomes part of a key.
"""

import re
import secrets

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = r"[a-z0-9][a-z0-9_-]{0,62}\.[a-z0-9]{1,8}"
_KEY = re.compile(
    r"originals/(?P<first>..)/(?P<second>..)/(?P<original>(?P=first)(?P=second)[0-9a-f]{60})"
    rf"|renditions/(?P<shard>..)/(?P<made_of>(?P=shard)[0-9a-f]{{62}})/{_NAME}"
    r"|probes/[0-9a-f]{32}"
)
_PREFIX = re.compile(
    r"(originals/([0-9a-f]{2}/){0,2}|renditions/([0-9a-f]{2}/([0-9a-f]{64}/)?)?|probes/)?"
)


ORIGINALS, RENDITIONS = "originals/", "renditions/"
"""The prefixes of all of either."""


class BadKey(ValueError):
    """Not made here: a mistake of the program, not of its user."""


def original(sha256: str) -> str:
    """`sha256` in small hexadecimal digits."""
    return f"originals/{_hash(sha256)[:2]}/{sha256[2:4]}/{sha256}"


def rendition(sha256: str, name: str, extension: str) -> str:
    """`sha256` is the original's; `name` is ours: small letters, digits, `-` and `_`."""
    return checked(f"renditions/{_hash(sha256)[:2]}/{sha256}/{name}.{extension}")


def renditions(sha256: str) -> str:
    """The prefix of all that was made of an original."""
    return f"renditions/{_hash(sha256)[:2]}/{sha256}/"


def original_of(key: str) -> str | None:
    """The hash of the original that is stored there, or of which this was made."""
    found = _KEY.fullmatch(key)
    return (found["original"] or found["made_of"]) if found else None


def probe() -> str:
    return f"probes/{secrets.token_hex(16)}"


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def is_prefix(text: str) -> bool:
    return _PREFIX.fullmatch(text) is not None


def checked(key: str) -> str:
    if not is_key(key):
        raise BadKey(f"{key!r} is no key of a stored object.")
    return key


def checked_prefix(prefix: str) -> str:
    """A prefix is a folder of keys, with its final slash; all of them are in ''."""
    if not is_prefix(prefix):
        raise BadKey(f"{prefix!r} is no folder of stored objects.")
    return prefix


def _hash(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise BadKey(f"{sha256!r} is no SHA-256 in small hexadecimal digits.")
    return sha256
