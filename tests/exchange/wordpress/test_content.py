from dataclasses import replace

import pytest

from app.exchange.wordpress import content
from app.exchange.wordpress.library import Library
from app.exchange.wordpress.records import Attachment, Post
from tests.editing.body.test_bounds import assert_linear

EMPTY = Post(
    id="5", type="post", status="publish", title="", link="", author="", slug="", date="",
    date_gmt="", modified_gmt="", content="", excerpt="", password="", sticky=False,
    comments_open=False, labels=(), meta={},
)  # fmt: skip


def file(number: int, name: str, *, parent: str = "", position: int = 0, **known) -> Attachment:
    about = {"title": name, "alt": "", "caption": "", "credit": "", "width": None, "height": None}
    url = f"https://gazette.example/files/{name}"
    return Attachment(id=str(number), url=url, parent=parent, position=position, **about | known)


LIBRARY = Library([
    file(10, "lamp.jpg", alt="A lamp", credit="Ida Marlow", caption="The <b>lamp</b>", width=900,
         height=600),
    file(11, "quay.png", parent="5", position=2, caption="The quay"),
    file(12, "boat.webp", parent="5", position=1),
    file(13, "song.mp3", parent="5", title="The song of the quay"),
    file(14, "film.mp4", parent="5", title="The film"),
])  # fmt: skip


def text_of(html: str, *, patterns: dict[str, str] | None = None, **fields) -> content.Text:
    return content.text_of(replace(EMPTY, content=html, **fields), LIBRARY, patterns or {})


def blocks(html: str, **options) -> list[dict]:
    """The blocks without what is not set."""
    return [without_nothing(block) for block in text_of(html, **options).blocks]


def without_nothing(block: dict) -> dict:
    kept = {key: value for key, value in block.items() if value not in (None, [])}
    if "images" in kept:
        kept["images"] = [without_nothing(image) for image in kept["images"]]
    return kept


def paragraphs(*texts: str) -> list[dict]:
    return [{"type": "paragraph", "html": text} for text in texts]


def test_classic_text_has_its_paragraphs_and_lines():
    html = """The lamp is lit.
The ferry waits.

<strong>Second</strong> paragraph <!--more-->goes on.

<!--nextpage-->

Third.
<h3>After dark</h3>
Fourth.
<ul>
<li>one
two</li>
<li>three</li>
</ul>
<p style="text-align:center">Fifth,
centred.</p>"""

    assert [b.get("html") or b["items"] for b in blocks(html)] == [
        "The lamp is lit.<br>The ferry waits.",
        "<strong>Second</strong> paragraph goes on.",
        "Third.",
        "After dark",
        "Fourth.",
        [
            {"html": "one<br>two", "ordered": False, "items": []},
            {"html": "three", "ordered": False, "items": []},
        ],
        "Fifth,<br>centred.",
    ]


def test_the_block_editors_text_has_no_lines_of_its_own():
    html = """<!-- wp:paragraph -->
<p>The lamp
is lit.</p>
<!-- /wp:paragraph -->

<!-- wp:quote -->
<blockquote class="wp-block-quote"><p>No ferries.</p><cite>Mara</cite></blockquote>
<!-- /wp:quote -->

<!-- wp:file --><div class="wp-block-file"><a href="/a.pdf">Plan</a><a href="/a.pdf" \
class="wp-block-file__button">Download</a></div><!-- /wp:file -->"""

    assert blocks(html) == [
        *paragraphs("The lamp is lit."),
        {"type": "quote", "html": "No ferries.", "attribution": "Mara"},
        *paragraphs('<a href="/a.pdf">Plan</a> <a href="/a.pdf">Download</a>'),
    ]


IMG = (
    '<img src="https://gazette.example/files/lamp-300x200.jpg" alt="Lit" width="300" height="200">'
)


@pytest.mark.parametrize(
    "html",
    [
        f'[caption id="a_1" align="left" width="300"]{IMG} The lamp at dusk[/caption]',
        f'[caption width="300" caption="The lamp at dusk"]{IMG}[/caption]',
        f"[wp_caption]\n{IMG}\nThe lamp at dusk\n[/wp_caption]",
    ],
)
def test_a_caption_belongs_to_its_picture(html):
    [image] = blocks(f"{html}")

    assert image == {
        "type": "image",
        "url": "https://gazette.example/files/lamp-300x200.jpg",
        "alt": "Lit",
        "caption": "The lamp at dusk",
        "credit": "Ida Marlow",
        "width": 300,
        "height": 200,
    }


def test_a_linked_picture_stays_linked_and_keeps_its_caption():
    html = f'[caption width="3"]<a href="/about">{IMG}</a> See <em>about</em>[/caption]'

    [image] = blocks(html)

    assert (image["href"], image["caption"]) == ("/about", "See about")


