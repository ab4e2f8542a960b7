"""Quotations: whether each is cited, and whether its words are those that were said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from app.editing.body.blocks import Stored
from app.editing.citations.block_texts import Written, body_parts, everywhere, places
from app.editing.citations.finding import Finding, Remark
from app.editing.citations.folding import word_count
from app.editing.citations.misquotes import says
from app.editing.citations.quotations import quotations
from app.editing.citations.values import DIRECT, Anchor, Citation

MOST_LOOKED_AT = 1_000
"""Quotations in one article."""

FEWEST_WORDS = 3
"""Fewer words in quotation marks are a name, or a word held at a distance."""

Bounds = tuple[int, int]


class Printed:
    """What stands at anchors."""

    def __init__(self, content: Written) -> None:
        self._texts = {(place.target, place.block_id): place.text for place in places(content)}

    def at(self, anchor: Anchor) -> str | None:
        """The words that an anchor points to now, None where it points to none."""
        text = self._texts.get((anchor.target, anchor.block_id))
        if text is None or anchor.state == "orphaned":
            return None
        return text if anchor.exact is None else text[anchor.start : anchor.end]


def misquoted(citation: Citation, printed: Printed) -> Iterator[Remark]:
    """Where the article quotes words that are not those of the statement."""
    statement = citation.statement
    if statement is None or statement.form not in DIRECT:
        return
    found = [words for anchor in citation.anchors if (words := printed.at(anchor))]
    wordings = [statement.text, statement.text_original]
    in_part = statement.form == "partial_direct"
    if found and not any(says(found, said, in_part=in_part) for said in wordings if said):
        yield Remark(
            "quote_mismatch",
            f"The article does not quote these words: “{_shortened(statement.text)}”. It says: "
            f"“{_shortened(found[0])}”.",
            "/statement/text",
        )


def uncited(citations: Sequence[Citation], content: Written) -> Iterator[Finding]:
    """Quotations in the body that no anchor of any citation covers."""
    cited: dict[str | None, list[Bounds]] = defaultdict(list)
    for anchor in (anchor for citation in citations for anchor in citation.anchors):
        if anchor.target == "body" and anchor.state != "orphaned":
            start, end = anchor.start or 0, anchor.end
            cited[anchor.block_id].append((start, _NO_END if end is None else end))
    for pointer, block_id, bounds, words in islice(_all_quoted(content), MOST_LOOKED_AT):
        if not any(_covers(other, bounds) for other in cited[block_id]):
            yield Finding(
                code="uncited_quotation",
                severity="warning",
                message=f"No citation says whose words these are: “{_shortened(words)}”",
                pointer=pointer,
            )


def _all_quoted(content: Written) -> Iterator[tuple[str, str, Bounds, str]]:
    for pointer, block in everywhere(content.body):
        for bounds, words in _quoted(block):
            yield pointer, block["id"], bounds, words


def _quoted(block: Stored) -> Iterator[tuple[Bounds, str]]:
    """What a block quotes: all of it in a quote block. A pull quote repeats the article itself."""
    if block["type"] == "pullquote":
        return
    for part in body_parts(block):
        if block["type"] == "quote":
            yield (0, len(part.text)), part.text
            continue
        for quotation in quotations(part.text):
            if word_count(quotation.words) >= FEWEST_WORDS:
                bounds = (part.start + quotation.start, part.start + quotation.end)
                yield bounds, quotation.words


def _covers(anchored: Bounds, quoted: Bounds) -> bool:
    """Whether they have half of the shorter one in common."""
    common = min(anchored[1], quoted[1]) - max(anchored[0], quoted[0])
    shorter = min(anchored[1] - anchored[0], quoted[1] - quoted[0])
    return common > 0 and 2 * common >= shorter


def _shortened(words: str) -> str:
    line = " ".join(words.split()).strip(_MARKS)
    return line if len(line) <= _LONGEST_TOLD else f"{line[: _LONGEST_TOLD - 1]}…"


_LONGEST_TOLD = 80
_MARKS = '“”„"«»'
_NO_END = 10_000_000
