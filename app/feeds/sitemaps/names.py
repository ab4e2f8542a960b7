"""PURE: what the files of sitemaps are called, and which one a name asks for."""

import re
from dataclasses import dataclass

MONTHLY = ("articles", "videos")
PAGES = ("sections", "series", "streams", "topics", "people")
NEWS = "news"

_NAME = re.compile(
    r"(?P<monthly>articles|videos)-(?P<month>[0-9]{4}-(?:0[1-9]|1[0-2]))(?:-(?P<later>[2-9]|[1-9][0-9]{1,4}))?"
    r"|(?P<pages>sections|series|streams|topics|people)(?:-(?P<more>[2-9]|[1-9][0-9]{1,4}))?"
    r"|(?P<news>news)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file: `kind` is one of `MONTHLY` (then of this month), of `PAGES`, or `NEWS`. What is too
    much for one file goes on in the next `part`."""

    edition: str
    kind: str
    month: str | None = None
    part: int = 1

    @property
    def address(self) -> str:
        """Root-relative."""
        parts = (self.kind, self.month, str(self.part) if self.part > 1 else None)
        return f"/sitemaps/{self.edition}/{'-'.join(filter(None, parts))}.xml"


def wanted(edition: str, name: str) -> Wanted | None:
    """What a file of this name (without its `.xml`) has; None for a name that is none of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    kind = found["monthly"] or found["pages"] or found["news"]
    return Wanted(edition, kind, found["month"], int(found["later"] or found["more"] or 1))
