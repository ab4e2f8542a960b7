"""BibTeX and BibLaTeX as they are found: of reference managers, and by hand."""

import pytest

from app.errors import Invalid
from app.exchange.references.reading import read
from app.exchange.references.records import ReadWork


def work(source: str) -> ReadWork:
    found = read(source.encode(), "bibtex")
    assert not found.refused
    return found.works[-1]


def entry(fields: str, kind: str = "misc") -> ReadWork:
    return work(f"@{kind}{{k, title = {{T}}, {fields}}}")


def draft(fields: str, kind: str = "misc") -> dict:
    return entry(fields, kind).draft.model_dump(by_alias=True, exclude_unset=True, mode="json")


def test_an_entry_is_read_whole():
    found = work(
        r"""
        % A comment; and @string abbreviations.
        @string{courier = {The Northgate Courier}}
        @comment{jabref-meta: x}
        @Article{okafor2026,
          Author       = {Okafor, Lena and {Audit Office and Sons} and Zo{\'e} de la Tour},
          title        = "The {Port of Calder}: {\'E}cole \& dues",
          subtitle     = {A report},
          journaltitle = courier,
          entrysubtype = {newspaper},
          date         = {2026-11-20},
          number       = 12,
          volume       = {7},
          pages        = {3--4},
          url          = {https://courier.example/a\_b?x=1&y=~z},
          urldate      = {2026-11-21},
          langid       = {british},
          location     = {Northgate},
          doi          = {https://doi.org/10.5555/ABC_1},
          issn         = {2049-3630},
          keywords     = {ports; dues},
          abstract     = {One -- two.},
          file         = {:/home/x/a.pdf:PDF},
        }
        """
    )

    assert found.draft.model_dump(by_alias=True, exclude_unset=True, mode="json") == {
        "kind": "newspaper_article", "csl_type": "article-newspaper",
        "title": "The Port of Calder: École & dues: A report",
        "authors": [
            {"family": "Okafor", "given": "Lena"}, {"literal": "Audit Office and Sons"},
            {"family": "Tour", "given": "Zoé", "non-dropping-particle": "de la"},
        ],
        "issued": "2026-11-20", "accessed_on": "2026-11-21", "number": "12", "volume": "7",
        "page": "3-4", "url": "https://courier.example/a_b?x=1&y=~z", "language": "en-GB",
        "place": "Northgate", "identifiers": [{"scheme": "doi", "value": "10.5555/abc_1"}],
        "csl_extra": {"keyword": "ports, dues", "abstract": "One – two."},
    }  # fmt: skip
    assert (found.place, found.key) == ("line 5", "okafor2026")
    assert (found.publication, found.publication_issn) == ("The Northgate Courier", ("2049-3630",))
    assert found.kept == {"bibtex:file": ":/home/x/a.pdf:PDF"}
    assert (found.dropped, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("kind", "csl_type"),
    [
        ("article", "article-journal"),
        ("online", "webpage"),
        ("electronic", "webpage"),
        ("techreport", "report"),
        ("phdthesis", "thesis"),
        ("conference", "paper-conference"),
        ("jurisdiction", "legal_case"),
        ("video", "motion_picture"),
        ("unpublished", "manuscript"),
        ("misc", "document"),
        ("whatever", "document"),
    ],
)
def test_entry_types_are_those_of_csl(kind, csl_type):
    assert entry("", kind).draft.csl_type == csl_type


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ("date = {2026-11}", "2026-11"),
        ("date = {2026-11-20/2026-11-22}", "2026-11-20/2026-11-22"),
        ("date = {2026-11/}", "2026-11/.."),
        ("date = {/2026}", "../2026"),
        ("year = 2026", "2026"),
        ("year = {2026}, month = nov", "2026-11"),
        ("year = {2026}, month = 11, day = 3", "2026-11-03"),
        ('year = "2026", month = "20~" # nov', "2026-11-20"),
        ("year = 2026, month = {November}", "2026-11"),
        ("year = 2026, month = {Nov. 20}", "2026-11-20"),
    ],
)
def test_dates_are_read_however_they_are_written(fields, edtf):
    assert draft(fields)["issued"] == edtf


