import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.body import inline, inline_text
from app.editing.body.inline import clean, from_text
from app.editing.body.inline_writer import InlineWriter, Mark
from tests.editing.body.inert import assert_inert, judged
from tests.editing.body.payloads import ATTACKS

TAGS = [
    "a", "abbr", "b", "bdo", "big", "br", "cite", "code", "del", "div", "em", "font", "i", "img",
    "li", "p", "q", "script", "small", "span", "strong", "style", "sub", "svg", "table", "td", "u",
    "x-y",
]  # fmt: skip
ATTRIBUTES = [
    "", " href=/a", " href='https://example.org/?a=1&amp;b=é'", ' href="javascript:x"',
    " title='a \"b\" &lt;'", " onclick=x", " lang=fr", " dir=RTL", " class=c", " style='color:red'",
    " style='font-weight:bold;font-style:italic'",
]  # fmt: skip
TEXTS = st.sampled_from(
    ["a", " ", "  \n", "\xa0", "&nbsp;", "&amp;", "&lt;b&gt;", "<", ">", "&", '"', "e\u0301",
     "\u0301", "\u0338", "سلام\u200c", "🙂", "\x0b", "\x00", "&#0;", "&#x85;", "]]>", "--", "/"]
) | st.text(max_size=6)  # fmt: skip
MARKUP = st.builds(
    lambda tag, attributes, end: f"</{tag}>" if end else f"<{tag}{attributes}>",
    st.sampled_from(TAGS),
    st.sampled_from(ATTRIBUTES),
    st.booleans(),
)
SOUP = st.lists(TEXTS | MARKUP | st.sampled_from(["<!-- c -->", "<?x?>"]), max_size=25).map("".join)


def details(html: str) -> list[str]:
    return [warning.detail for warning in clean(html).warnings]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("plain", "plain"),
        ("  a \n b\t", "a b"),
        ("a & b < c", "a &amp; b &lt; c"),
        ("<b>x</b> <i>y</i> <strike>z</strike>", "<strong>x</strong> <em>y</em> <s>z</s>"),
        ("<b> x </b>y", "<strong>x</strong> y"),
        ("<b></b>x<i> </i>", "x"),
        ("<b><strong>x</strong></b>", "<strong>x</strong>"),
        ("<b>x<i>y</b>z</i>", "<strong>x<em>y</em></strong>z"),
        ("<br>a<br><br><br>b<br>", "a<br><br>b"),
        ("<p>a</p><p>b</p>", "a<br><br>b"),
        ("<div>a</div><div>b</div>", "a<br>b"),
        ("<a href='https://Example.org'>x</a>", '<a href="https://example.org/">x</a>'),
        ("<a href=//example.org/x>x</a>", '<a href="https://example.org/x">x</a>'),
        ("<a href='mailto:a@example.org'>x</a>", '<a href="mailto:a@example.org">x</a>'),
        ("<a href=/x>a <a href=/y>b</a></a>", '<a href="/x">a</a> <a href="/y">b</a>'),
        ("<span>x</span><span lang=fa dir=RTL>y</span>", 'x<span lang="fa" dir="rtl">y</span>'),
        ('<abbr title="a &quot;b&quot;">c</abbr>', '<abbr title="a &quot;b&quot;">c</abbr>'),
        ("<q>a <q>b</q></q>", "<q>a <q>b</q></q>"),
        ("e\u0301 &#101;<!-- -->\u0301", "é é"),
        ("<b>e</b>\u0338", "<strong>e</strong>\u0338"),
        ("<span style='Font-weight: 700'>x</span>", "<strong>x</strong>"),
        ("<span style='font-style:italic;color:red'>x</span>", "<em>x</em>"),
        ("<b style='font-weight:normal'>x</b>", "x"),
    ],
)  # fmt: skip
def test_inline_html_has_one_normal_form(given, stored):
    assert clean(given).html == stored


def test_what_needs_no_change_is_not_told():
    assert details('<strong>a</strong> <a href="/x" title="t">b</a> <b>c</b> d&nbsp;e') == []


def test_everything_left_out_is_told():
    html = (
        "<script>x</script><a href='javascript:x' onclick=y>l</a><font color=red>f</font>"
        "<b class=c>1</b><i class=c>2</i><img src=/x.jpg><!-- note --><p>p</p>"
        "<span hidden>secret words</span>"
    )

    assert details(html) == [
        "removed <script>",
        "removed link javascript:x: must be http:, https:, mailto:, tel: or root-relative (/…), "
        "not javascript:",
        "removed attribute onclick of <a>",
        "removed <font>, its text stays",
        "removed attribute class of <b>, <i> (2 times)",
        "removed <img>: pictures are blocks of their own",
        "removed a comment",
        "removed <p>, its text stays",
        "removed hidden <span>: secret words",
    ]


