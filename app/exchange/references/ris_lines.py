"""The lines of RIS files: records, and in them the values of each tag."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST = 2_000
"""Tags of a record: what comes behind them is left out."""

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(.*)")


@dataclass
class Record:
    """`line` is the number of its first line, `ended` whether an ER closed it.

    `tags` are at most `MOST` of the `total` that it has.
    """

    line: int
    tags: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False
    total: int = 0

    def taken(self, *names: str) -> list[str]:
        """The values of these tags, which are gone from the record then."""
        found = [value for tag, value in self.tags if tag in names and value]
        self.tags = [pair for pair in self.tags if pair[0] not in names]
        return found


@dataclass
class _Open:
    """A record that is being read: each tag with the lines of its value."""

    line: int
    tags: list[tuple[str, list[str]]]

    def closed(self, *, ended: bool) -> Record:
        tags = [(tag, "\n".join(lines).strip()) for tag, lines in self.tags[:MOST]]
        return Record(self.line, tags, ended, len(self.tags))


def records(text: str) -> Iterator[Record]:
    """Each begins with TY. Lines without a tag go on with the value above them.

    A record that nobody closed ends where the next one begins, or with the file.
    """
    record: _Open | None = None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(line)
        tag, value = (found[1], found[2].strip()) if found else ("", line.strip())
        if tag == "TY":
            if record:
                yield record.closed(ended=False)
            record = _Open(number, [(tag, [value])])
        elif tag == "ER" and record:
            yield record.closed(ended=True)
            record = None
        elif tag and record:
            record.tags.append((tag, [value]))
        elif value and record:
            record.tags[-1][1].append(value)
    if record:
        yield record.closed(ended=False)