@pytest.mark.parametrize("fields", ["year = {in press}", "date = {2026~}", "year = {ca. 1900}"])
def test_a_date_that_cannot_be_read_is_kept_and_told(fields):
    found = entry(fields)

    assert found.draft.issued is None
    assert found.kept.keys() == {"issued"}
    assert [each.field for each in found.dropped] == ["issued"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lena Okafor", [{"family": "Okafor", "given": "Lena"}]),
        ("van der Berg, Anna", [{"family": "Berg", "given": "Anna",
                                 "non-dropping-particle": "van der"}]),
        ("Brandt, Jr., Tomas", [{"family": "Brandt", "given": "Tomas", "suffix": "Jr."}]),
        ("{de la Tour}, Zoé", [{"family": "de la Tour", "given": "Zoé"}]),
        (r"{\'E}mile {\"O}z", [{"family": "Öz", "given": "Émile"}]),
        ("{UN Office}", [{"literal": "UN Office"}]),
        ("A, B and others", [{"family": "A", "given": "B"}]),
        (r"Smith \& and B, C", [{"family": "&", "given": "Smith"}, {"family": "B", "given": "C"}]),
        ("A, B\n and\tC, D", [{"family": "A", "given": "B"}, {"family": "C", "given": "D"}]),
        ("family=Hafen, given={A. and B.}, prefix=von, useprefix=false",
         [{"family": "Hafen", "given": "A. and B.", "dropping-particle": "von"}]),
        ("Sanders and Anderson", [{"family": "Sanders"}, {"family": "Anderson"}]),
        ("A, B, C, D", [{"family": "A", "given": "C D", "suffix": "B"}]),
        (",", []),
    ],
)  # fmt: skip
def test_names_are_taken_apart(written, names):
    assert draft(f"author = {{{written}}}").get("authors", []) == names


def test_roles_of_editors_are_told():
    found = draft("editor = {A, B}, editortype = {host}, editora = {C, D}, editoratype = {guest}")

    assert found["contributors"] == {
        "host": [{"family": "A", "given": "B"}], "guest": [{"family": "C", "given": "D"}]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "publication"),
    [
        ("techreport", "institution = {Audit Office}", "Audit Office"),
        ("phdthesis", "school = {Calder College}", "Calder College"),
        ("online", "organization = {Port of Calder}", "Port of Calder"),
        ("jurisdiction", "institution = {Court of Calder}", "Court of Calder"),
        ("book", "publisher = {Quay}", "Quay"),
    ],
)
def test_whoever_issued_it_is_found_under_each_name(kind, fields, publication):
    assert entry(fields, kind).publication == publication


def test_addresses_are_found_where_older_files_have_them():
    found = entry(r"howpublished = {\url{https://a.example/x\_y}}")

    assert str(found.draft.url) == "https://a.example/x_y"
    assert "bibtex:howpublished" not in found.kept
    assert entry("howpublished = {Leaflet}").kept == {"bibtex:howpublished": "Leaflet"}


def test_preprints_have_their_number():
    found = draft("eprint = {2611.01234}, archiveprefix = {arXiv}")

    assert found["identifiers"] == [{"scheme": "arxiv", "value": "2611.01234"}]


def test_what_is_given_twice_is_read_once_and_told():
    content = b"@misc{j, title={A}, title={B}}\n@misc{k, title={C}}\n@misc{k, title={D}}"

    found = read(content, "bibtex").works

    assert [each.draft.title for each in found] == ["A", "C", "D"]
    assert found[0].warnings == ("given twice, of which the first was read: title",)
    assert found[2].warnings == ("another entry before it has the same key",)


def test_an_entry_that_is_broken_does_not_take_others_along():
    found = read(
        b"@misc{a, title={A}}\n@misc{b, title={B\n\n@misc{c, title={C}}\n@misc d", "bibtex"
    )

    assert [each.draft.title for each in found.works] == ["A", "C"]
    [refused] = found.refused
    assert refused.place == "line 2"
    assert refused.reason.startswith("It is not well formed: Unexpected block start")


def test_abbreviations_are_put_together():
    found = work('@string{a = "Port"} @string{b = a # { of } # "Calder"} @misc{k, title = b # "!"}')

    assert found.draft.title == "Port of Calder!"


def test_abbreviations_cannot_grow_without_end():
    lines = ['@string{a0 = "xxxxxxxxxx"}']
    lines += [f"@string{{a{n + 1} = a{n} # a{n}}}" for n in range(60)]

    found = read("\n".join([*lines, "@misc{k, title = a60, url = {https://a.example}}"]).encode(),
                 "bibtex")  # fmt: skip

    assert len(found.works[0].draft.title or "") < 1_000


@pytest.mark.parametrize("content", [b"", b"  \n", b"TY  - JOUR\n", b'[{"title": "T"}]'])
def test_a_file_of_another_kind_is_refused_as_a_whole(content):
    with pytest.raises(Invalid, match="There are no entries in the file"):
        read(content, "bibtex")
