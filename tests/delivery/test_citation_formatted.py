"""A citation as a line to be printed: in the newsroom's own style, and in those of CSL."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
from structlog.testing import capture_logs

from app.delivery import csl_styles
from app.delivery.csl_styles import Styles
from app.published.writes import Cited, Exported, Put, Remove
from app.settings import Settings
from tests.delivery.shelf import NOON, Shelf, a_citation, a_citing_article, reading

ITEM = {
    "id": "5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11",
    "type": "article-newspaper",
    "title": "Harbour audit kept secret",
    "author": [{"family": "Okafor", "given": "Lena"}],
    "container-title": "The Northgate Courier",
    "issued": {"date-parts": [[2026, 3, 20]]},
    "URL": "https://northgate-courier.example/audit",
    "language": "en",
    "custom": {"masthead:kind": "newspaper_article"},
}

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Harbour</title><id>harbour</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography second-field-align="flush"><layout>
    <text variable="citation-number" suffix="."/>
    <choose><if type="personal_communication" match="none">
      <group delimiter="; ">
        <text variable="title" font-style="italic"/>
        <date variable="issued"><date-part name="month"/></date>
      </group>
    </if></choose>
  </layout></bibliography>
</style>"""


def with_item(text: str = "It was a secret", *, item: dict[str, Any] | None = None,
              language: str = "en", **fields: Any) -> Cited:  # fmt: skip
    work = {"id": str(uuid4()), "csl": item} if item else None
    return a_citation(text, work=work, article={"language": language}, **fields)


def a_story(*citations: Cited, items: tuple[dict[str, Any], ...] = (), **fields: Any) -> Put:
    """Its exports are like those that the press makes."""
    lines = [(each.ordinal, orjson.loads(each.full)["text"], each.id) for each in citations]
    html = "".join(
        f'<li id="citation-{identity}" value="{number}"><bdi>{text}</bdi></li>\n'
        for number, text, identity in lines
    )
    bodies = {
        "txt": "".join(f"[{number}] {text}\n" for number, text, _ in lines),
        "html": f'<ol class="citations">\n{html}</ol>\n',
        "csl.json": orjson.dumps(items).decode(),
    }
    exports = [Exported(name=name, media_type="text/plain", body=body.encode())
               for name, body in bodies.items()]  # fmt: skip
    return a_citing_article("The harbour reopens", *citations, exports=exports, **fields)


