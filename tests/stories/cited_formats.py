"""The story of `test_citing` in the formats of the world, read by readers that are not ours."""

from typing import Any

import orjson
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from app.publishing.bibliography.csl_words import faults

QUOTE, WORDS = "It was a well-kept secret", "Nobody asked"
URL = "https://courier.example/2026/11/20/ledger"
FIRST, SECOND, THIRD = (f"{number}0000000-0000-4000-8000-000000000000" for number in (1, 2, 3))
TITLE = "“Port kept second ledger”"
BEHIND = "Citing current and former officials; quoting Ines Valdo; quoting an official."


def as_csl(text: str, item: dict[str, Any]) -> None:
    """One entry, of what was read: none of anybody unnamed."""
    [work] = orjson.loads(text)
    assert faults(work) == []
    assert work == {**item, "note": BEHIND, "citation-key": "okafor2026port"}


def as_biblatex(text: str) -> None:
    found = parse_string(text)
    assert found.failed_blocks == []
    [entry] = found.entries
    assert (entry.key, entry.entry_type) == ("okafor2026port", "article")
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert fields == {
        "author": "Okafor, Lena and Brandt, Tomas", "title": "{Port kept second ledger}",
        "journaltitle": "The Northgate Courier", "entrysubtype": "newspaper",
        "date": "2026-11-20", "note": BEHIND, "url": URL, "langid": "english",
        "keywords": "masthead:newspaper_article",
    }  # fmt: skip


def as_ris(text: str) -> None:
    [record] = rispy.loads(text)
    assert record == {
        "type_of_reference": "NEWS", "id": "okafor2026port", "title": "Port kept second ledger",
        "authors": ["Okafor, Lena", "Brandt, Tomas"], "secondary_title": "The Northgate Courier",
        "urls": [URL], "language": "en", "notes": [BEHIND], "year": "2026",
        "date": "2026/11/20/", "keywords": ["masthead:newspaper_article"],
    }  # fmt: skip


def as_json_ld(text: str, url: str, work_id: str) -> None:
    found = orjson.loads(text)
    report = {"@id": f"{url}#work-{work_id}"}
    assert (found["@type"], found["@id"], found["isBasedOn"]) == ("NewsArticle", url, [report])
    [work] = found["citation"]
    assert (work["@id"], work["@type"], work["url"]) == (report["@id"], "NewsArticle", URL)
    said = {"@type": "Quotation", "isBasedOn": report}
    consul = {"@type": "Person", "name": "Ines Valdo", "jobTitle": "Former consul in Calder"}
    assert found["hasPart"] == [
        {**said, "@id": f"{url}#citation-{SECOND}", "text": QUOTE, "inLanguage": "en",
         "creator": consul, "creditText": "Ines Valdo"},
        {**said, "@id": f"{url}#citation-{THIRD}", "text": WORDS, "creditText": "an official"},
    ]  # fmt: skip


def as_lines(text: str, html: str) -> None:
    where = f"The Northgate Courier, {TITLE}, 20 November 2026"
    assert text.splitlines() == [
        f"[1] {where}, citing current and former officials",
        f"[2] Ines Valdo, former consul in Calder, quoted by {where}",
        "[3] an official (name withheld: not authorised to speak about the audit), "
        f"quoted by {where}",
    ]
    for citation_id in (FIRST, SECOND, THIRD):
        assert f'<li id="citation-{citation_id}"' in html
    assert html.count(f'<a href="{URL}">') == 3
