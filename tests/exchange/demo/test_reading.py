"""The content of the demo is whole, and mistakes in it are named."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.editing.body.markdown_body import from_markdown
from app.exchange.demo.parsing import Unreadable
from app.exchange.demo.reading import HERE, Newsroom, newsroom
from app.exchange.demo.writing import weeks_back

EVERY_TYPE = {
    "paragraph", "heading", "list", "quote", "pullquote", "image", "gallery", "video", "audio",
    "embed", "table", "factbox", "code", "divider", "custom",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Newsroom:
    return newsroom()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content, to make mistakes in."""
    shutil.copytree(HERE / "content", tmp_path / "content")
    for name in ("newsroom.toml", "sources.toml", "media.toml", "tv.toml"):
        shutil.copy(HERE / name, tmp_path)
    return tmp_path


def test_it_is_as_large_and_as_varied_as_promised(demo: Newsroom):
    pieces = demo.pieces

    assert len(pieces) >= 100
    assert {piece.edition for piece in pieces} == {one.code for one in demo.editions}
    assert len({piece.fields["genre"] for piece in pieces}) >= 6
    assert {piece.fields["format"] for piece in pieces} == {
        "text", "video", "audio", "gallery", "live",
    }  # fmt: skip
    assert {piece.stage for piece in pieces} == {"live", "draft", "review"}
    assert any(planned.parent for planned in demo.sections)


def test_it_shows_every_type_of_block(demo: Newsroom):
    types = Counter(block["type"] for piece in demo.pieces for block in piece.fields["body"])

    assert types.keys() == EVERY_TYPE


def test_nothing_of_its_texts_is_left_out():
    for file in sorted(HERE.glob("content/*/*.md")):
        text = re.split(r"^\+\+\+\n", file.read_text("utf-8"), flags=re.MULTILINE)[2]
        for markdown in re.split(r"```block\n.*?\n```", text, flags=re.DOTALL):
            assert from_markdown(markdown).warnings == [], file.name


def test_pieces_stand_in_the_order_of_their_dates(demo: Newsroom):
    dates = [piece.published for piece in demo.pieces if piece.published]

    assert dates == sorted(dates)
    assert all(piece.published for piece in demo.pieces if piece.stage == "live")


def test_no_date_is_in_the_future_whenever_it_is_tried_out(demo: Newsroom):
    newest = max(moment for piece in demo.pieces for moment in moments(piece.fields))
    week = timedelta(weeks=1)

    assert weeks_back(demo, newest) == weeks_back(demo, newest + 9 * week) == timedelta()
    assert weeks_back(demo, newest - timedelta(seconds=1)) == week
    assert weeks_back(demo, newest - 3 * week) == 3 * week
    assert newest - weeks_back(demo, datetime(2025, 1, 1, tzinfo=UTC)) <= datetime(
        2025, 1, 1, tzinfo=UTC
    )


def moments(fields: dict[str, object]) -> Iterator[datetime]:
    for value in fields.values():
        if isinstance(value, datetime):
            yield value
        elif isinstance(value, list):
            for one in value:
                yield from moments(one) if isinstance(one, dict) else ()


MISTAKES = {
    "an unknown topic": ("harbour-reopens", '"old-quay"', '"old-key"', "topics: there is no old-k"),
    "an unknown person": ("harbour-reopens", '"tobin-korrel"', '"nobody"', "there is no nobody"),
    "an unknown section": ("regatta-final", 'section = "sport', 'section = "spurt', "no spurt"),
    "an unknown work": ("power-restored", '"masts-1958"', '"masts"', "there is no masts"),
    "an unknown article": ("council-budget-2027", 'article = "salt', 'article = "malt', "no malt"),
    "an unknown picture": ("regatta-final", '"regatta-finish"', '"regatta"', "there is no regatta"),
    "an unknown series": ("waves-at-north-mole", '"at-the-w', '"in-the-w', "there is no in-the-w"),
    "a missing section": ("regatta-final", "section =", "sektion =", "'section' is missing"),
    "no TOML": ("regatta-final", "headline =", "headline ==", "regatta-final.md"),
    "no JSON": ("harbour-reopens", '{"type"', '{type"', "block 1 is no JSON"),
    "no fields": ("regatta-final", "+++", "---", "two lines of"),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_told_with_its_file(folder: Path, what: str):
    name, right, wrong, told = MISTAKES[what]
    file = folder / "content" / "en" / f"{name}.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace(right, wrong), "utf-8")
    assert file.read_text("utf-8") != before

    with pytest.raises(Unreadable, match=re.escape(told)) as refused:
        newsroom(folder)

    assert f"en/{name}.md" in str(refused.value)


def test_a_mistake_in_a_source_is_told_with_its_key(folder: Path):
    file = folder / "sources.toml"
    file.write_text(file.read_text("utf-8").replace('agency = "corrant"', 'agency = "c"'), "utf-8")

    with pytest.raises(Unreadable, match=r"sources.toml, work wire-election-date: .* no publica"):
        newsroom(folder)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("media", 'poster = "mole-camera-frame"', 'poster = "frame"', "poster: there is no frame"),
        ("media", 'file = "council', 'file = "counsel', "there is no file counsel-chamber.jpg"),
        ("media", "y = 0.75", "y = 75", "asset ysolde-cloud-bank: focus.y"),
        ("tv", 'artwork = "lisk-fish-market"', 'artwork = "lisk"', "programme: there is no lisk"),
        ("tv", 'film = "mole-camera"', 'film = "mole"', "film: there is no mole"),
        ("tv", 'collection = "notices"', 'collection = "news"', "home en: there is no news"),
        ("tv", "dvr_seconds = 7200", "dvr_seconds = -1", "stream courier-live: dvr_seconds"),
    ],
)
def test_a_mistake_in_what_is_shown_is_told(
    folder: Path, name: str, right: str, wrong: str, told: str
):
    file = folder / f"{name}.toml"
    before = file.read_text("utf-8")
    file.write_text(before.replace(right, wrong), "utf-8")
    assert file.read_text("utf-8") != before

    with pytest.raises(Unreadable, match=re.escape(told)) as refused:
        newsroom(folder)

    assert f"{name}.toml" in str(refused.value)


def test_a_mistake_in_the_newsroom_is_told_with_its_place(folder: Path):
    file = folder / "newsroom.toml"
    file.write_text(
        file.read_text("utf-8").replace('kind = "place"', 'kind = "plaice"', 1), "utf-8"
    )

    with pytest.raises(Unreadable, match=r"newsroom.toml, topic .*kind"):
        newsroom(folder)
