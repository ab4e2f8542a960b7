"""Footnotes and quotations of an old site become citations, once."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from app.exchange.wordpress import footnotes, quotes
from app.exchange.wordpress.report import Report
from app.exchange.wordpress.sources import Source
from tests.exchange.wordpress import wxr
from tests.exchange.wordpress.conftest import Import, state
from tests.newsroom import Newsroom

LINKED, PLAIN, LOST = (f"{number}1111111-1111-4111-8111-111111111111" for number in "123")
AUDIT = "https://northgate.example/audit"

NOTES = {
    LINKED: f'See <a href="{AUDIT}?utm_source=x">The <em>audit</em></a>, p. 4.',
    PLAIN: "Letter of the harbour master, 1926",
    LOST: "No mark leads here.",
}

CONTENT = """<!-- wp:paragraph -->
<p>The lamp was <strong>lit at dusk</strong>{linked} and nobody saw it go out.{plain}</p>
<!-- /wp:paragraph -->

<!-- wp:quote -->
<blockquote class="wp-block-quote"><p>We waited for the light.</p>
<cite>Mara Tollen, pilot</cite></blockquote>
<!-- /wp:quote -->

<!-- wp:quote -->
<blockquote class="wp-block-quote"><p>It never came.</p>
<cite><a href="https://pilots.example/log">Joss Arden</a></cite></blockquote>
<!-- /wp:quote -->

