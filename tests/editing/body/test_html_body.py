import re
from typing import Any

import pytest

from app.editing.body.html_body import from_html
from app.editing.body.prepare import prepare
from tests.editing.body.inert import FRAMES, assert_inert, assert_inert_address
from tests.editing.body.payloads import ATTACKS


def bare(value: Any) -> Any:
    """Without what is null or empty, to read the rest."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if inner not in (None, [], "")}
    return [bare(inner) for inner in value] if isinstance(value, list) else value


def blocks(html: str, **options: Any) -> list[dict[str, Any]]:
    return bare(from_html(html, **options).blocks)


def details(html: str) -> list[str]:
    return [warning.detail for warning in from_html(html).warnings]


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "html": text} for text in texts]


def test_paragraphs_and_headings():
    html = "<h1>One</h1><p>a <b>b</b></p><h3>Three</h3>bare<div>in a <i>div</i><p>c</p>tail</div>"

    assert blocks(html) == [
        {"type": "heading", "level": 2, "html": "One"},
        *paragraphs("a <strong>b</strong>"),
        {"type": "heading", "level": 3, "html": "Three"},
        *paragraphs("bare", "in a <em>div</em>", "c", "tail"),
    ]
    assert details(html) == ["made <h1> a heading of level 2: level 1 is the headline"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<br>b<br><br>c</p>", ["a<br>b", "c"]),
        ("<p>&nbsp;</p><p> </p><p><br></p>", []),
        (
            "<b>a<p>b</p><i><p>c</p></i></b>",
            ["<strong>a</strong>", "<strong>b</strong>", "<strong><em>c</em></strong>"],
        ),
        ("<a href=/x title='<b>'><p>a</p></a>", ['<a href="/x" title="&lt;b&gt;">a</a>']),
        ("<textarea><b>x</b></textarea>", ["&lt;b&gt;x&lt;/b&gt;"]),
        ("<a href=/x><div>a</div><div>b</div></a>", ['<a href="/x">a</a>', '<a href="/x">b</a>']),
        ("text</body></html>after<!-- c --><b>z</b>", ["textafter<strong>z</strong>"]),
        ("<td>a</td><li>b</li><dd>c</dd><caption>d</caption>", ["a", "b", "c", "d"]),
        ("one\n\ntwo\nthree", ["one", "two three"]),
        ("<p>one\n\ntwo</p>", ["one two"]),
        ("<form>a<button>b</button><select><option>c</select></form>", ["ab", "c"]),
    ],
)
def test_text_becomes_paragraphs(html, texts):
    assert blocks(html) == paragraphs(*texts)


def test_classic_wordpress_has_paragraphs_without_tags():
    html = (
        "First\nline.\n\nSecond <b>one</b>.\n<h2>Title</h2>\nThird.\n\n<p>Fourth\nline</p>"
        "Fifth.\n\nSixth."
    )

    assert blocks(html, line_breaks=True) == [
        *paragraphs("First<br>line.", "Second <strong>one</strong>."),
        {"type": "heading", "level": 2, "html": "Title"},
        *paragraphs("Third.", "Fourth<br>line", "Fifth.", "Sixth."),
    ]


def test_lists_nest():
    html = (
        "<ol start=3><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li>"
        "<ul><li>e</li></ul>stray</ol>"
    )

    [found] = from_html(html).blocks
    assert found["ordered"]
    assert found["start"] == 3
    assert bare(found["items"]) == [
        {"html": "a", "ordered": False, "items": [{"html": "b", "ordered": False}]},
        {"html": "c<br>d", "ordered": False, "items": [{"html": "e", "ordered": False}]},
        {"html": "stray"},
    ]


def test_what_a_list_cannot_hold_follows_it():
    html = "<ul><li>a<img src=/x.jpg></li><li><table><tr><td>1<td>2</table></li><li>b</li></ul>"

    assert [block["type"] for block in blocks(html)] == ["list", "image", "table"]
    assert details(html) == ["moved out of a list, to after it: image, table"]


def test_definition_lists_are_lists():
    html = "<dl><dt>T</dt><dd>D</dd><dd>E</dd><dt>U</dt><dt>V</dt><dd>F</dd></dl>"

    [found] = blocks(html)
    assert [item["html"] for item in found["items"]] == [
        "<strong>T</strong><br>D<br>E",
        "<strong>U</strong><br><strong>V</strong><br>F",
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<blockquote cite='https://example.org/x'><p>a</p><p>b</p><cite>Who</cite></blockquote>",
            {"type": "quote", "html": "a<br><br>b", "attribution": "Who",
             "source_url": "https://example.org/x"},
        ),
        (
            "<blockquote>a <cite><a href='https://example.org/y'>Who</a></cite></blockquote>",
            {"type": "quote", "html": "a", "attribution": "Who",
             "source_url": "https://example.org/y"},
        ),
        (
            "<blockquote><p>a</p><footer>— Who, <cite>Where</cite></footer></blockquote>",
            {"type": "quote", "html": "a", "attribution": "— Who, Where"},
        ),
        (
            "<figure><blockquote><p>a</p></blockquote><figcaption>Who</figcaption></figure>",
            {"type": "quote", "html": "a", "attribution": "Who"},
        ),
        (
            "<figure class=wp-block-pullquote><blockquote><p>a</p><cite>Who</cite></blockquote>",
            {"type": "pullquote", "html": "a", "attribution": "Who"},
        ),
        ("<aside class=pullquote>a</aside>", {"type": "pullquote", "html": "a"}),
    ],
)  # fmt: skip
def test_quotations(html, expected):
    assert blocks(html) == [expected]


def test_a_quotation_is_parted_by_what_it_cannot_hold():
    html = "<blockquote><p>a</p><img src=/x.jpg><p>b</p><cite>Who</cite></blockquote>"

    assert blocks(html) == [
        {"type": "quote", "html": "a"},
        {"type": "image", "url": "/x.jpg"},
        {"type": "quote", "html": "b", "attribution": "Who"},
    ]


def test_images_have_captions_and_credits():
    html = (
        "<figure class='wp-block-image'><a href='/big'><img src='https://m.example.org/a b.jpg' "
        "alt=' A  ship ' width=640 height='480px'></a><figcaption>A <b>ship</b> "
        "<span class=credit>Photo: Somebody</span></figcaption></figure>"
        "<div class='wp-caption'><img src=//m.example.org/c.jpg>"
        "<p class='wp-caption-text'>Classic</p></div>"
    )

    assert blocks(html) == [
        {"type": "image", "url": "https://m.example.org/a%20b.jpg", "alt": "A ship", "width": 640,
         "height": 480, "href": "/big", "caption": "A ship", "credit": "Photo: Somebody"},
        {"type": "image", "url": "https://m.example.org/c.jpg", "caption": "Classic"},
    ]  # fmt: skip


def test_an_image_does_not_part_its_sentence():
    html = "<p><img src=/1.jpg>before<img src=/2.jpg>after<br><img src=/3.jpg><br>end</p>"

    assert blocks(html) == [
        {"type": "image", "url": "/1.jpg"},
        *paragraphs("before after"),
        {"type": "image", "url": "/2.jpg"},
        {"type": "image", "url": "/3.jpg"},
        *paragraphs("end"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=/1.jpg><figcaption>a<img src=/2.jpg></figcaption></figure>",
        "<details><summary>S<img src=/2.jpg></summary><p>x</p></details>",
        "<blockquote>a<footer>Who<img src=/2.jpg></footer></blockquote>",
        "<figure><blockquote>a</blockquote><figcaption>Who<img src=/2.jpg></figcaption></figure>",
        "<table><caption>C<img src=/2.jpg></caption><tr><td>1<td>2</table>",
        "<h2>T<img src=/2.jpg></h2>",
        "<dl><dt>T<dd>D<img src=/2.jpg></dl>",
        "<pre>c<img src=/2.jpg></pre>",
    ],
)
def test_an_image_survives_where_it_cannot_stay(html):
    assert "/2.jpg" in str(from_html(html).blocks)


def test_lazy_images_are_found_once():
    html = (
        "<img src='data:image/gif;base64,AAAA' data-src='/real.jpg'>"
        "<noscript><img src='/real.jpg'></noscript><img srcset='/big.jpg 2x, /small.jpg 1x'>"
    )

    assert [block["url"] for block in blocks(html)] == ["/real.jpg", "/big.jpg"]


def test_images_that_show_nothing_are_told():
    html = (
        "<p>a<img src=/p.gif width=1 height=1><img alt=Gone><img src='data:image/png;base64,AAAA'>"
        "<img class='emoji wp-smiley' alt=🙂 src=/e.png></p>"
    )

    assert blocks(html) == paragraphs("a🙂")
    assert details(html) == [
        "removed a tracking pixel",
        "removed an image without a usable address: Gone",
        "removed address data:…: must be http:, https: or root-relative (/…), not data:",
        "removed an image without a usable address: ",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<figure class='wp-block-gallery'><ul class=blocks-gallery-grid><li><figure>"
        "<img src=/1.jpg><figcaption>one</figcaption></figure></li><li><figure><img src=/2.jpg>"
        "</figure></li></ul><figcaption>All</figcaption></figure>",
        "<figure class='wp-block-gallery has-nested-images'><figure class=wp-block-image>"
        "<img src=/1.jpg><figcaption>one</figcaption></figure><figure><img src=/2.jpg></figure>"
        "<figcaption>All</figcaption></figure>",
    ],
)
def test_galleries(html):
    assert blocks(html) == [
        {"type": "gallery", "caption": "All",
         "images": [{"url": "/1.jpg", "caption": "one"}, {"url": "/2.jpg"}]}
    ]  # fmt: skip


def test_a_classic_gallery():
    html = (
        "<div class='gallery'><dl class=gallery-item><dt><a href=/x><img src=/1.jpg></a></dt>"
        "<dd class='wp-caption-text gallery-caption'>one</dd></dl>"
        "<dl class=gallery-item><dt><img src=/2.jpg></dt></dl></div>"
    )

    [gallery] = blocks(html)
    assert [image["url"] for image in gallery["images"]] == ["/1.jpg", "/2.jpg"]
    assert gallery["caption"] == "one"
    assert "removed the links of the pictures of a gallery" in details(html)


def test_tables():
    html = (
        "<figure><table><caption>C</caption><thead><tr><td>h</td></tr></thead>"
        "<tbody><tr><th scope=row>r</th><td colspan=2 rowspan=x>a<br>b<ul><li>l</li></ul></td></tr>"
        "<tr></tr></tbody></table><figcaption>unused</figcaption></figure>"
    )

    table, caption = from_html(html).blocks
    assert table["caption"] == "C"
    assert table["rows"] == [
        [{"html": "h", "header": True, "colspan": 1, "rowspan": 1}],
        [
            {"html": "r", "header": True, "colspan": 1, "rowspan": 1},
            {"html": "a<br>b<br>l", "header": False, "colspan": 2, "rowspan": 1},
        ],
    ]
    assert caption == {"type": "paragraph", "html": "unused"}


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><h2>a</h2><p>b</p></td></tr></table>",
        "<table role=presentation><tr><td><h2>a</h2><td>b</table>",
        "<table><tr><td><table><tr><td><h2>a</h2><td></table><td>b</table>",
    ],
)
def test_tables_that_lay_out_a_page_are_taken_apart(html):
    assert blocks(html) == [{"type": "heading", "level": 2, "html": "a"}, *paragraphs("b")]


def test_text_outside_of_cells_stands_before_the_table():
    html = "<table>stray<tr><td>1<img src=/x.jpg></td><td>2</td></tr><td>3</td></table>"

    assert [block["type"] for block in blocks(html)] == ["paragraph", "table", "image"]


@pytest.mark.parametrize(
    ("html", "url", "more"),
    [
        (
            "<iframe src='//www.youtube.com/embed/aaaabbbbccc?rel=0' title=T></iframe>",
            "https://www.youtube.com/watch?v=aaaabbbbccc",
            {"title": "T",
             "html": '<iframe src="https://www.youtube.com/embed/aaaabbbbccc?rel=0" title="T">'
             "</iframe>"},
        ),
        ("<p>https://youtu.be/aaa</p>", "https://youtu.be/aaa", {}),
        (
            "<figure class='wp-block-embed is-provider-some-site'><div>\nhttps://some.example/1\n"
            "</div><figcaption>Cap</figcaption></figure>",
            "https://some.example/1",
            {"provider": "some-site", "caption": "Cap"},
        ),
    ],
)  # fmt: skip
def test_embeds(html, url, more):
    assert blocks(html) == [{"type": "embed", "url": url, **more}]


def test_quoted_posts_are_embeds():
    html = (
        "<blockquote class='twitter-tweet' onclick=x><p>Words</p>&mdash; Them "
        "<a href='https://x.com/them/status/1'>today</a></blockquote>"
        "<script async src='https://platform.x.com/widgets.js'></script>"
    )

    [post] = blocks(html)
    assert post["url"] == "https://x.com/them/status/1"
    assert post["text"] == "Words\n\n— Them today"
    assert post["html"].startswith('<blockquote class="twitter-tweet"><p>Words</p>')
    assert details(html) == ["turned a quoted post of x into an embed", "removed <script>"]


def test_an_address_of_no_known_provider_stays_text():
    html = "<p>https://example.org/page</p><p>see https://youtu.be/aaa</p>"

    assert blocks(html) == paragraphs("https://example.org/page", "see https://youtu.be/aaa")


def test_players():
    html = (
        "<figure><video poster=/p.jpg controls><source src=/v.m3u8><source src=/v type=video/mp4>"
        "Too old</video><figcaption>Cap</figcaption></figure><audio src=/a.mp3></audio>"
    )

    assert blocks(html) == [
        {
            "type": "video",
            "sources": [
                {"url": "/v.m3u8", "media_type": "application/vnd.apple.mpegurl"},
                {"url": "/v", "media_type": "video/mp4"},
            ],
            "poster": {"url": "/p.jpg"},
            "caption": "Cap",
        },
        {"type": "audio", "sources": [{"url": "/a.mp3", "media_type": "audio/mpeg"}]},
    ]
    assert details(html) == ["removed what stood inside <video> for old browsers"]


def test_a_player_that_was_never_closed_does_not_swallow_the_story():
    story = "word " * 100

    assert blocks(f"<video src=/v.mp4><p>{story}</p>")[1] == paragraphs(story.strip())[0]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<details><summary>S</summary><p>x</p></details>",
            [{"type": "factbox", "title": "S", "blocks": paragraphs("x")}],
        ),
        (
            "<aside><h3>T</h3><p>x</p></aside>",
            [{"type": "factbox", "title": "T", "blocks": paragraphs("x")}],
        ),
        ("<aside><iframe src='https://vimeo.com/1'></iframe></aside>",
         [{"type": "embed", "url": "https://vimeo.com/1",
           "html": '<iframe src="https://vimeo.com/1"></iframe>'}]),
        (
            "<details><summary>S</summary><p>x</p><hr></details>",
            [{"type": "heading", "level": 3, "html": "S"}, *paragraphs("x"), {"type": "divider"}],
        ),
    ],
)  # fmt: skip
def test_boxes(html, expected):
    assert blocks(html) == expected


def test_code_is_verbatim_and_verse_is_text():
    html = (
        "<pre class='brush: py'>\n<code>if a &lt; b:\n    c()</code>\n</pre>"
        "<pre><code class='language-rust'>x<br>y</code></pre>"
        "<pre class=wp-block-verse>roses\nred</pre>"
    )

    assert blocks(html) == [
        {"type": "code", "text": "if a < b:\n    c()", "language": "py"},
        {"type": "code", "text": "x\ny", "language": "rust"},
        *paragraphs("roses<br>red"),
    ]


def test_early_gutenberg_covers_keep_their_picture():
    html = "<div class='wp-block-cover' style='background-image:url(/c.jpg)'><p>x</p></div>"

    assert blocks(html) == [{"type": "image", "url": "/c.jpg"}, *paragraphs("x")]


def test_what_wordpress_fills_in_by_itself_is_told():
    html = (
        "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --><!-- wp:latest-posts {} /--><!--more-->"
    )

    assert details(html) == ["removed WordPress block latest-posts: it has no text"]


def test_what_nobody_could_see_does_not_become_public():
    html = "<p>a</p><p style='display: none'>secret</p><div hidden><p>other</p></div>"

    assert blocks(html) == paragraphs("a")
    assert details(html) == ["removed hidden <p>: secret", "removed hidden <div>: other"]


@pytest.mark.parametrize(
    "tag",
    ["div", "b", "blockquote", "ul><li", "li", "p><span", "a href=/x", "table><tr><td", "figure",
     "details", "dl><dd", "pre", "q", "h2", "section><p", "figcaption", "summary", "td"],
)  # fmt: skip
def test_no_depth_brings_it_down(tag):
    html = "".join(f"<{tag}>w{number}" for number in range(10_000))

    found = re.findall(r"w\d+", str(from_html(html).blocks))

    assert set(found) == {f"w{number}" for number in range(10_000)}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<blockquote><blockquote><p>inner</p><cite>Anna</cite></blockquote>"
            "<cite>Bob</cite></blockquote>",
            [{"type": "quote", "html": "inner", "attribution": "Anna"},
             {"type": "paragraph", "html": "<cite>Bob</cite>"}],
        ),
        (
            "<blockquote><p>before</p><blockquote><p>inner</p><cite>Anna</cite></blockquote>"
            "<p>after</p><p>more</p><cite>Bob</cite></blockquote>",
            [{"type": "quote", "html": "before"},
             {"type": "quote", "html": "inner", "attribution": "Anna"},
             {"type": "quote", "html": "after<br><br>more", "attribution": "Bob"}],
        ),
        (
            "<blockquote><p>outer</p><blockquote><p>inner</p><cite>Anna</cite></blockquote>"
            "<cite>Bob</cite></blockquote>",
            [{"type": "quote", "html": "outer", "attribution": "Bob"},
             {"type": "quote", "html": "inner", "attribution": "Anna"}],
        ),
        (
            "<blockquote cite=https://example.org/b><blockquote cite=https://example.org/a>inner"
            "</blockquote><cite>Bob</cite></blockquote>",
            [{"type": "quote", "html": "inner", "attribution": "Bob",
              "source_url": "https://example.org/a"}],
        ),
    ],
)  # fmt: skip
def test_a_quotation_in_a_quotation_keeps_who_said_it(html, expected):
    assert blocks(html) == expected


@pytest.mark.parametrize(
    ("html", "field"),
    [
        ("<img src=/a.jpg alt='{}'>", "alt"),
        ("<iframe src=https://vimeo.com/1 title='{}'></iframe>", "title"),
        ("<video src=/a.mp4 title='{}'></video>", "title"),
    ],
)
def test_a_line_that_is_too_long_is_cut_and_told(html, field):
    long = html.format("word " * 1_000)

    [block] = prepare(body_html=long).blocks

    assert len(block[field]) == 2_000 and block[field].endswith("…")
    assert f"cut {field}, longer than 2000 characters" in details(long)


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=/a.jpg><figcaption>{}</figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption>a<p class=credit>{}</p></figcaption></figure>",
        "<figure><blockquote>a</blockquote><figcaption>{}</figcaption></figure>",
        "<blockquote>a<footer>{}</footer></blockquote>",
        "<details><summary>{}</summary><p>a</p></details>",
        "<aside><h2>{}</h2><p>a</p></aside>",
        "<table><caption>{}</caption><tr><td>a<td>b</table>",
        "<blockquote class=twitter-tweet>{}<a href=https://x.com/a/status/1>b</a></blockquote>",
    ],
)
def test_text_too_long_for_its_field_is_text(html):
    found = prepare(body_html=html.format("<p>" + "word " * 5_000 + "end</p>"))

    assert "word end" in str(found.blocks)


@pytest.mark.parametrize("tag", ["menu", "dir", "ul", "ol"])
def test_lists_of_any_kind_nest_no_deeper_than_blocks_may(tag):
    html = "".join(f"<{tag}><li>w{number}" for number in range(12))

    found = str(prepare(body_html=html + "<dl><dt>w12<dd>w13").blocks)

    assert all(f"w{number}" in found for number in range(14))


def test_what_is_too_deep_does_not_spoil_the_rest():
    found = blocks(f"<h2>Title</h2>{'<div>' * 5_000}words")

    assert found == [{"type": "heading", "level": 2, "html": "Title"}, *paragraphs("words")]


def test_a_drawing_that_was_never_closed_does_not_swallow_the_story():
    assert blocks("<svg><path d=x><p>words</p>") == paragraphs("words")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack):
    assert_harmless(from_html(attack).blocks)
    assert_harmless(from_html(f"<p>before</p>{attack}<p>after").blocks)


def assert_harmless(value: Any) -> None:
    for block in value if isinstance(value, list) else [value]:
        for key, inner in block.items():
            if key == "html":
                assert_inert(inner or "", tags=FRAMES)
            elif key in ("url", "href", "source_url"):
                assert_inert_address(inner or "")
            elif isinstance(inner, dict | list) and inner:
                for each in inner if isinstance(inner, list) else [inner]:
                    assert_harmless(each)
