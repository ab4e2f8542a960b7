"""A body as HTML for any reader: what it keeps, what it makes of what it cannot show."""

from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest
from hypothesis import given, settings

from app.feeds.body_html import ATTRIBUTES, TAGS, body_html, cleaned
from tests.feeds import documents
from tests.feeds.awkward import BASES

PAGE = documents.PAGE

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a href="/x?a=1&amp;b=2">x</a>', f'<a href="{BASES.web}/x?a=1&amp;b=2">x</a>'),
        ('<a href="#note">x</a>', f'<a href="{PAGE}#note">x</a>'),
        ('<img src="/media/p.jpg">', f'<img src="{BASES.media}/media/p.jpg">'),
        ('<a href="/v1/x.vtt">x</a>', f'<a href="{BASES.api}/v1/x.vtt">x</a>'),
        ('<a href="../b?c">x</a>', f'<a href="{urljoin(PAGE, "../b?c")}">x</a>'),
        ('<a href="?c=d">x</a>', f'<a href="{PAGE}?c=d">x</a>'),
        ('<img src="//cdn.example/p.jpg">', '<img src="https://cdn.example/p.jpg">'),
        ('<a href="HTTPS://x.example/">x</a>', '<a href="HTTPS://x.example/">x</a>'),
        ('<a href="//[">x</a><a href="">y</a>', "<a>x</a><a>y</a>"),
        ('<a href=" javascript:x">x</a>', "<a>x</a>"),
        ('<a href="&#9;java&#10;script:x">x</a>', "<a>x</a>"),
        ('<a href="java&#10;script:x">x</a><a href="&#1;javascript:x">y</a>', "<a>x</a><a>y</a>"),
        ('<p style="color:red" onclick="x" class="y">x</p>', "<p>x</p>"),
        ("<script>x</script><style>x</style><svg><path/></svg>y", "y"),
        ('<iframe src="https://x.example"></iframe>y', "y"),
        ("a\x00\x0b\ufffe\ufeffb", "ab"),
        ('<p dir="rtl" lang="fa">سلام</p>', '<p dir="rtl" lang="fa">سلام</p>'),
        ("<custom>x</custom>", "x"),
    ],
)
def test_only_what_any_reader_can_show_is_kept(html: str, shown: str) -> None:
    assert cleaned(html, BASES, page=PAGE) == shown


@settings(max_examples=25)
@given(article=documents.articles())
def test_a_body_has_nothing_that_runs_and_no_link_that_leads_nowhere(article: Json) -> None:
    html = body_html(article, BASES)

    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in list(tree.iter())[1:]:
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()) | ATTRIBUTES["*"]
        for name in {"href", "src", "cite"} & set(element.attrib):
            assert element.attrib[name].startswith(("https://", "http://", "mailto:", "tel:"))


@settings(max_examples=25)
@given(article=documents.articles())
def test_who_paid_for_it_stands_first(article: Json) -> None:
    html = body_html(article | {"direction": "ltr"}, BASES)

    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    words = "".join(tree.itertext()).split()
    if article["sponsor"]:
        told = article["sponsor"]["label"] + ": " + article["sponsor"]["name"]
        shown = "".join(tree[0].itertext()) if len(tree) else ""
        assert shown.split() == _legal(told).split()
    assert words or not article["body"]


def _legal(text: str) -> str:
    tree = html5lib.parseFragment(cleaned(text.replace("&", "&amp;").replace("<", "&lt;"), BASES,
                                          page=PAGE))  # fmt: skip
    return "".join(tree.itertext())


def test_corrections_stand_below_and_a_retraction_above() -> None:
    article = _article([{"type": "paragraph", "text": "A", "html": None}])
    notes = [{"kind": "correction", "text": "26 < 62"}, {"kind": "retraction", "text": "Forged"}]

    html = body_html(article | {"corrections": notes}, BASES)

    assert html.split("\n") == [
        "<p><em>Forged</em></p>", "<p>A</p>", "<p><em>26 &lt; 62</em></p>",
    ]  # fmt: skip


def test_a_text_from_right_to_left_says_so() -> None:
    article = _article([{"type": "paragraph", "text": "سلام", "html": "سلام"}], direction="rtl")

    assert body_html(article, BASES) == '<div lang="fa" dir="rtl"><p>سلام</p></div>'


@pytest.mark.parametrize(
    ("block", "html"),
    [
        ({"type": "paragraph", "text": "A", "html": "<em>A</em>"}, "<p><em>A</em></p>"),
        ({"type": "heading", "level": 2, "text": "A & B", "html": None}, "<h2>A &amp; B</h2>"),
        (
            {"type": "list", "text": "", "ordered": True, "start": 3,
             "items": [{"text": "1", "html": None, "ordered": False, "items": [
                 {"text": "2", "html": None, "ordered": False, "items": []}]}]},
            '<ol start="3"><li>1<ul><li>2</li></ul></li></ol>',
        ),
        (
            {"type": "quote", "text": "A", "html": None, "attribution": "B", "source_url": "/x"},
            f'<blockquote cite="{BASES.web}/x"><p>A</p><p>— B</p></blockquote>',
        ),
        ({"type": "code", "text": "a < b", "language": None}, "<pre><code>a &lt; b</code></pre>"),
        ({"type": "divider", "text": ""}, "<hr>"),
        ({"type": "html", "text": "", "html": "<b onclick=x>x</b>"}, "<b>x</b>"),
        ({"type": "new", "text": "Only < words"}, "<p>Only &lt; words</p>"),
        (
            {"type": "embed", "text": "", "url": "https://v.example/1", "title": "A film",
             "caption": None, "thumbnail": None},
            '<p><a href="https://v.example/1">A film</a></p>',
        ),
        (
            {"type": "table", "text": "", "caption": "T", "rows": [
                [{"text": "1", "html": None, "header": True, "colspan": 2, "rowspan": 1}]]},
            '<table><caption>T</caption><tbody><tr><th colspan="2">1</th></tr></tbody></table>',
        ),
    ],
)  # fmt: skip
def test_each_block_is_html(block: Json, html: str) -> None:
    assert body_html(_article([block]), BASES) == html


def _article(body: list[Json], direction: str = "ltr") -> Json:
    told = {"lead": None, "body": body, "sponsor": None, "corrections": [], "headline": "Fog"}
    return told | {"canonical_url": PAGE, "language": "fa", "direction": direction}
