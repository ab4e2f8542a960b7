"""HTML and bodies as nobody would write them, for properties that must always hold."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

FLOW = [
    "p", "div", "section", "h1", "h2", "h4", "blockquote", "ul", "ol", "li", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr", "td", "th", "caption", "figure", "figcaption", "aside",
    "details", "summary", "pre", "center", "address", "form", "footer", "fieldset", "article",
    "a href=/x", "a href=javascript:x", "b", "i", "u", "em", "q", "cite", "span", "font", "code",
    "sup", "del", "big", "label", "button", "noscript", "x-y", "math", "xmp", "textarea",
    "div class=wp-caption", "p class=wp-caption-text", "div class=gallery", "span class=credit",
    "blockquote class=twitter-tweet", "figure class=wp-block-pullquote", "table role=none",
    "figure class=wp-block-embed", "pre class=wp-block-verse", "aside class=pullquote",
]  # fmt: skip
VOID = [
    "<br>", "<br><br>", "<hr>", "<img src=/p.jpg alt=A>", "<img>", "<input value=v>", "<wbr>",
    "<iframe src=https://vimeo.com/1></iframe>", "<iframe></iframe>", "<embed src=/x>",
    "<video src=/v.mp4></video>", "<audio></audio>", "<source src=/s.mp4>", "<!-- c -->",
    "<!-- wp:x /-->", "&nbsp;", "\n\n", " ", "<script>var s;</script>", "<style>s</style>",
    "<svg><path d=s></svg>", "<p hidden></p>", "</body>", "<body>", "</html>", "<p/>", "<>",
    "<img src=/p.jpg class=emoji alt=🙂>", "https://youtu.be/x", "&lt;b&gt;", "<![CDATA[x]]>",
]  # fmt: skip


@dataclass(frozen=True)
class Markup:
    html: str
    words: list[str]


@st.composite
def markup(draw: st.DrawFn) -> Markup:
    """Elements well or badly nested, with words of which each is there once and can be seen."""
    tokens = st.sampled_from([f"<{tag}>" for tag in FLOW])
    ends = st.sampled_from([f"</{tag.split()[0]}>" for tag in FLOW])
    parts = draw(st.lists(st.just("w") | tokens | ends | st.sampled_from(VOID), max_size=40))
    words: list[str] = []
    html: list[str] = []
    raw: str | None = None
    for part in parts:
        if part == "w":
            words.append(f"word{len(words)}word")
            html.append(f" {words[-1]} ")
        elif raw is None or part == raw:
            html.append(part)
            raw = None
            if part in ("<xmp>", "<textarea>"):
                raw = part.replace("<", "</")
    return Markup("".join(html), words)


words = st.text("ab <&é\u0301سل\u200c 🙂\n", max_size=12)
inline_html = st.lists(
    words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
    | st.sampled_from(["<b>", "</b>", "<em>", "</em>", "<a href='/x?a&amp;b'>", "</a>", "<br>",
                       "<q>", "</q>", "<span lang=fr>", "</span>", "<script>x</script>"]),
    max_size=8,
).map("".join)  # fmt: skip
text = st.fixed_dictionaries({"html": inline_html}) | st.fixed_dictionaries({"text": words})
media_urls = st.sampled_from(["/a.jpg", "https://media.example.org/é.jpg", "http://example.org"])
lines = st.none() | words
images = st.fixed_dictionaries(
    {"url": media_urls}, optional={"alt": lines, "caption": lines, "credit": lines,
                                   "width": st.none() | st.integers(1, 5000)}
)  # fmt: skip
sources = st.sampled_from(
    [{"url": "/v.m3u8"}, {"url": "/v", "media_type": "video/mp4", "bitrate": 5}]
)  # fmt: skip
playables = {"sources": st.lists(sources, min_size=1, max_size=2)}
playable_options = {
    "poster": st.none() | images, "title": lines, "caption": lines, "credit": lines,
    "duration": st.none() | st.floats(0, 1e6) | st.integers(0, 100), "transcript": lines,
}  # fmt: skip
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)


def block(kind: str, required: dict[str, Any], **optional: Any) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(kind), **required}, optional=optional)


def with_text(kind: str, **more: Any) -> st.SearchStrategy[Any]:
    return st.builds(lambda own, said: {**own, **said}, block(kind, more), text)


items: st.SearchStrategy[Any] = st.recursive(
    text,
    lambda inner: st.builds(
        lambda said, inside, ordered: {**said, "items": inside, "ordered": ordered},
        text, st.lists(inner, max_size=2), st.booleans(),
    ),
    max_leaves=4,
)  # fmt: skip
cells = text | st.fixed_dictionaries({}, optional={"header": st.booleans(), "colspan": st.just(2)})
in_boxes = st.one_of(
    with_text("paragraph"),
    with_text("heading", level=st.integers(2, 6)),
    with_text("quote", attribution=lines, source_url=st.none() | st.just("https://example.org")),
    block("list", {"items": st.lists(items, min_size=1, max_size=3)}, ordered=st.booleans(),
          start=st.none() | st.integers(-5, 5)),
    st.builds(lambda own, image: {**own, **image},
              block("image", {}, href=st.just("mailto:a@example.org")), images),
)  # fmt: skip
blocks = st.one_of(
    in_boxes,
    with_text("pullquote", attribution=lines),
    block("gallery", {"images": st.lists(images, min_size=1, max_size=3)}, title=lines,
          caption=lines),
    block("video", playables, **playable_options),
    block("audio", playables, **playable_options),
    block("embed", {"url": st.sampled_from(["https://youtu.be/x", "https://example.org/x"])},
          title=lines, caption=lines, text=lines, thumbnail=st.none() | images,
          html=st.sampled_from(["<iframe src='https://youtu.be/x'></iframe><script></script>"])),
    block("table", {"rows": st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1,
                                     max_size=3)}, caption=lines),
    block("factbox", {"blocks": st.lists(in_boxes, min_size=1, max_size=3)}, title=lines),
    block("code", {"text": words}, language=st.just("python")),
    block("divider", {}),
    block("custom", {"name": st.just("tide-table")}, text=lines,
          data=st.dictionaries(words, json_values, max_size=2)),
    block("html", {"html": st.just("<p>raw<script>x</script></p>")}, text=lines),
)  # fmt: skip
bodies = st.lists(blocks, max_size=8)
"""Bodies as an editor may send them."""
