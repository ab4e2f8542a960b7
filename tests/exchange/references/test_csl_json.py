"""CSL-JSON as others write it: what finds a place, what is kept aside, what is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import Invalid
from app.exchange.references.reading import read
from app.exchange.references.records import MOST, ReadWork, References
from app.web.refusals import Malformed


def works(*items: Any, wrap: Callable[[Any], Any] = list) -> References:
    return read(json.dumps(wrap(items)).encode(), "csl-json")


def work(**fields: Any) -> ReadWork:
    [found] = works({"id": "x", "type": "article-newspaper", "title": "Dues", **fields}).works
    return found


def draft(**fields) -> dict:
    return work(**fields).draft.model_dump(by_alias=True, exclude_unset=True)


def extra(found: ReadWork) -> dict:
    return found.draft.csl_extra.model_dump(by_alias=True, exclude_none=True)


def test_an_article_is_read_whole():
    found = work(
        **{
            "citation-key": "okafor2026dues",
            "container-title": "The Northgate Courier",
            "ISSN": "2049-3630",
            "author": [{"family": "Okafor", "given": "Lena"}, {"literal": "Audit Office"}],
            "editor": [{"family": "Tour", "non-dropping-particle": "de la", "given": "Zoé"}],
            "issued": {"date-parts": [["2026", 11, 20]]},
            "accessed": {"date-parts": [[2026, 11, 21]]},
            "URL": "https://Courier.example/dues",
            "DOI": "https://doi.org/10.5555/ABC",
            "language": "en_GB",
            "page": 3,
            "issue": 12,
            "volume": "7",
            "section": "World",
            "edition": "late",
            "publisher-place": "Northgate",
            "number-of-pages": 12,
            "abstract": "One.\n\nTwo.",
        }
    )

    assert found.draft.model_dump(by_alias=True, exclude_unset=True, mode="json") == {
        "kind": "newspaper_article", "csl_type": "article-newspaper", "title": "Dues",
        "authors": [{"family": "Okafor", "given": "Lena"}, {"literal": "Audit Office"}],
        "contributors": {
            "editor": [{"family": "Tour", "given": "Zoé", "non-dropping-particle": "de la"}]
        },
        "issued": "2026-11-20", "accessed_on": "2026-11-21", "url": "https://courier.example/dues",
        "identifiers": [{"scheme": "doi", "value": "10.5555/abc"}], "language": "en-GB",
        "page": "3", "number": "12", "volume": "7", "section": "World", "edition": "late",
        "place": "Northgate",
        "csl_extra": {"number-of-pages": "12", "abstract": "One.\n\nTwo."},
    }  # fmt: skip
    assert (found.place, found.key) == ("/0", "okafor2026dues")
    assert found.publication == "The Northgate Courier"
    assert (found.publication_kind, found.publication_issn) == ("newspaper", ("2049-3630",))
    assert (found.kept, found.dropped, found.warnings) == (
        {"citation-key": "okafor2026dues"},
        (),
        (),
    )
    assert {"title", "author", "issued", "URL", "DOI", "container-title"} <= set(found.read)


def test_what_has_no_place_is_kept_and_told():
    found = work(**{"custom": {"shelf": "4"}, "indexed": [1, {"a": None}], "year-suffix": "b",
                    "empty": "", "status": "in press"})  # fmt: skip

    assert found.kept == {
        "custom": {"shelf": "4"},
        "indexed": [1, {"a": None}],
        "status": "in press",
    }
    assert found.draft.csl_extra.model_dump(by_alias=True, exclude_none=True) == {
        "year-suffix": "b"
    }


@pytest.mark.parametrize(
    ("given", "csl_type", "kind"),
    [
        ("journal-article", "article-journal", "journal_article"),
        ("posted-content", "article", "journal_article"),
        ("proceedings-article", "paper-conference", "journal_article"),
        ("book-chapter", "chapter", "book"),
        ("monograph", "book", "book"),
        ("dissertation", "thesis", "report"),
        ("legal_case", "legal_case", "court_document"),
        ("broadcast", "broadcast", "broadcast_segment"),
        ("post", "post", "social_post"),
        ("something-new", "document", "report"),
        (None, "document", "report"),
    ],
)
def test_types_of_registries_are_read_as_those_of_csl(given, csl_type, kind):
    found = work(type=given)

    assert (found.draft.csl_type, found.draft.kind) == (csl_type, kind)
    assert (found.warnings == ()) == (given == csl_type)


@pytest.mark.parametrize(
    ("csl_type", "fields", "kind"),
    [
        ("broadcast", {"genre": "Podcast episode"}, "podcast_episode"),
        ("broadcast", {"medium": "podcast"}, "podcast_episode"),
        ("graphic", {"genre": "Photograph"}, "photo"),
        ("speech", {"genre": "Press conference"}, "press_conference"),
        ("document", {"genre": "Press release"}, "press_release"),
        ("article-newspaper", {"genre": "wire"}, "wire_item"),
        ("broadcast", {"custom": {"masthead:kind": "podcast_episode"}}, "podcast_episode"),
        ("broadcast", {"custom": {"masthead:kind": "nonsense"}}, "broadcast_segment"),
        ("article-newspaper", {"custom": {"masthead:kind": "own_article"}}, "newspaper_article"),
    ],
)
def test_kinds_are_told_by_the_genre_the_medium_or_ourselves(csl_type, fields, kind):
    assert work(type=csl_type, **fields).draft.kind == kind


@pytest.mark.parametrize(
    ("csl_type", "fields", "publication", "kind", "extras"),
    [
        ("report", {"publisher": "A"}, "A", "other", {}),
        ("report", {"container-title": "B"}, None, "other", {"container-title": "B"}),
        ("webpage", {"container-title": "B", "publisher": "A"}, "B", "other", {"publisher": "A"}),
        ("webpage", {"publisher": "A"}, "A", "other", {}),
        ("broadcast", {"container-title": "B", "publisher": "A"}, "A", "broadcaster",
         {"container-title": "B"}),
        ("interview", {"container-title": "B"}, "B", "news_site", {}),
        ("interview", {"container-title": "B", "publisher": "A"}, "A", "other",
         {"container-title": "B"}),
        ("legal_case", {"authority": "C", "container-title": "B"}, "C", "court",
         {"container-title": "B"}),
        ("article-newspaper", {"publisher": "A"}, None, "other", {"publisher": "A"}),
    ],
)  # fmt: skip
def test_the_publication_is_whoever_the_type_says(csl_type, fields, publication, kind, extras):
    found = work(type=csl_type, **fields)

    assert (found.publication, found.publication_kind) == (publication, kind)
    assert extra(found) == extras


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ({"date-parts": [[2026]]}, "2026"),
        ({"date-parts": [[2026, 11, 20], [2026, 11, 22]]}, "2026-11-20/2026-11-22"),
        ({"date-parts": [[2026, 0, 0]]}, "2026"),
        ({"raw": "2026-11"}, "2026-11"),
        ({"raw": "November 20, 2026"}, "2026-11-20"),
        ({"literal": "20 Nov. 2026"}, "2026-11-20"),
        ("2026-11-20/2026-11-22", "2026-11-20/2026-11-22"),
        ("2026-11-20T06:00:00Z", "2026-11-20"),
        ({"date-parts": [[2026]], "circa": True}, "2026"),
    ],
)
def test_dates_are_read_however_they_are_written(value, edtf):
    assert draft(issued=value)["issued"] == edtf


@pytest.mark.parametrize(
    "value",
    [{"literal": "Winter 2026"}, {"date-parts": [[2026, 13]]}, {"date-parts": [[2026, 2, 30]]},
     {"date-parts": "2026"}, {"raw": "soon"}, 2026, [2026], {"date-parts": [["MMXXVI"]]}],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_kept_and_told(value):
    found = work(issued=value)

    assert found.draft.issued is None
    assert found.kept == {"issued": value}
    assert [str(each) for each in found.dropped] == ["issued is no date that can be read"]


def test_a_day_that_is_none_is_no_day_of_reading():
    found = work(accessed={"date-parts": [[2026]]})

    assert (found.draft.accessed_on, found.kept) == (None, {"accessed": {"date-parts": [[2026]]}})
    assert [str(each) for each in found.dropped] == ["accessed is no single day"]


def test_what_is_only_approximate_is_told():
    [dropped] = work(issued={"date-parts": [[2026]], "circa": 1}).dropped

    assert str(dropped) == "issued is circa: only the date was read"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([{"family": " Valdo ", "given": "Ines", "affiliation": [], "sequence": "first"}],
         [{"family": "Valdo", "given": "Ines"}]),
        ([{"name": "Audit Office"}], [{"literal": "Audit Office"}]),
        ([{"family": "Audit Office", "isInstitution": 1}], [{"literal": "Audit Office"}]),
        ("Ines Valdo", [{"literal": "Ines Valdo"}]),
        ({"family": "Valdo"}, [{"family": "Valdo"}]),
        ([{"literal": "X", "family": "Valdo"}], [{"family": "Valdo"}]),
        ([{"family": "Center <sup>for</sup> R&amp;D"}], [{"family": "Center for R&D"}]),
    ],
)  # fmt: skip
def test_names_are_read_however_they_are_written(value, names):
    assert draft(author=value)["authors"] == names


def test_what_is_no_name_is_told():
    found = work(author=[{"family": "Valdo"}, 3, {}, {"family": "x" * 301}])

    assert len(found.draft.authors) == 1
    assert [str(each) for each in found.dropped] == [
        "author holds what is no name, or one that is too long"
    ]


def test_very_many_names_are_cut_and_told():
    found = work(author=[{"family": "Valdo"}] * 250)

    assert len(found.draft.authors) == 200
    assert [str(each) for each in found.dropped] == [
        "author holds 250 names; the first 200 were read"
    ]


def test_markup_of_titles_falls_away_but_not_that_of_our_own():
    title = "<i>Dues</i> &amp; <span class='nocase'>NATO</span>: a < b, H<sub>2</sub>O"

    assert draft(title=title)["title"] == "Dues & NATO: a < b, H2O"
    assert draft(title=[title])["title"] == "Dues & NATO: a < b, H2O"
    assert draft(title=title, custom={"masthead:kind": "report"})["title"] == title


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("URL", "javascript:alert(1)", "URL is no address on the web"),
        ("URL", "file:///home/x", "URL is no address on the web"),
        ("language", "the old tongue", "language 'the old tongue' is no tag of a language"),
        ("DOI", "ask me", "DOI holds a number that is none"),
        ("ISBN", "978-3-16-148410-1", "ISBN holds a number that is none"),
        ("genre", "x" * 301, "genre is longer than 300 characters"),
    ],
)
def test_what_is_wrong_is_dropped_and_told(field, value, told):
    assert [str(each) for each in work(**{field: value}).dropped] == [told]


def test_numbers_are_brought_into_one_spelling():
    found = draft(type="book", ISBN="0-306-40615-2, 978-3-16-148410-0", PMID="12", PMCID="PMC3")

    assert found["identifiers"] == [
        {"scheme": "pmid", "value": "12"},
        {"scheme": "isbn", "value": "9780306406157"},
        {"scheme": "isbn", "value": "9783161484100"},
        {"scheme": "pmcid", "value": "PMC3"},
    ]


def test_the_number_of_a_book_is_not_that_of_its_chapters():
    found = work(type="chapter", ISBN="9783161484100")

    assert (found.draft.identifiers, found.kept) == ([], {"ISBN": "9783161484100"})


def test_an_entry_that_nothing_tells_is_refused_by_itself():
    found = works({"id": "a", "type": "book", "title": "x" * 2000}, {"id": "b", "title": "T"}, 3)

    assert [(each.place, each.key) for each in found.refused] == [("/0", "a"), ("/2", None)]
    assert found.refused[0].warnings == ("title is longer than 1,000 characters",)
    assert "Give a `title`" in found.refused[0].reason
    assert [each.place for each in found.works] == ["/1"]


@pytest.mark.parametrize(
    ("wrap", "place"),
    [
        (lambda items: items[0], "/0"),
        (lambda items: {"items": items}, "/items/0"),
        (lambda items: {"message": items[0]}, "/message/0"),
        (lambda items: {"status": "ok", "message": {"items": items}}, "/message/items/0"),
    ],
)
def test_items_are_found_in_what_they_come_in(wrap, place):
    [found] = works({"id": "a", "title": "T"}, wrap=wrap).works

    assert (found.place, found.draft.title) == (place, "T")


def test_a_mark_at_the_beginning_does_not_disturb():
    content = "\ufeff" + json.dumps([{"title": "T"}])

    assert read(content.encode(), "csl-json").works


@pytest.mark.parametrize("content", [b"5", b'"x"', b"null", b'{"items": 3}'])
def test_other_json_is_refused_or_has_nothing_in_it(content):
    if content.startswith(b"{"):
        assert read(content, "csl-json").works == []
    else:
        with pytest.raises(Invalid, match="list of CSL-JSON items"):
            read(content, "csl-json")


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b'[{"a":1,"a":2}]', b"[" * 100_000])
def test_what_is_no_json_is_refused_as_a_whole(content):
    with pytest.raises(Malformed):
        read(content, "csl-json")


def test_more_items_than_can_be_read_are_refused():
    with pytest.raises(Invalid, match="10,001 items in the file; 10,000 can be read at once"):
        works(*[{}] * (MOST + 1))
