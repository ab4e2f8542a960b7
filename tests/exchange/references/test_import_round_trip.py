"""What readers are given of citations, sent back to the desk: every work is known there."""

from typing import Any

import pytest

from tests.editing.requests import create
from tests.exchange.references.sending import listed, send
from tests.newsroom import Newsroom

WORKS: list[dict[str, Any]] = [
    {
        "kind": "newspaper_article",
        "title": "Dredgers",
        "url": "https://courier.example/a_b?c=50%25",
    },
    {
        "kind": "report",
        "title": "Audit",
        "identifiers": [{"scheme": "doi", "value": "10.5555/a_b"}],
    },
    {
        "kind": "book",
        "title": "Silt",
        "identifiers": [{"scheme": "isbn", "value": "9780306406157"}],
    },
    {"kind": "social_post", "title": "Low tide", "url": "https://social.example/@port/1"},
]
FORMATS = [("csl.json", "csl-json"), ("bib", "bibtex"), ("ris", "ris")]


@pytest.mark.parametrize(("end", "form"), FORMATS)
async def test_our_own_exports_are_found(newsroom: Newsroom, end: str, form: str) -> None:
    outlet = (await create(newsroom, "publications", name="Courier", kind="newspaper")).json()
    works = [
        (await create(newsroom, "works", publication_id=outlet["id"], **fields)).json()
        for fields in WORKS
    ]
    article = await newsroom.published(
        citations=[{"type": "background", "work_id": work["id"], "anchors": []} for work in works]
    )
    exported = await newsroom.reader.get(f"/v1/articles/{article.json()['id']}/citations.{end}")
    assert exported.status_code == 200, exported.text

    report = await send(newsroom, exported.text, form=form)

    assert report["totals"] == {"entries": 4, "created": 0, "found": 4, "refused": 0}
    found = {entry["title"]: entry["work_id"] for entry in report["entries"]}
    assert found == {work["title"]: work["id"] for work in works}
    assert [entry["warnings"] for entry in report["entries"]] == [[]] * 4
    assert len(await listed(newsroom)) == 4


@pytest.mark.parametrize(("end", "form"), FORMATS)
async def test_they_are_made_anew_elsewhere_as_they_were(
    newsroom: Newsroom, end: str, form: str
) -> None:
    """Without what our own desk knows, as in another newsroom."""
    outlet = (await create(newsroom, "publications", name="Courier", kind="newspaper")).json()
    made = await create(newsroom, "works", publication_id=outlet["id"], **WORKS[0])
    article = await newsroom.published(
        citations=[{"type": "background", "work_id": made.json()["id"], "anchors": []}]
    )
    address = f"/v1/articles/{article.json()['id']}/citations.{end}"
    text = (await newsroom.reader.get(address)).text.replace("courier.example", "else.example")
    text = text.replace("Courier", "Elsewhere")

    report = await send(newsroom, text, form=form)

    [entry] = report["entries"]
    copy = (await newsroom.desk.get(f"/desk/works/{entry['work_id']}")).json()
    assert [each["name"] for each in report["publications"]] == ["Elsewhere"]
    assert (copy["kind"], copy["title"]) == ("newspaper_article", "Dredgers")
    assert copy["url"] == "https://else.example/a_b?c=50%25"
