"""Text for BibLaTeX files: UTF-8 as it is, and nothing that TeX or a parser takes for a command.

Braces are written as words, because parsers count them even behind a backslash.
"""

import re

from app.editing.plain_fields import line

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_ESCAPED = str.maketrans(_SPECIAL)
_LIGATURES = re.compile(r"(?<=-)-|(?<=')'|(?<=`)`|(?<=,),|(?<=[?!])`|(?<=<)<|(?<=>)>")
"""The second of two characters that TeX would draw as one: `--` is a dash."""

_IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def escaped(text: str) -> str:
    """On one line."""
    return _LIGATURES.sub(r"{}\g<0>", (line(text) or "").translate(_ESCAPED))


def verbatim(address: str) -> str:
    """For fields that TeX does not read as text: url and doi."""
    return "".join(address.split()).translate(_IN_ADDRESSES)