@pytest.fixture
async def stylish(
    database_url: str, shelf: Shelf, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who reads from a server with a style of its own."""
    (tmp_path / "harbour.csl").write_text(STYLE)
    (tmp_path / "no style.csl").write_text(STYLE)
    (tmp_path / "notes.txt").write_text("no style")
    async with reading(database_url, styles=Styles(tmp_path)) as client:
        yield client


async def formatted(reader: httpx.AsyncClient, cited: Cited, query: str = "") -> dict[str, Any]:
    answer = await reader.get(f"/v1/citations/{cited.id}/formatted{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(reader: httpx.AsyncClient, cited: Cited, query: str) -> tuple[str, str]:
    answer = await reader.get(f"/v1/citations/{cited.id}/formatted{query}")
    assert answer.status_code == 422, answer.text
    [fault] = answer.json()["errors"]
    return fault["parameter"], fault["detail"]


async def test_the_newsroom_style_is_what_was_stored(shelf: Shelf, reader) -> None:
    one, two = with_item("one [2] \u2068x\u2069"), with_item("two", ordinal=2, language="fr")
    eleven = with_item("eleven", ordinal=11)
    await shelf.put(a_story(one, two, eleven))

    assert await formatted(reader, two) == {
        "id": str(two.id), "style": "newsroom", "locale": "fr", "text": "two",
        "html": "<bdi>two</bdi>",
    }  # fmt: skip
    assert (await formatted(reader, one))["text"] == "one [2] \u2068x\u2069"
    assert (await formatted(reader, eleven))["text"] == "eleven"
    assert await formatted(reader, two, "?style=newsroom&locale=fr") == await formatted(reader, two)
    assert await refused(reader, two, "?locale=en") == (
        "locale", "newsroom is in the language of the article: fr.",
    )  # fmt: skip


async def test_a_line_that_did_not_change_is_a_304(shelf: Shelf, reader) -> None:
    cited = with_item("one")
    story = a_story(cited)
    await shelf.put(story)
    address = f"/v1/citations/{cited.id}/formatted"
    first = await reader.get(address)
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get(address, headers=known)
    changed = with_item("other", identity=cited.id)
    await shelf.put(a_story(changed, identity=story.id, version=2))
    later = await reader.get(address, headers=known)

    assert (same.status_code, later.status_code) == (304, 200)
    assert first.headers["surrogate-key"] == f"article-{story.id}"


async def test_pandoc_has_a_style_of_its_own(shelf: Shelf, reader) -> None:
    cited = with_item(item=ITEM)
    await shelf.put(a_story(cited))

    found = await formatted(reader, cited, "?style=chicago-author-date&locale=en-GB")

    assert (found["style"], found["locale"]) == ("chicago-author-date", "en-GB")
    assert found["text"] == (
        "Okafor, Lena. 2026. ‘Harbour Audit Kept Secret’. The Northgate Courier, March 20. "
        "https://northgate-courier.example/audit."
    )
    assert "<em>The Northgate Courier</em>" in found["html"]
    assert '<a href="https://northgate-courier.example/audit">' in found["html"]
    assert "<div" not in found["html"]


async def test_an_operator_can_bring_styles(shelf: Shelf, stylish) -> None:
    cited = with_item(item=ITEM)
    await shelf.put(a_story(cited))

    assert await formatted(stylish, cited, "?style=harbour") == {
        "id": str(cited.id), "style": "harbour", "locale": "en",
        "text": "Harbour audit kept secret; March",
        "html": f'<em><a href="{ITEM["URL"]}">Harbour audit kept secret</a></em>; March',
    }  # fmt: skip


def test_what_is_no_style_by_itself_is_left_out(tmp_path: Path) -> None:
    parent = '<link href="https://styles.example/harbour" rel="independent-parent"/></info>'
    (tmp_path / "harbour.csl").write_text(STYLE)
    (tmp_path / "dependent.csl").write_text(STYLE.replace("</info>", parent))
    (tmp_path / "broken.csl").write_text(STYLE[:-3])
    (tmp_path / "other.csl").write_text("<style/>")
    (tmp_path / "--version.csl").write_text(STYLE)

    with capture_logs() as told:
        styles = Styles(tmp_path)

    assert styles.names == ("chicago-author-date", "harbour")
    left_out = [each["file"] for each in told if each["event"] == "csl_style_left_out"]
    assert left_out == ["--version.csl", "broken.csl", "dependent.csl", "other.csl"]


def test_a_folder_of_styles_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    assert Settings(_env_file=None, csl_styles=tmp_path).csl_styles == tmp_path

    with pytest.raises(ValueError, match="MASTHEAD_CSL_STYLES: there is no folder"):
        Settings(_env_file=None, csl_styles=tmp_path / "nowhere")


async def test_words_of_the_style_are_in_the_language_that_is_asked_for(shelf, stylish) -> None:
    cited = with_item(item=ITEM, language="fr")
    await shelf.put(a_story(cited))

    asked = await formatted(stylish, cited, "?style=harbour&locale=de-DE")
    of_the_article = await formatted(stylish, cited, "?style=harbour")

    assert asked["text"].endswith("März")
    assert of_the_article["text"].endswith("mars")
    assert of_the_article["locale"] == "fr"


async def test_nothing_of_others_becomes_markup_or_an_option(shelf: Shelf, stylish) -> None:
    title = "<script>alert(1)</script> & <img src=x onerror=alert(1)> --csl=/etc/passwd $x$ `ls`"
    item = ITEM | {"title": title, "URL": "javascript:alert(1)", "id": "--help"}
    cited = with_item(item=item)
    await shelf.put(a_story(cited))

    for style in ("harbour", "chicago-author-date"):
        found = await formatted(stylish, cited, f"?style={style}")
        assert "<script" not in found["html"]
        assert "<img" not in found["html"]
        assert 'href="javascript' not in found["html"]
        assert "alert(1)" in found["text"].casefold()


async def test_unknown_styles_are_told_which_there_are(shelf: Shelf, reader, stylish) -> None:
    cited = with_item(item=ITEM)
    await shelf.put(a_story(cited))

    for style in ("vancouver", "no%20style", "notes", "../harbour", "Harbour"):
        parameter, detail = await refused(stylish, cited, f"?style={style}")
        assert parameter == "style"
        assert detail.endswith("Known: newsroom, chicago-author-date, harbour.")
    parameter, detail = await refused(reader, cited, "?style=harbour")
    assert detail.endswith("Known: newsroom, chicago-author-date.")


async def test_without_the_extra_there_is_the_newsroom_style(
    shelf: Shelf, stylish, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited = with_item("one", item=ITEM)
    await shelf.put(a_story(cited))
    # What Python itself sees of a package that is not installed.
    monkeypatch.setitem(sys.modules, "pypandoc", None)

    parameter, detail = await refused(stylish, cited, "?style=chicago-author-date")

    assert parameter == "style"
    assert detail == (
        "There is no such style. Known: newsroom. Others need the extra csl on the server."
    )
    assert (await formatted(stylish, cited))["text"] == "one"


async def test_what_came_through_another_citation_has_the_entry_of_that(shelf, stylish) -> None:
    relay = with_item(item=ITEM)
    nearer = with_item("n", ordinal=2, via={"citation_id": str(relay.id)})
    further = with_item("f", ordinal=3, via={"citation_id": str(nearer.id)})
    await shelf.put(a_story(relay, nearer, further))

    found = await formatted(stylish, further, "?style=harbour")

    assert found["text"] == "Harbour audit kept secret; March"
    assert found["id"] == str(further.id)


async def test_what_was_said_to_us_by_name_has_an_entry_and_nothing_else(shelf, stylish) -> None:
    named, unnamed = with_item("by name"), with_item("without", ordinal=2)
    circle = UUID(int=5)
    loop = with_item("loop", ordinal=3, identity=circle, via={"citation_id": str(circle)})
    spoken = {"id": str(named.id), "type": "interview", "title": "What she said"}
    await shelf.put(a_story(named, unnamed, loop, items=(spoken,)))

    assert (await formatted(stylish, named, "?style=harbour"))["text"] == "What she said"
    for cited in (unnamed, loop):
        parameter, detail = await refused(stylish, cited, "?style=harbour")
        assert (parameter, detail) == (
            "style", "It has no entry in this style. newsroom shows every citation.",
        )  # fmt: skip


async def test_an_entry_that_a_style_leaves_out_is_not_somebody_elses(shelf, stylish) -> None:
    letter = with_item(item={"id": "x", "type": "personal_communication", "title": "Letter"})
    await shelf.put(a_story(letter))

    parameter, _ = await refused(stylish, letter, "?style=harbour")

    assert parameter == "style"


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("?style=", "style"), (f"?style={'x' * 101}", "style"), ("?locale=e_n", "locale"),
     ("?style=harbour&locale=tlh", "locale"),
     ("?styles=harbour", "styles"), ("?style=harbour&style=harbour", "style")],
)  # fmt: skip
async def test_what_cannot_be_is_refused_by_name(shelf, stylish, query: str, wrong: str) -> None:
    cited = with_item(item=ITEM)
    await shelf.put(a_story(cited))

    assert (await refused(stylish, cited, query))[0] == wrong


@pytest.mark.parametrize("style", ["newsroom", "chicago-author-date"])
async def test_what_is_gone_or_unknown_has_no_line(shelf: Shelf, reader, style: str) -> None:
    cited = with_item(item=ITEM)
    story = a_story(cited)
    await shelf.put(story)
    await shelf.put(
        Remove(id=story.id, kind="article", version=1, modified_at=NOON, status=451, notice="Why")
    )

    answer = await reader.get(f"/v1/citations/{cited.id}/formatted?style={style}")
    unknown = await reader.get(f"/v1/citations/{uuid4()}/formatted?style={style}")

    assert (answer.status_code, answer.json()["notice"]) == (451, "Why")
    assert unknown.status_code == 404


async def test_the_same_line_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "harbour.csl").write_text(STYLE)
    styles = Styles(tmp_path)
    item = orjson.dumps(ITEM)
    first = await styles.entry(item, "harbour", "en")

    # Only what is remembered can still be had.
    (tmp_path / "harbour.csl").unlink()
    again = await styles.entry(item, "harbour", "en")

    assert first == again
    with pytest.raises(RuntimeError, match=r"harbour\.csl"):
        await styles.entry(item, "harbour", "de")


async def test_only_so_many_can_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csl_styles, "LONGEST_SECONDS", 60)
    styles = Styles()
    items = [orjson.dumps(ITEM | {"title": f"Number {number}"}) for number in range(30)]

    made = await asyncio.gather(
        *(styles.entry(item, csl_styles.BUILT_IN, "en") for item in items), return_exceptions=True
    )

    refused = [each for each in made if isinstance(each, Exception)]
    assert len(refused) == 30 - csl_styles.MOST_WAITING
    assert {type(each).__name__ for each in refused} == {"Unavailable"}
    entries = [each for each in made if isinstance(each, csl_styles.Entry)]
    assert len({entry.text for entry in entries}) == csl_styles.MOST_WAITING
    # Who comes later finds a free place.
    assert await styles.entry(items[-1], csl_styles.BUILT_IN, "en")


async def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csl_styles, "LONGEST_SECONDS", 0.02)
    styles = Styles()

    with pytest.raises(Exception, match="Too many citations"):
        await styles.entry(orjson.dumps(ITEM), csl_styles.BUILT_IN, "en")

    monkeypatch.setattr(csl_styles, "LONGEST_SECONDS", 10)
    assert await styles.entry(orjson.dumps(ITEM), csl_styles.BUILT_IN, "en")
