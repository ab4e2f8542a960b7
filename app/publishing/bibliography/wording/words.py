"""What a language brings along, and dates written in it. Another language is another table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DIGITS = "0123456789"


@dataclass(frozen=True, kw_only=True)
class Words:
    """`{}` stands for a name or a date; all else is printed as it is.

    `on` is said of a day, `during` of months and years.
    `lowered` are the words with which a role may begin that are no names: in a sentence they are
    in lower case. `channels` say how somebody said it, `bare` what it is where nobody did, `forms`
    what somebody did instead of answering, `through` how a source came by what the next one has.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    comma: str
    quotes: str
    digits: str = DIGITS
    months: tuple[str, ...]
    date: str
    first_of_month: str
    month: str
    on: str
    during: str
    span: str
    since: str
    until: str
    lowered: frozenset[str] = frozenset()
    channels: Mapping[str, str]
    bare: Mapping[str, str]
    own_reporting: str
    forms: Mapping[str, str]
    withheld: str
    quoted_by: str
    reported_by: str
    quoting: str
    through: Mapping[str, str]
    agency: str
    via: str
    locators: Mapping[str, str]
    statuses: Mapping[str, str]
    archived: str


def date_text(edtf: str, words: Words) -> str:
    """20 November 2026, November 2026, 2026, or from one to another."""
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(first, words)
    if last == "..":
        return words.since.format(_date(first, words))
    if first == "..":
        return words.until.format(_date(last, words))
    return words.span.format(_date(first, words), _date(last, words))


def _date(edtf: str, words: Words) -> str:
    year, month, day = [*edtf.split("-"), "", ""][:3]
    digits = str.maketrans(DIGITS, words.digits)
    if not month:
        return year.translate(digits)
    form = words.month
    if day:
        form = words.first_of_month if day == "01" else words.date
    return form.format(
        day=day.lstrip("0").translate(digits),
        month=words.months[int(month) - 1],
        year=year.translate(digits),
    )
