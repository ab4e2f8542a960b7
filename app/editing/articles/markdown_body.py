"""Markdown (CommonMark with tables and strikethrough) to body blocks, by way of HTML."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.editing.articles.html_body import Converted, from_html

DEEPEST = 50


def from_markdown(text: str, *, pointer: str = "/body_markdown") -> Converted:
    """The blocks of `text`. HTML in it counts; a picture's title is its caption."""
    return from_html(_PARSER.render(text), pointer=pointer, line_breaks=False)


def _parser() -> MarkdownIt:
    # The parser drops without a word what nests deeper than maxNesting, and recurses for the rest.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST})
    parser.block.ruler.before("code", "too_deep", _too_deep)
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("image", _picture)
    return parser


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: what nests too deep is one paragraph, its markers and all."""
    if state.level < DEEPEST:
        return False
    if not silent:
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(start, end, state.blkIndent, False).strip()
        inline.children = []
        state.push("paragraph_close", "p", -1)
        state.line = end
    return True


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
