from itertools import pairwise

from hypothesis import given

from app.editing.body import inline
from app.published.blocks import Run
from app.publishing.runs import plain_text, runs
from tests.editing.body.generated import inline_html


def marked(html: str) -> list[tuple[str, list[str]]]:
    return [(run["text"], run["marks"]) for run in runs(html)]


def test_marks_are_named_and_merged():
    assert marked("a <strong>b</strong> <em><strong>c</strong></em>") == [
        ("a ", []), ("b", ["strong"]), (" ", []), ("c", ["strong", "em"])
    ]  # fmt: skip
    assert marked("<u>a</u><u>b</u><s>c</s><del>d</del>") == [
        ("ab", ["underline"]), ("cd", ["strike"])
    ]  # fmt: skip
    assert marked('<bdi>a</bdi><time datetime="2026">b</time>') == [("ab", [])]


def test_links_and_languages_are_told():
    [link, within, after] = runs(
        '<a href="/x?a=1&amp;b=2" title="t">a <span lang="fr">b</span></a> c'
    )

    assert link == {
        "text": "a ", "marks": [], "href": "/x?a=1&b=2", "language": None, "citation_ids": []
    }  # fmt: skip
    assert (within["text"], within["href"], within["language"]) == ("b", "/x?a=1&b=2", "fr")
    assert (after["text"], after["href"], after["language"]) == (" c", None, None)
    assert runs('<span lang="fr"><span lang="fa">d</span></span>')[0]["language"] == "fa"


def test_text_reads_as_it_is_shown():
    assert plain_text("a<br>b&nbsp;&lt;c&gt; &amp;lt;") == "a\nb\xa0<c> &lt;"
    assert plain_text("<q>a <q>b</q></q>") == "“a ‘b’”"
    assert runs("") == []


@given(inline_html)
def test_runs_say_the_whole_text_in_as_few_as_can_be(html):
    stored = inline.clean(html).html
    found = runs(stored)

    assert "".join(run["text"] for run in found) == plain_text(stored)
    for run, following in pairwise(found):
        assert {**run, "text": ""} != {**following, "text": ""}
    for run in found:
        assert run["text"]
        assert Run.model_validate(run).model_dump() == run
