"""HTML as other systems hold it, classic or Gutenberg, to body blocks.

No text is lost: what has no block of its own becomes paragraphs. Whatever else is left out is
told. Elements nest in a list of frames, not in calls, so that no input is too deep.
"""

import re
from dataclasses import dataclass

from app.editing.body import html_media, html_tree, inline, inline_text
from app.editing.body.blocks import DEEPEST_LIST
from app.editing.body.html_folds import FOLDS
from app.editing.body.html_parts import LISTS, Frame, Part, blocks_of, inside, paragraph
from app.editing.body.html_tree import Element, Event
from app.editing.body.inline_writer import InlineWriter
from app.editing.body.notices import Notice, Notices
from app.errors import Fault, Invalid

DEEPEST = 60
MOST_PARTS = 100_000
"""Of paragraphs, pictures, items, cells and the like; the largest body takes half of them."""
MOST_CHARACTERS = 4_000_000
"""Of all paragraphs: a mark that goes on through many is written again in each of them."""
LONGEST_PARAGRAPH = 1_000_000

KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), "list"),
    "li": "item", "dl": "terms", "dt": "term", "dd": "definition",
    "blockquote": "quote", "figure": "figure", "figcaption": "caption", "caption": "caption",
    "table": "table", "tr": "row", "td": "cell", "th": "cell", "pre": "code", "listing": "code",
    "xmp": "code", "aside": "box", "details": "box", "summary": "summary",
    "video": "video", "audio": "audio",
}  # fmt: skip


@dataclass(frozen=True)
class Converted:
    """Blocks in the form of `app.editing.body.blocks`, still unchecked and without ids."""

    blocks: list[Part]
    warnings: list[Notice]


def from_html(
    html: str, *, pointer: str = "/body_html", line_breaks: bool | None = None
) -> Converted:
    """The blocks of `html`, and what was left out, told as of `pointer`.

    With `line_breaks`, text is read as classic WordPress does: a line end is a break, an empty line
    that stands in no <p> ends a paragraph. Left open, empty lines count if there is no <p>.
    Raises Invalid where there is far more than any body can hold.
    """
    notices = Notices(pointer)
    without_p = re.search(r"<p[\s>]", html, re.IGNORECASE) is None
    empty_lines = without_p if line_breaks is None else line_breaks
    reader = _Reader(notices, empty_lines=empty_lines, line_breaks=bool(line_breaks))
    for event in html_tree.read(html):
        reader.take(event)
        if reader.parts > MOST_PARTS or reader.characters > MOST_CHARACTERS:
            raise _too_much(f"{MOST_PARTS} parts or {MOST_CHARACTERS} characters", pointer)
    return Converted(reader.blocks(), notices.listed())