def test_the_library_knows_what_a_picture_shows():
    [image] = blocks('<img src="http://gazette.example/files/lamp.jpg?w=900">')

    assert (image["alt"], image["credit"]) == ("A lamp", "Ida Marlow")


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ('[gallery ids="10,11"]', ["lamp.jpg", "quay.png"]),
        ("[gallery include='11, 10' link=file]", ["quay.png", "lamp.jpg"]),
        ("[gallery]", ["boat.webp", "quay.png"]),
        ("[gallery exclude=11]", ["boat.webp"]),
        ("[gallery id=5]", ["boat.webp", "quay.png"]),
    ],
)
def test_a_gallery_has_the_pictures_it_names_or_those_of_its_post(code, files):
    [shown] = blocks(code)

    images = shown.get("images", [shown])
    assert [image["url"].rpartition("/")[2] for image in images] == files


def test_pictures_of_a_gallery_have_what_the_library_knows():
    [gallery] = blocks('Look:\n[gallery ids="10,11"]')[1:]

    assert gallery["images"][0] == {
        "url": "https://gazette.example/files/lamp.jpg",
        "alt": "A lamp",
        "caption": "The lamp",
        "credit": "Ida Marlow",
        "width": 900,
        "height": 600,
    }


def test_files_that_are_not_in_the_export_are_told():
    text = text_of('[gallery ids="10,98,99"]\n\n[gallery ids="97"]')

    assert [block["type"] for block in text.blocks] == ["image"]
    assert text.notes == [
        "files that this export does not hold: 98, 99",
        "files that this export does not hold: 97",
        "a gallery names no picture of this file",
    ]


@pytest.mark.parametrize(
    ("code", "kind", "urls"),
    [
        ('[audio src="https://x.example/a.mp3"]', "audio", ["https://x.example/a.mp3"]),
        ("[audio https://x.example/a.mp3|titles=A]", "audio", ["https://x.example/a.mp3"]),
        ('[audio mp3="/a.mp3" ogg="/a.ogg"][/audio]', "audio", ["/a.mp3", "/a.ogg"]),
        ("[audio]", "audio", ["https://gazette.example/files/song.mp3"]),
        ('[video width="640" mp4="/a.mp4" poster="/a.jpg"]', "video", ["/a.mp4"]),
        ("[video]", "video", ["https://gazette.example/files/film.mp4"]),
    ],
)
def test_players_play_what_they_name_or_what_came_with_their_post(code, kind, urls):
    [player] = blocks(f"{code}")

    assert player["type"] == kind
    assert [source["url"] for source in player["sources"]] == urls


def test_a_playlist_is_its_tracks():
    assert [(b["type"], b["title"]) for b in blocks('[playlist ids="13,14"]')] == [
        ("audio", "The song of the quay")
    ]
    assert [b["type"] for b in blocks('[playlist type="video" ids="14"]')] == ["video"]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("[embed width=3]https://anything.example/x?a=1&amp;b=2[/embed]",
         "https://anything.example/x?a=1&b=2"),
        ("[youtube=https://www.youtube.com/watch?v=abc123]", "https://www.youtube.com/watch?v=abc123"),
        ("[youtube abc123]", "https://www.youtube.com/watch?v=abc123"),
        ("[vimeo 987]", "https://vimeo.com/987"),
        ("[video src='https://vimeo.com/987']", "https://vimeo.com/987"),
        ("https://www.youtube.com/watch?v=abc123", "https://www.youtube.com/watch?v=abc123"),
        ("<!-- wp:embed --><figure class=\"wp-block-embed\"><div>\nhttps://anything.example/x\n"
         "</div></figure><!-- /wp:embed -->", "https://anything.example/x"),
    ],
)  # fmt: skip
def test_things_of_other_sites_are_embeds(html, url):
    [embed] = blocks(html)

    assert (embed["type"], embed["url"]) == ("embed", url)


def test_an_address_that_fills_a_line_is_an_embed_where_we_know_the_site():
    html = (
        "Before\nhttps://youtu.be/abc123\nafter https://youtu.be/abc123 it\n\nhttps://x.example/a"
    )

    assert [b.get("html") or b["url"] for b in blocks(html)] == [
        "Before",
        "https://youtu.be/abc123",
        "after https://youtu.be/abc123 it",
        "https://x.example/a",
    ]


def test_code_stays_code():
    [code] = blocks('[sourcecode language="python"]if a &lt; b:\n\n    run()[/sourcecode]')

    assert (code["type"], code["text"]) == ("code", "if a < b:\n\n    run()")
    assert code["language"] == "python"


