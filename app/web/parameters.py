"""Query parameters, strictly: each known, each once, each readable.

An unknown parameter that is ignored hides a typo, and gives one answer endless addresses in caches.
"""

import re
from urllib.parse import unquote_to_bytes

from app.errors import Fault, Invalid

_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_FAULTS_NAMED = 50
_NAME_SHOWN = 100


def check(query_string: bytes, allowed: frozenset[str]) -> dict[str, str]:
    """The parameters by name. Raises Invalid, naming each that is unknown, repeated or broken."""
    parameters, faults = read(query_string, allowed)
    if faults:
        raise Invalid("Parameters cannot be accepted.", faults=faults)
    return parameters


def read(query_string: bytes, allowed: frozenset[str]) -> tuple[dict[str, str], list[Fault]]:
    """The good parameters by name, and what is wrong with the others."""
    if not query_string:
        return {}, []
    parameters: dict[str, str] = {}
    faults: list[Fault] = []
    for pair in query_string.split(b"&"):
        raw_name, _, raw_value = pair.partition(b"=")
        name, value = _text(raw_name), _text(raw_value)
        if wrong := _wrong(name, value, allowed, parameters):
            shown = raw_name.decode("utf-8", "replace") if name is None else name
            if len(faults) < _FAULTS_NAMED:
                faults.append(Fault(wrong, parameter=shown[:_NAME_SHOWN]))
        elif name is not None and value is not None:
            parameters[name] = value
    return parameters, faults


def _wrong(
    name: str | None, value: str | None, allowed: frozenset[str], earlier: dict[str, str]
) -> str | None:
    if name == "":
        return "A parameter has no name."
    if name not in allowed:
        known = ", ".join(sorted(allowed))
        return (
            f"There is no such parameter. Known: {known}."
            if known
            else "No parameters are known here."
        )
    if name in earlier:
        return "It may be given only once."
    if value is None:
        return "It is not percent-encoded UTF-8 without U+0000."
    return None


def _text(raw: bytes) -> str | None:
    """The decoded text, or None where it is not percent-encoded UTF-8 or holds U+0000."""
    if b"%" in raw:
        if _BROKEN.search(raw):
            return None
        raw = unquote_to_bytes(raw.replace(b"+", b" "))
    elif b"+" in raw:
        raw = raw.replace(b"+", b" ")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
