"""Markdown (CommonMark with tables and strikethrough) to body blocks, by way of HTML."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.editing.body import markdown_bounds
from app.editing.body.html_body import Converted, from_html
from app.editing.body.notices import Notices

DEEPEST = 20
MOST_COLUMNS = 200


def from_markdown(text: str, *, pointer: str = "/body_markdown") -> Converted:
    """The blocks of `text`. HTML in it counts; a picture's title is its caption.

    Raises Invalid where it takes too much work to read (see `markdown_bounds`).
    """
    notices = Notices(pointer)
    with markdown_bounds.told(pointer, notices) as env:
        html = _PARSER.render(text, env)
    converted = from_html(html, pointer=pointer, line_breaks=False)
    return Converted(converted.blocks, [*notices.listed(), *converted.warnings])


def _parser() -> MarkdownIt:
    # The parser drops without a word what nests deeper than maxNesting, and recurses for the rest.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 5 * DEEPEST})
    parser.block.ruler.before("code", "too_deep", _too_deep)
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.add_render_rule("image", _picture)
    markdown_bounds.keep(parser)
    return parser


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: what nests too deep is one paragraph, its markers and all."""
    if state.level < DEEPEST:
        return False
    if not silent:
        _push_paragraph(state, state.getLines(start, end, state.blkIndent, False).strip())
        state.line = end
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule for tables, which drops cells beyond the columns; they follow the table."""
    if not table(state, start, end, True) or (columns := len(_cells(state, start))) > MOST_COLUMNS:
        return False
    if not silent:
        before = len(state.tokens)
        table(state, start, end, False)
        markdown_bounds.count(state.env, (len(state.tokens) - before) // 4)
        for line in range(start + 2, state.line):
            if beyond := " | ".join(_cells(state, line)[columns:]).strip():
                _push_paragraph(state, beyond)
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(getLine(state, line).strip())
    return cells[cells[:1] == [""] : len(cells) - (cells[-1:] == [""])]


def _push_paragraph(state: StateBlock, text: str) -> None:
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = text
    inline.children = []
    state.push("paragraph_close", "p", -1)


def _picture(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    title = tokens[index].attrs.pop("title", None)
    image = renderer.image(tokens, index, options, env)
    if not title:
        return image
    caption = str(title).replace("&", "&amp;").replace("<", "&lt;")
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


_PARSER = _parser()