def test_shortcodes_that_nobody_knows_stay_and_are_told():
    text = text_of('Buy [price id="3"] now.\n\n[contact-form]\n\n[box]Inside[/box] and [sic].')

    assert [block["html"] for block in text.blocks] == [
        'Buy [price id="3"] now.', "[contact-form]", "[box]Inside[/box] and [sic].",
    ]  # fmt: skip
    assert text.shortcodes == ["box", "contact-form", "price"]


def test_reusable_blocks_are_where_they_are_used():
    html = '<!-- wp:paragraph --><p>Own.</p><!-- /wp:paragraph --><!-- wp:block {"ref":70} /-->'
    patterns = {"70": '<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->'
                      '<!-- wp:block {"ref":71} /-->',
                "71": '<!-- wp:block {"ref":70} /-->'}  # fmt: skip

    text = text_of(html, patterns=patterns)

    assert [block["html"] for block in text.blocks] == ["Own.", "Shared.", "Shared."]
    assert text.notes == ["reusable blocks that stand too deep stay away: 71"]
    assert text_of(html).notes == ["the reusable block 70 is not in this file"]


def test_reusable_blocks_have_one_bound_for_a_post(monkeypatch):
    monkeypatch.setattr(content, "MOST_CHARACTERS", 4_000)

    def refer(identity: int) -> str:
        return f'<!-- wp:block {{"ref":{identity}}} /-->' * 20

    patterns = {"70": refer(71), "71": refer(72), "72": f"<p>{'word ' * 100}</p>"}

    text = text_of(refer(70), patterns=patterns)

    assert 0 < str(text.blocks).count("word") <= 800
    assert text.notes == [
        f"reusable blocks beyond the size of a body stay away: {number}" for number in (72, 71, 70)
    ]


@pytest.mark.parametrize(
    "line",
    ["http://[your-server-ip]/admin", "https://example.com：8080/x",
     '[video src="http://[host]/a.mp4"]', "[audio mp3='//[x']", "[embed]http://[x[/embed]"],
)  # fmt: skip
def test_what_is_no_address_is_text(line):
    text = text_of(f"Before\n\n{line}\n\nafter")

    said = [block["html"] for block in text.blocks]
    assert said[0] == "Before" and said[-1] == "after"


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ('[video mp4="/a.mp4" title="Q&amp;A" poster="/p.jpg?a=1&amp;b=2"]', "title", "Q&A"),
        ('[video mp4="/a.mp4" poster="/p.jpg?a=1&amp;b=2"]', "poster", {"url": "/p.jpg?a=1&b=2"}),
    ],
)
def test_attributes_of_players_are_read_as_html(code, field, value):
    [player] = blocks(code)

    assert player[field] == value


def test_many_words_in_brackets_take_time_in_proportion_to_their_number():
    def words(size: int) -> str:
        return " ".join(f"[a{number}]" for number in range(size // 8))

    assert_linear(text_of, words, 400_000)


def test_footnotes_stand_where_their_block_is():
    html = ('<!-- wp:paragraph --><p>Lit<sup data-fn="a" class="fn"><a href="#a">1</a></sup>.</p>'
            "<!-- /wp:paragraph --><!-- wp:footnotes /-->")  # fmt: skip
    notes = '[{"content":"By <em>Mara</em>.","id":"a"}]'

    first, last = blocks(html, meta={"footnotes": notes})

    assert first["html"] == "Lit<sup>1</sup>."
    assert last["items"][0]["html"] == "By <em>Mara</em>."


def test_blocks_that_wordpress_fills_in_are_told_in_one_line():
    text = text_of("<!-- wp:latest-posts /--><!-- wp:rss {} /--><p>Text</p>")

    assert text.notes == ["blocks that WordPress fills in by itself stay away: latest-posts, rss"]


PIECES = [
    "The <b>lamp</b> is lit", "[sic]", "<div><p>Alpha</p>beta</div>", "<!-- c -->", "[caption]",
    '[caption width="3"]<img src="/a.jpg"> gamma[/caption]', "\n\n", "\n", "<ul><li>delta</ul>",
    "<pre>eps\n\nilon</pre>", "<table><tr><td>zeta<td>eta</table>", "[/caption]",
    "<a href='#'>theta", "[[gallery]]", '<blockquote>iota<cite>kappa</cite></blockquote>',
    "1 < 2 & 3", "[box]omega[/box]",
]  # fmt: skip


@pytest.mark.parametrize("start", range(len(PIECES)))
def test_no_word_is_lost_whatever_stands_beside_what(start):
    html = " ".join(PIECES[start:] + PIECES[:start])

    said = str(text_of(html).blocks)

    for word in ["lamp", "lit", "sic", "Alpha", "beta", "gamma", "delta", "ilon", "zeta", "eta",
                 "theta", "gallery", "iota", "kappa", "box", "omega"]:  # fmt: skip
        assert word in said, (word, html)
