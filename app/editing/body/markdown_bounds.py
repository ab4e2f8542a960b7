"""Bounds on the work that reading Markdown may take, whatever it is.

The parser looks for the end of each bracket anew, and at each line once for each level it stands
in. What counts here is work, and not the length, so that no article that somebody wrote comes near.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from app.editing.body.notices import Notices
from app.errors import Fault, Invalid

MOST_STEPS = 100_000
"""Of blocks, lines in each level, marks and cells."""

MOST_LABEL_STEPS = 200_000
"""In looking for the ends of brackets. Those that are left then are text."""

MOST_REFERRED = 2_000_000
"""Characters that links by reference may come to, if every bracket were one."""


class _TooMuch(Exception):
    pass


@contextmanager
def told(pointer: str, notices: Notices) -> Iterator[EnvType]:
    """The environment to read one text in. Raises Invalid in it where that is too much work."""
    env: EnvType = {"steps": 0, "label_steps": 0}
    try:
        yield env
    except _TooMuch:
        detail = "It has more lines, levels and marks than an article can have."
        raise Invalid("This cannot become a body.", faults=[Fault(detail, pointer)]) from None
    if env["label_steps"] > MOST_LABEL_STEPS:
        notices.add("changed", "left brackets as text: they are too many")
    if env.get("too_long"):
        notices.add("changed", "left links by reference as text: they are too long for so many")


def keep(parser: MarkdownIt) -> None:
    """Have a parser keep within the bounds."""
    parser.block.ruler.before(
        "table",
        "count",
        _count_block,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    parser.inline.ruler.before("text", "count", _count_inline)
    parser.core.ruler.after("block", "references", _drop_long_references)
    helpers = parser.helpers
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_label_end,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )


def count(env: EnvType, steps: int) -> None:
    env["steps"] += steps
    if env["steps"] > MOST_STEPS:
        raise _TooMuch


def _count_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    count(state.env, 1)
    return False


def _count_inline(state: StateInline, silent: bool) -> bool:
    count(state.env, 1)
    return False


def _drop_long_references(state: StateCore) -> None:
    references = state.env.get("references", {})
    longest = max((len(one["href"]) + len(one["title"]) for one in references.values()), default=0)
    if longest * state.src.count("]") > MOST_REFERRED:
        del state.env["references"]
        state.env["too_long"] = True


def _label_end(state: StateInline, start: int, disable_nested: bool = False) -> int:
    """Where the label ends that begins at `start`, -1 if nowhere (as `parse_link_label`)."""
    before = state.pos
    state.pos = start + 1
    level = 1
    end = -1
    while state.pos < state.posMax and state.env["label_steps"] <= MOST_LABEL_STEPS:
        state.env["label_steps"] += 1
        place, sign = state.pos, state.src[state.pos]
        level -= sign == "]"
        if not level:
            end = place
            break
        state.md.inline.skipToken(state)
        if sign == "[" and place == state.pos - 1:
            level += 1
        elif sign == "[" and disable_nested:
            break
    state.env["label_steps"] += (state.pos - start) // 50
    state.pos = before
    return end
