"""BibLaTeX: entry types, and values that end where they should. See also the round trips."""

import pytest

from app.editing.works.kinds import CSL_TYPES
from app.publishing.bibliography import biblatex, csl
from app.publishing.bibliography.latex import escaped, verbatim
from tests.publishing.bibliography.sample import COURIER, work


def written(kind: str = "report", **fields) -> str:
    csl_type = fields.pop("csl_type", CSL_TYPES[kind])
    row = work(1, kind, csl_type, **{"title": "T"} | fields)
    return biblatex.written([csl.item(row, publication=COURIER)])


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("newspaper_article", "article"),
        ("wire_item", "article"),
        ("own_article", "article"),
        ("journal_article", "article"),
        ("broadcast_segment", "video"),
        ("video", "video"),
        ("podcast_episode", "audio"),
        ("report", "report"),
        ("dataset", "dataset"),
        ("court_document", "jurisdiction"),
        ("legislation", "legislation"),
        ("social_post", "online"),
        ("web_page", "online"),
        ("statement_page", "online"),
        ("speech", "unpublished"),
        ("press_conference", "unpublished"),
        ("book", "book"),
        ("photo", "image"),
        ("interview", "misc"),
        ("hearing", "misc"),
        ("press_release", "misc"),
        ("leaked_document", "misc"),
    ],
)
def test_each_kind_has_the_entry_type_that_fits(kind, entry):
    assert written(kind).startswith(f"@{entry}{{")


def test_newspapers_and_magazines_are_told_from_journals():
    assert "entrysubtype = {newspaper}" in written("newspaper_article")
    assert "entrysubtype = {magazine}" in written("own_article", csl_type="article-magazine")
    assert "entrysubtype" not in written("journal_article")
    assert "journaltitle = {The Northgate Courier}" in written("newspaper_article")


def test_no_field_is_there_twice():
    entry = written("report", csl_extra={"authority": "Port of Calder"})

    assert entry.count("institution = ") == 1
    assert "institution = {The Northgate Courier}" in entry
    assert "organization = {Port of Calder}" in entry


def test_capitals_of_titles_are_protected():
    assert "title = {{Port of Calder}}" in written(title="Port of Calder")


def test_dates_are_edtf():
    assert "date = {2026-11-20/2026-11-22}" in written(issued="2026-11-20/2026-11-22")
    assert "date = {2026-11/..}" in written(issued="2026-11/..")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% of #1 & $5", r"50\% of \#1 \& \$5"),
        ("a_b^c~d", r"a\_b\textasciicircum{}c\textasciitilde{}d"),
        ("C:\\dir", r"C:\textbackslash{}dir"),
        ("{x} }", r"\textbraceleft{}x\textbraceright{} \textbraceright{}"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``q'' ?`", "`{}`q'{}' ?{}`"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("Zoé, بندر, “q” – «g»", "Zoé, بندر, “q” – «g»"),
    ],
)
def test_text_is_no_command_for_tex(text, latex):
    assert escaped(text) == latex


def test_addresses_stand_as_they_are_but_for_what_would_end_the_field():
    assert verbatim("https://a.example/x_y%20z?q=1&r#s~t") == "https://a.example/x_y%20z?q=1&r#s~t"
    assert verbatim("https://a.example/{x}\\ y") == "https://a.example/%7Bx%7D%5Cy"


def test_no_text_can_begin_an_entry():
    entry = written(
        title="T}},\n}\n@book{evil, title = {x}}", authors=[{"literal": "A}, url = {x"}],
        url="https://a.example/}@b{",
    )  # fmt: skip

    assert [place for place, line in enumerate(entry.splitlines()) if line.startswith("@")] == [0]
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ({"family": "Okafor", "given": "Lena"}, "Okafor, Lena"),
        ({"family": "Tour", "non-dropping-particle": "de la", "given": "Zoé"}, "de la Tour, Zoé"),
        ({"family": "Brandt", "given": "T.", "suffix": "Jr."}, "Brandt, Jr., T."),
        ({"family": "de la Tour", "given": "Zoé"}, "{de la Tour}, Zoé"),
        ({"literal": "Press and Tide"}, "{Press and Tide}"),
        ({"family": "Karimi"}, "family={Karimi}"),
        ({"family": "Smith and Sons", "given": "A"}, "{Smith and Sons}, A"),
        (
            {"family": "Hafen", "dropping-particle": "von", "given": "Alexander"},
            "family={Hafen}, given={Alexander}, prefix={von}, useprefix=false",
        ),
        (
            {"family": "Baradi", "non-dropping-particle": "El", "given": "M."},
            "family={Baradi}, given={M.}, prefix={El}, useprefix=true",
        ),
    ],
)
def test_names_say_which_part_is_which(name, latex):
    assert f"author = {{{latex}}}" in written(authors=[name])


def test_roles_are_told():
    entry = written(
        contributors={"translator": [{"family": "A", "given": "B"}],
                      "host": [{"family": "C", "given": "D"}],
                      "guest": [{"family": "E", "given": "F"}]},
    )  # fmt: skip

    assert "translator = {A, B}" in entry
    assert "editor = {E, F},\n  editortype = {guest}" in entry
    assert "editora = {C, D},\n  editoratype = {host}" in entry
