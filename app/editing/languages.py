"""Languages: tags as BCP 47 has them, and the direction in which they are written."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?)"
)

_RTL_SCRIPTS = {
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "orkh", "phnx", "rohg", "samr",
    "syrc", "thaa", "yezi",
}  # fmt: skip
_RTL_LANGUAGES = {
    "ar", "arc", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc", "mzn",
    "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi", "ji",
}  # fmt: skip
"""Those that are written from right to left where the tag names no script (CLDR)."""


def normal(tag: str) -> str | None:
    """The tag in its usual case (RFC 5646 §2.1.1), `zh-Hant-TW`; None where it is none."""
    found = _TAG.fullmatch(tag.lower())
    if not found:
        return None
    script, region = found["script"], found["region"]
    return (
        found["language"]
        + (f"-{script.title()}" if script else "")
        + (f"-{region.upper()}" if region else "")
        + found["rest"]
    )


def direction_of(tag: str) -> Direction:
    """How text in this language (or in the script that the tag names) is written."""
    found = _TAG.fullmatch(tag.lower())
    if found and found["script"]:
        return "rtl" if found["script"] in _RTL_SCRIPTS else "ltr"
    return "rtl" if tag.lower().partition("-")[0] in _RTL_LANGUAGES else "ltr"


def _checked(tag: str) -> str:
    usual = normal(tag)
    if usual is None:
        raise PydanticCustomError(
            "language", "Must be a language tag as BCP 47 has them, such as en, fr-CA or zh-Hant."
        )
    return usual


Language = Annotated[
    str,
    Field(
        max_length=35,
        description="BCP 47",
        examples=["en", "fr-CA", "fa"],
        json_schema_extra={"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    ),
    AfterValidator(_checked),
]
