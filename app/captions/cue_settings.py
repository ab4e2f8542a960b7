"""Where a cue stands on the screen (WebVTT §4.4): the settings that are kept, in one order.

`region` is not among them, as regions are not kept.
"""

import re
from collections.abc import Callable

_PERCENT = r"(?:100(?:\.0{1,3})?|[0-9]{1,2}(?:\.[0-9]{1,3})?)%"
_VALUES = {
    "vertical": re.compile(r"rl|lr"),
    "line": re.compile(rf"(?:-?[0-9]{{1,3}}|{_PERCENT})(?:,(?:start|center|end))?"),
    "position": re.compile(rf"{_PERCENT}(?:,(?:line-left|center|line-right))?"),
    "size": re.compile(_PERCENT),
    "align": re.compile(r"start|center|end|left|right"),
}


def normal(text: str, remark: Callable[[str], None]) -> str:
    """Of a setting that comes twice the last counts; what is none is left out, and remarked."""
    found = dict[str, str]()
    for setting in text.split():
        name, _, value = setting.partition(":")
        if name in _VALUES and _VALUES[name].fullmatch(value):
            found[name] = value
        else:
            remark(f"the setting “{setting[:40]}” was left out")
    return " ".join(f"{name}:{found[name]}" for name in _VALUES if name in found)