<!-- wp:footnotes /-->"""


def mark(identity: str) -> str:
    return f'<sup data-fn="{identity}" class="fn"><a href="#{identity}" id="l">1</a></sup>'


def post(number: int = 1, **notes: str) -> str:
    content = CONTENT.format(linked=mark(LINKED), plain=mark(PLAIN))
    written = [{"id": key, "content": html} for key, html in (notes or NOTES).items()]
    return wxr.post(
        number, content=content, post_name=f"lamp-{number}",
        meta={"footnotes": orjson.dumps(written).decode()},
    )  # fmt: skip


async def article(newsroom: Newsroom, number: int = 1) -> dict[str, Any]:
    shown: dict[str, Any] = await newsroom.read(f"/v1/pages/2019/03/lamp-{number}")
    return shown


@pytest.fixture
async def taken(newsroom: Newsroom, imported: Import, tmp_path: Path) -> Report:
    made = await newsroom.desk.post(
        "/desk/publications",
        json={"kind": "newspaper", "name": "Northgate", "domains": ["northgate.example"]},
    )
    assert made.status_code == 201, made.text
    report = await imported(wxr.written(tmp_path / "site.xml", post(1), post(2)))
    await newsroom.drain()
    return report


async def test_footnotes_stand_at_the_words_before_their_marks(newsroom: Newsroom, taken: Report):
    shown = await article(newsroom)

    [linked, plain] = [one for one in shown["citations"] if one["type"] == "see_also"]
    assert shown["body"][0]["text"] == "The lamp was lit at dusk and nobody saw it go out."
    assert (linked["prefix"], linked["suffix"]) == ("See", "p. 4")
    assert linked["work"]["title"] == "The audit"
    assert linked["work"]["publication"]["name"] == "Northgate"
    assert linked["work"]["link"]["url"].startswith(AUDIT)
    assert (plain["work"]["title"], plain["work"]["type"]) == (NOTES[PLAIN], "report")
    assert "The lamp was <strong>lit at dusk</strong>" in unmarked(shown["body"][0]["html"])
    async with newsroom.database.read() as session:
        found = await session.execute(text("SELECT DISTINCT state FROM desk.anchors"))
        assert set(found.scalars()) == {"anchored"}


def unmarked(html: str) -> str:
    return re.sub(r"</?span[^<>]*>", "", html)


async def test_a_note_without_a_mark_stays_below_the_text(newsroom: Newsroom, taken: Report):
    shown = await article(newsroom)

    [kept] = [block for block in shown["body"] if block["type"] == "list"]
    assert [item["html"] for item in kept["items"]] == [NOTES[LOST]]


async def test_a_quotation_is_said_by_somebody(newsroom: Newsroom, taken: Report):
    shown = await article(newsroom)

    [said, read] = [one for one in shown["citations"] if one["type"] == "quotation"]
    assert said["statement"]["text"] == "We waited for the light."
    assert said["statement"]["source"]["label"] == "Mara Tollen"
    assert said["statement"]["source"]["role"] == "pilot"
    assert (said["statement"]["channel"], said["work"]) == ("other", None)
    assert read["statement"]["source"]["label"] == "Joss Arden"
    assert read["statement"]["channel"] == "published_work"
    assert read["work"]["link"]["url"] == "https://pilots.example/log"


async def test_what_several_posts_cite_is_one_work(newsroom: Newsroom, taken: Report):
    first, second = await article(newsroom, 1), await article(newsroom, 2)

    works = [[one["work"]["id"] for one in shown["citations"] if one["work"]]
             for shown in (first, second)]  # fmt: skip
    assert works[0] == works[1] and len(set(works[0])) == 3
    counts = taken.as_json()["counts"]
    assert counts["work"] == {"imported": 3}
    assert counts["speaker"] == {"imported": 2}
    assert counts["citation"] == {"imported": 8}


async def test_the_second_time_nothing_changes(
    newsroom: Newsroom, imported: Import, taken: Report, tmp_path: Path
):
    before = await state(newsroom.database)

    report = await imported(tmp_path / "site.xml")

    assert {item.outcome for item in report.items} == {"unchanged"}
    assert await state(newsroom.database) == before


async def test_they_can_stay_as_they_were(newsroom: Newsroom, imported: Import, tmp_path: Path):
    report = await imported(wxr.written(tmp_path / "site.xml", post()), citations=False)

    shown = await article(newsroom)
    assert shown["citations"] == []
    assert "citation" not in report.as_json()["counts"]
    [kept] = [block for block in shown["body"] if block["type"] == "list"]
    assert len(kept["items"]) == 3


async def test_a_dry_run_counts_them_and_keeps_none(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    before = await state(newsroom.database)

    report = await imported(wxr.written(tmp_path / "site.xml", post()), dry_run=True)

    assert report.as_json()["counts"]["work"] == {"imported": 3}
    assert await state(newsroom.database) == before


async def test_a_changed_note_changes_its_article(
    newsroom: Newsroom, imported: Import, taken: Report, tmp_path: Path
):
    changed = post(1, **{**NOTES, PLAIN: "Letter of the pilot, 1927"})
    await imported(wxr.written(tmp_path / "site.xml", changed, post(2)))

    shown = await article(newsroom)
    titles = [one["work"]["title"] for one in shown["citations"] if one["type"] == "see_also"]
    assert (shown["version"], titles) == (2, ["The audit", "Letter of the pilot, 1927"])


@pytest.mark.parametrize(
    ("html", "cited"),
    [
        ("Read https://a.example/b.", [("https://a.example/b", "Read", None, None)]),
        ('<a href="https://a.example/1">One</a> and <a href="https://a.example/2">two</a>',
         [("https://a.example/1", "One", None, "and"), ("https://a.example/2", "two", None, None)]),
        ('<a href="/here">Here</a>', [(None, "Here", None, None)]),
        ("", []),
        ("long " * 300, []),
    ],
)  # fmt: skip
def test_what_a_note_cites(html: str, cited: list[tuple[Any, ...]]):
    note = {"id": LINKED, "content": html}

    found = list(footnotes.cited(note, "wordpress", "1"))

    assert [
        (one.work and one.work.url, one.work and one.work.title, one.fields.get("prefix"),
         one.fields.get("suffix"))
        for one in found
    ] == cited  # fmt: skip


def test_words_that_do_not_come_through_are_no_anchor():
    source = Source({"anchors": [{"exact": "lit at dusk"}, {"exact": "gone by noon"}]})

    [kept] = footnotes.standing([source], ["The lamp was lit\nat dusk."])

    assert kept.fields["anchors"] == [{"exact": "lit at dusk"}]


@pytest.mark.parametrize(
    ("attribution", "name", "role"),
    [
        ("Mara Tollen", "Mara Tollen", None),
        ("— Mara Tollen, pilot, Calder", "Mara Tollen", "pilot, Calder"),
        ("Mara Tollen – pilot", "Mara Tollen", "pilot"),
        ("Jean-Luc Ardent (pilot)", "Jean-Luc Ardent", "pilot"),
    ],
)
def test_an_attribution_has_a_name_and_a_role(attribution: str, name: str, role: str | None):
    block = {"type": "quote", "html": "We waited.", "attribution": attribution}

    [found] = quotes.sources([block], "wordpress:1")

    assert found.speaker and found.speaker.name == name
    assert found.fields["statement"]["role_at_time"] == role


def test_a_quotation_with_an_address_only_is_a_document():
    block = {"type": "quote", "html": "We waited.", "source_url": "https://a.example/b"}

    [found] = quotes.sources([block], "wordpress:1")

    assert (found.fields["type"], found.speaker) == ("document", None)
    assert quotes.sources([{"type": "quote", "html": "We waited."}], "wordpress:1") == []