class _Reader:
    """Follows the events of a document, with the frames that are open and the text at hand."""

    def __init__(self, notices: Notices, *, empty_lines: bool, line_breaks: bool) -> None:
        self.notices = notices
        self.empty_lines = empty_lines
        self.line_breaks = line_breaks
        self.writer = InlineWriter()
        self.frames = [Frame("body", "body", html_tree.nothing())]
        self.pictures: list[Part] = []
        self.parts = 0
        self.characters = 0
        self.opened: list[int | Frame] = []  # for each open element: its marks, or its frame
        self.paragraphs = 0
        self.noscripts = 0

    def take(self, event: Event) -> None:
        if event.kind == "text":
            self._text(event.text)
        elif event.kind == "start":
            assert event.element is not None
            self.noscripts += event.tag == "noscript"
            self.opened.append(self._start(event.tag, event.element))
        elif event.kind == "end":
            self._end(event.tag)
        elif not _is_wordpress_comment(event):
            inline.tell_dropped(event, self.notices)
        elif _is_dynamic(event):
            name = event.text.split()[0].removeprefix("wp:")
            self.notices.add("removed-content", f"removed WordPress block {name}: it has no text")

    def blocks(self) -> list[Part]:
        self._flush()
        return blocks_of(self.frames[0].parts)

    def _start(self, tag: str, element: Element) -> int | Frame:
        """Act on a start tag; the frame it opened, or how many marks."""
        if tag in _ATOMS:
            self._atom(tag, element)
        elif kind := self._kind(tag, element):
            return self._open(kind, tag, element)
        elif tag in html_tree.BLOCKS:
            self._flush()
            self.paragraphs += tag == "p"
            if tag not in html_tree.SILENT:
                inline.tell_attributes(element, tag, self.notices)
            self._put(html_media.background(element))
        elif self.frames[-1].kind == "code" and tag not in ("code", "span"):
            inline.tell_element(tag, self.notices)
        elif self.frames[-1].kind != "code" and tag not in html_tree.SILENT:
            if _is_attribution(element, tag):
                self._flush()
            return sum(map(self.writer.open, inline.marks(element, tag, self.notices)))
        return 0

    def _atom(self, tag: str, element: Element) -> None:
        if tag == "br":
            self._line_break()
        elif tag == "img":
            self._image(element)
        elif tag == "hr":
            self._put({"type": "divider"})
        elif tag == "source":
            self._add(html_media.source(element, self.notices))
        else:
            self._put(html_media.frame(element, tag, self.notices))

    def _end(self, tag: str) -> None:
        self.noscripts -= tag == "noscript"
        opened = self.opened.pop()
        if isinstance(opened, Frame):
            self._close(opened)
            return
        for _ in range(opened):
            self.writer.close()
        if tag in html_tree.BLOCKS:
            self._flush()
            self.paragraphs -= tag == "p"

    def _text(self, text: str) -> None:
        frame = self.frames[-1]
        if frame.kind == "code":
            frame.verbatim.append(text)
        elif self.empty_lines and not self.paragraphs and frame.kind in ("body", "quote", "box"):
            for number, part in enumerate(re.split(r"\n[ \t\r]*\n[ \t\r\n]*", text)):
                if number:
                    self._flush()
                self._lines(part)
        elif self.line_breaks:
            self._lines(text)
        else:
            self.writer.text(text)

    def _lines(self, text: str) -> None:
        for number, part in enumerate(text.split("\n") if self.line_breaks else [text]):
            if number:
                self.writer.line_break(at_least=1)
            self.writer.text(part)

    def _line_break(self) -> None:
        if self.frames[-1].kind == "code":
            self.frames[-1].verbatim.append("\n")
            return
        self.writer.line_break()
        if self.writer.breaks > 1:
            self._flush()

    def _image(self, element: Element) -> None:
        if html_media.is_emoji(element):
            self.writer.text(element.get("alt", ""))
            return
        link = self.writer.open_mark("a")
        image = html_media.image(element, self.notices, href=link.get("href") if link else None)
        if image is None or self._is_repeated(image):
            return
        self.pictures.append(image)
        self.parts += 1
        self.writer.text(" ")
        if self.writer.is_empty or self.writer.breaks:
            self._flush()

    def _is_repeated(self, image: Part) -> bool:
        """Whether this is the <noscript> double of a picture that is loaded late."""
        last = [*self.frames[-1].parts[-2:], *self.pictures[-2:]][-2:]
        return self.noscripts > 0 and any(part.get("url") == image["url"] for part in last)

    def _put(self, part: Part | None) -> None:
        self._flush()
        if part:
            self._add(part)

    def _add(self, part: Part) -> None:
        self.frames[-1].parts.append(part)
        self.parts += 1

    def _flush(self) -> None:
        """End the paragraph at hand; the pictures that stood in it follow it."""
        html = self.writer.take()
        if len(html) > LONGEST_PARAGRAPH:
            raise _too_much(f"{LONGEST_PARAGRAPH} characters in a row", self.notices.pointer)
        text = inline_text.plain(html).strip()
        if text:
            self._add(self._paragraph(html, text))
            self.characters += len(html)
        self.frames[-1].parts.extend(self.pictures)
        self.pictures = []

    def _paragraph(self, html: str, text: str) -> Part:
        if self.frames[-1].kind == "body" and re.fullmatch(r"https?://\S+", text):
            return html_media.linked(text) or paragraph(inline.purified(html))
        return paragraph(inline.purified(html))

    def _kind(self, tag: str, element: Element) -> str | None:
        """The kind of frame an element opens, None if it opens none."""
        classes = f" {element.get('class', '')} "
        around = self.frames[-1]
        if len(self.frames) > DEEPEST or around.kind == "code":
            return None
        if re.search(r" (wp-caption-text|wp-caption-dd|gallery-caption) ", classes):
            return "caption"
        if re.search(r" (wp-caption|gallery|wp-block-gallery) ", classes):
            return "figure"
        if around.in_caption and re.search(r"\b(credit|copyright|photographer)\b", classes):
            return "credit"
        if tag in ("ul", "ol", "li", "dl", "dt", "dd") and around.in_gallery:
            return None
        if KINDS.get(tag) in LISTS and around.lists >= DEEPEST_LIST:
            return None
        if tag == "footer" and around.kind == "quote":
            return "attribution"
        return KINDS.get(tag)

    def _open(self, kind: str, tag: str, element: Element) -> Frame:
        self._flush()
        frame = inside(self.frames[-1], Frame(kind, tag, element))
        self.frames.append(frame)
        self.parts += 1
        if tag not in ("video", "audio", "blockquote"):  # their folds know what is used of them
            inline.tell_attributes(element, tag, self.notices, used=_USED.get(tag, ()))
        return frame

    def _close(self, frame: Frame) -> None:
        self._flush()
        self.frames.pop()
        fold = FOLDS.get(frame.kind)
        if fold:
            found = fold(frame, self.notices)
        elif frame.kind == "cell":
            found = [_cell(frame)]
        else:
            found = [{"type": frame.kind, "parts": frame.parts}]
        self.frames[-1].parts.extend(found)


def _too_much(what: str, pointer: str) -> Invalid:
    fault = Fault(f"It has more than {what}, tags and attributes counted.", pointer)
    return Invalid("This cannot become a body.", faults=[fault])


def _is_attribution(element: Element, tag: str) -> bool:
    parent = element.getparent()
    return tag == "cite" and parent is not None and parent.tag in ("blockquote", "figure")


def _cell(frame: Frame) -> Part:
    section = frame.element.getparent()
    while section is not None and section.tag == "tr":
        section = section.getparent()
    return {
        "type": "cell",
        "parts": frame.parts,
        "header": frame.tag == "th" or (section is not None and section.tag == "thead"),
        "colspan": frame.element.get("colspan"),
        "rowspan": frame.element.get("rowspan"),
    }


def _is_wordpress_comment(event: Event) -> bool:
    return event.kind == "comment" and bool(
        re.match(r"\s*/?wp:|\s*(more|nextpage|noteaser)\b", event.text)
    )


def _is_dynamic(event: Event) -> bool:
    """Whether a comment of Gutenberg stands for a block that WordPress fills in by itself."""
    return event.text.rstrip().endswith("/") and event.text.strip().startswith("wp:")


_ATOMS = frozenset({"br", "img", "iframe", "embed", "hr", "source"})
_USED = {
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "details": ("open",),
}