def test_warnings_say_where():
    [warning] = clean("<script>x</script>", pointer="/body/3/html").warnings

    assert (warning.pointer, warning.code) == ("/body/3/html", "removed-content")


def test_many_kinds_of_warnings_are_cut_short():
    warnings = clean("".join(f"<x{n}>a</x{n}>" for n in range(150))).warnings

    assert len(warnings) == 101
    assert warnings[-1].detail == "50 more changes"


def test_plain_text_becomes_inline_html():
    assert from_text(" a < b &\r\nc\n\n\n\nd ") == "a &lt; b &amp;<br>c<br><br>d"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack):
    cleaned = clean(attack)

    assert_inert(cleaned.html)
    assert clean(cleaned.html) == inline.Cleaned(html=cleaned.html, warnings=[])


@pytest.mark.parametrize("attack", [a for a in ATTACKS if judged(a).is_active])
def test_an_attack_is_told(attack):
    assert clean(attack).warnings


@given(SOUP)
def test_whatever_is_sent_comes_out_inert_and_in_normal_form(html):
    cleaned = clean(html)

    assert_inert(cleaned.html)
    assert clean(cleaned.html) == inline.Cleaned(html=cleaned.html, warnings=[])


@given(
    st.lists(
        st.sampled_from(
            [
                "w",
                " ",
                "<",
                "&",
                "é",
                "<b>",
                "</b>",
                "<a href=/x>",
                "</a>",
                "<u>",
                "</u>",
                "<p>",
                "</p>",
                "<br>",
                "<x-y>",
            ]
        ),
        max_size=30,
    )
)
def test_no_text_is_lost(parts):  # fmt: skip
    parts = [f"w{n}" if part == "w" else part for n, part in enumerate(parts)]

    cleaned = inline_text.plain(clean(" ".join(parts)).html)

    assert re.findall(r"w\d+", cleaned) == [part for part in parts if part.startswith("w")]


MARKS = st.sampled_from(
    [Mark("strong"), Mark("em"), Mark("q"), Mark("a", (("href", "/x?a=1&b=\"'"), ("title", "<"))),
     Mark("span", (("lang", "fa"), ("dir", "rtl"))), Mark("code"), Mark("a", (("href", "/y"),))]
)  # fmt: skip
STEPS = st.lists(MARKS | st.none() | st.text(max_size=5) | st.just("\n\n"), max_size=30)


@given(STEPS)
def test_what_the_writer_writes_is_what_the_parser_of_browsers_reads(steps):
    writer = InlineWriter()
    opened = 0
    for step in steps:
        if isinstance(step, Mark):
            opened += writer.open(step)
        elif step is None and opened:
            writer.close()
            opened -= 1
        elif step == "\n\n":
            writer.line_break()
        elif step:
            writer.text(step)

    html = writer.take()

    assert inline.purified(html) == html


def test_the_parser_of_browsers_has_the_last_word():
    assert inline.purified("<b onclick=x>a</b><em lang=fr onclick=x>b</em><script>c</script>") == (
        'a<em lang="fr">b</em>'
    )
    assert inline.purified("<a href=javascript:x>d</a>") == "<a>d</a>"


def test_links_do_not_nest():
    writer = InlineWriter()

    assert writer.open(Mark("a", (("href", "/x"),)))
    assert not writer.open(Mark("a", (("href", "/y"),)))


@given(st.text())
def test_text_and_its_html_say_the_same(text):
    said = inline_text.plain(from_text(text))

    words = re.split(r"[ \t\n\r\f]+", unicodedata.normalize("NFC", said))
    assert inline_text.plain(clean(from_text(text)).html) == said
    assert not any(character in said for character in "\x00\x0b\x1f")
    assert "".join(words) == "".join(said.replace("\n", " ").replace("\r", "").split(" "))


def test_marks_do_not_nest_without_end():
    assert clean("<q>" * 1_000 + "x").html == "<q>" * 24 + "x" + "</q>" * 24


def test_nothing_is_too_deep():
    html = "".join(f"<{'bui'[n % 3]}>x" for n in range(10_000))

    assert inline_text.plain(clean(html).html).count("x") == 10_000
