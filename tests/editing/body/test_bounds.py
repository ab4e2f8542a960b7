"""What hostile bodies cost: as much more as they are longer, and never what nobody could bear."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from app.editing.body import inline, markdown_bounds
from app.editing.body.html_body import MOST_PARTS, from_html
from app.editing.body.html_tree import MOST_ATTRIBUTES, read
from app.editing.body.markdown_body import from_markdown
from app.editing.body.prepare import MOST_CHARACTERS, MOST_MARKDOWN, prepare
from app.errors import Invalid

FLOOR = 1.0
"""Seconds: what is quicker at the legal maximum is harmless however it grows."""

Make = Callable[[int], str]


def again(part: str, before: str = "") -> Make:
    return lambda size: before + part * ((size - len(before)) // len(part))


HTML: dict[str, Make] = {
    "end tags that do not end": again("</body ", "<p>a</p>"),
    "pictures in a row": again("<img src=/a>"),
    "items in a gallery with many classes": lambda size: (
        f'<figure class="gallery {"x " * (size // 4)}">' + "<li>" * (size // 8)
    ),
    "paragraphs of a quotation": again("<p>a", "<blockquote>"),
    "definitions of a term": again("<dd>a</dd>", "<dl><dt>a</dt>"),
    "lists in a list": again("<ul><li>b</li></ul>", "<ul><li>a</li>"),
    "credits in a caption": again(
        "<div class=credit>a</div><p>b</p>", "<figure><img src=/a><figcaption>"
    ),
    "attributes of one element": lambda size: (
        "<p " + " ".join(f'a{number}="<b "' for number in range(size // 14)) + ">a"
    ),
    "tags without end below a deep nest": again("<a ", "<div>" * 3_000),
    "pictures below a deep nest": again("<img src=/a>", "<i>" * 900),
    "drawings in each other": lambda size: (
        "<svg>" * 900 + "<g></g>" * ((size - 5_000) // 7) + "<p>a"
    ),
    "posts in each other": again("<p>a</p>", "<blockquote class=twitter-tweet>" * 59),
    "a title that each paragraph repeats": lambda size: (
        f'<a href=/x title="{"t" * (size // 2)}">' + "<p>a" * (size // 8)
    ),
    "a style without end": lambda size: (
        f'<span style="{"text-decoration:" * (size // 16)}">a</span>'
    ),
    "signs that are written as entities": again("&", "<b>a</b>"),
}

MARKDOWN: dict[str, Make] = {
    "pictures without end": again("![a"),
    "links without end": again("[a\n"),
    "brackets": again("["),
    "brackets in brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "pictures in pictures": again("![!["),
    "links by a long reference": lambda size: (
        f"[a]: /{'x' * (size // 2)}\n\n" + "[a]" * (size // 6)
    ),
    "lines of quotations in each other": again("a\n", ">" * 40),
}


def seconds(run: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    with suppress(Invalid):
        run(text)
    return time.process_time() - begun


def assert_linear(
    run: Callable[[str], object], make: Make, most: int, floor: float = FLOOR
) -> None:
    whole = seconds(run, make(most))
    assert whole < floor or whole < 3 * seconds(run, make(most // 2)), whole


@pytest.mark.parametrize("part", [4, pytest.param(1, marks=pytest.mark.prove)])
@pytest.mark.parametrize("what", HTML)
def test_html_takes_time_in_proportion_to_its_length(what: str, part: int):
    """A quarter of what may be sent; all of it in the full form."""
    # A twentieth of that comes first: what is quadratic is told in seconds, not in hours.
    for most in (MOST_CHARACTERS // part // 20, MOST_CHARACTERS // part):
        assert_linear(lambda text: prepare(body_html=text), HTML[what], most, FLOOR / part)


@pytest.mark.parametrize("what", MARKDOWN)
def test_markdown_takes_time_in_proportion_to_its_length(what: str):
    for most in (MOST_MARKDOWN // 8, MOST_MARKDOWN):
        assert_linear(lambda text: prepare(body_markdown=text), MARKDOWN[what], most)


@pytest.mark.parametrize("what", ["end tags that do not end", "attributes of one element"])
def test_inline_html_takes_time_in_proportion_to_its_length(what: str):
    assert_linear(inline.clean, HTML[what], 200_000)


def test_the_reader_stops_at_far_more_than_a_body_holds(monkeypatch: pytest.MonkeyPatch):
    taken = 0

    def counted(html: str):
        nonlocal taken
        for event in read(html):
            taken += 1
            yield event

    monkeypatch.setattr("app.editing.body.html_tree.read", counted)

    with pytest.raises(Invalid) as refused:
        from_html("<hr>" * 2 * MOST_PARTS)

    assert taken < 2 * MOST_PARTS + 10  # a start and an end for each: half of all
    assert refused.value.faults[0].pointer == "/body_html"
    assert f"{MOST_PARTS} parts" in refused.value.faults[0].detail


def test_a_mark_that_goes_on_is_not_repeated_without_end():
    with pytest.raises(Invalid, match="body"):
        from_html(f'<a href=/x title="{"t" * 100_000}">' + "<p>a" * 100)


def test_an_element_has_as_many_attributes_as_are_worth_reading():
    many = " ".join(f'a{number}="<b {number}"' for number in range(10 * MOST_ATTRIBUTES))

    [paragraph] = [event.element for event in read(f"<p {many}>text") if event.tag == "p"][:1]

    assert paragraph is not None and len(paragraph.attrib) <= MOST_ATTRIBUTES + 1
    assert paragraph.get("a0") == "<b 0"
    assert from_html(f"<p {many}>text</p>then").blocks[0]["html"] == "text"


def test_markdown_that_is_too_much_work_is_refused_with_the_reason():
    with pytest.raises(Invalid) as refused:
        from_markdown("- a\n" * 50_000)

    [fault] = refused.value.faults
    assert fault.pointer == "/body_markdown"
    assert "lines" in fault.detail


def test_brackets_that_are_too_many_are_text_and_told():
    found = from_markdown("![a" * 5_000 + " word [b](/x)")

    assert "word" in str(found.blocks)
    assert [notice.detail for notice in found.warnings][:1] == [
        "left brackets as text: they are too many"
    ]


def test_references_that_are_too_long_for_so_many_are_text_and_told():
    found = from_markdown(f"[a]: /{'x' * 3_000}\n\n" + "[a] " * 1_000)

    assert found.blocks[0]["html"].startswith("[a] [a]")
    assert "too long" in found.warnings[0].detail
    assert "<a " in from_markdown(f"[a]: /{'x' * 3_000}\n\n[a]").blocks[0]["html"]


def test_long_articles_are_far_from_the_bounds(monkeypatch: pytest.MonkeyPatch):
    steps = 0
    count = markdown_bounds.count

    def counted(env, number):
        nonlocal steps
        steps += number
        count(env, number)

    monkeypatch.setattr(markdown_bounds, "count", counted)
    part = (
        "## What changes\n\nThe *first* ferry left **at dawn**, [they say](https://example.org/a-b)"
        ", and the harbour office (see [the plan][plan]) expects fog until noon on Sunday.\n\n"
        "- Five sailings a day\n  - one ticket\n- Buses run as usual\n\n> Said Mara.\n\n"
    )
    text = (part * 1_000)[: MOST_MARKDOWN - 100] + "\n\n[plan]: https://example.org/plan\n"

    found = from_markdown(text)

    assert not found.warnings
    assert steps < markdown_bounds.MOST_STEPS, steps
