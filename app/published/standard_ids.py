"""Numbers that others give out: ISSN, ISBN, DOI, ECLI, … Each in one spelling, its check digit
checked, so that two spellings of one number are equal.

Each function gives the stored form, or None for what is no such number.
"""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

_GROUPED = re.compile(r"[\s\u00ad\u2010-\u2013-]+")
_ISSN = re.compile(r"[0-9]{7}[0-9X]")
_ISBN10 = re.compile(r"[0-9]{9}[0-9X]")
_ISBN13 = re.compile(r"97[89][0-9]{10}")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[\x21-\x7e]+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:www\.|dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:[0-9]{4}:[A-Z0-9.]{1,25}")
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_ARXIV = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_WIKIDATA_PREFIX = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/")


def issn(text: str) -> str | None:
    """1234-567X."""
    digits = _GROUPED.sub("", text).upper()
    if not _ISSN.fullmatch(digits) or _weighted(digits, 8) % 11:
        return None
    return f"{digits[:4]}-{digits[4:]}"


def isbn(text: str) -> str | None:
    """13 digits without hyphens; the older form with 10 is turned into it."""
    digits = _GROUPED.sub("", text).upper()
    if _ISBN10.fullmatch(digits):
        return None if _weighted(digits, 10) % 11 else _with_check_digit("978" + digits[:9])
    if _ISBN13.fullmatch(digits) and _with_check_digit(digits[:12]) == digits:
        return digits
    return None


def doi(text: str) -> str | None:
    """Without what resolves it, in lower case: DOIs are the same in any (ISO 26324)."""
    bare = _DOI_PREFIX.sub("", text.strip(), count=1)
    return bare.lower() if _DOI.fullmatch(bare) else None


def ecli(text: str) -> str | None:
    """The European identifier of a ruling: ECLI:EU:C:2014:317."""
    return _in_form(_ECLI, text.strip().upper())


def pmid(text: str) -> str | None:
    return _in_form(_PMID, text.strip())


def arxiv(text: str) -> str | None:
    """Without the number of the version: that names a state of the work."""
    bare = re.sub(r"^arxiv:", "", text.strip().lower())
    return re.sub(r"v[0-9]+$", "", bare) if _ARXIV.fullmatch(bare) else None


def wikidata(text: str) -> str | None:
    """Q and a number; the address of the item is taken as well."""
    return _in_form(_WIKIDATA, _WIKIDATA_PREFIX.sub("", text.strip()).upper())


CHECKS: dict[str, Callable[[str], str | None]] = {
    "arxiv": arxiv,
    "doi": doi,
    "ecli": ecli,
    "isbn": isbn,
    "pmid": pmid,
    "wikidata": wikidata,
}
"""By the scheme's name, as identifiers of works have it."""


def spelled(scheme: str, value: str) -> str | None:
    """The value in its one spelling; None where it is none of its scheme. One that is not known
    here has any."""
    check = CHECKS.get(scheme)
    return check(value) if check else value


def _in_form(form: re.Pattern[str], text: str) -> str | None:
    return text if form.fullmatch(text) else None


def _weighted(digits: str, first: int) -> int:
    return sum(
        (10 if digit == "X" else int(digit)) * (first - place) for place, digit in enumerate(digits)
    )


def _with_check_digit(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _checked_issn(text: str) -> str:
    number = issn(text)
    if number is None:
        raise PydanticCustomError("issn", "Must be an ISSN; its last digit checks the others.")
    return number


def _checked_wikidata(text: str) -> str:
    number = wikidata(text)
    if number is None:
        raise PydanticCustomError("wikidata", "Must be the id of a Wikidata item, such as Q42.")
    return number


Issn = Annotated[str, Field(max_length=20, examples=["2049-3630"]), AfterValidator(_checked_issn)]
WikidataId = Annotated[
    str, Field(max_length=100, examples=["Q4115189"]), AfterValidator(_checked_wikidata)
]
