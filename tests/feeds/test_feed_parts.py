"""What all formats are made of: names, lines, sizes of pictures."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from lxml import etree

from app.feeds.feed import Category, Departed, FeedItem, Film, Image, Source
from app.feeds.formats import json_feed, podcast
from app.feeds.names import feed_iri, iri, uri
from app.feeds.pictures import size_of
from app.feeds.texts import cut, first_line, legal, line, offset, rfc822, rfc3339
from app.feeds.xml import NAMESPACES
from tests.feeds.awkward import texts, very_long
from tests.feeds.samples import feed_of, items

ID = "3874b82d-1f00-4fe8-a174-ab4fa7f5153f"
MP3 = "audio/mpeg"
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("earlier", "name", "ascii_name"),
    [
        (f"urn:uuid:{ID}", f"urn:uuid:{ID}", f"urn:uuid:{ID}"),
        ("tag:old.example.org,2019:a/1", "tag:old.example.org,2019:a/1",
         "tag:old.example.org,2019:a/1"),
        ("https://old.example.org/?p=é", "https://old.example.org/?p=é",
         "https://old.example.org/?p=%C3%A9"),
        ("1787", f"urn:uuid:{ID}", f"urn:uuid:{ID}"),
        ("two words: no name", f"urn:uuid:{ID}", f"urn:uuid:{ID}"),
    ],
)  # fmt: skip
def test_a_name_is_kept_where_the_format_can_have_it(
    earlier: str, name: str, ascii_name: str
) -> None:
    departed = Departed(id=ID, uid=earlier, at=AT)

    assert (iri(departed), uri(departed)) == (name, ascii_name)


def test_a_feed_whose_name_is_no_iri_is_called_by_its_address() -> None:
    feed = feed_of()

    assert feed_iri(feed) == feed.id
    assert feed_iri(replace(feed, id="17")) == feed.url


@given(text=texts() | very_long())
def test_a_cut_text_is_short_enough_and_begins_as_it_did(text: str) -> None:
    shown = cut(text, 40)

    assert len(shown) <= 40
    assert line(text).startswith(shown.removesuffix("…").rstrip())
    assert (shown == line(text)) == (len(line(text)) <= 40)


@given(text=texts())
def test_a_line_is_one_line_of_legal_characters(text: str) -> None:
    assert line(text) == line(line(text)) == legal(line(text))
    assert not set(line(text)) & set("\n\r\t\0\x0b\x85\ufeff\ufffe\u2028")


def test_the_first_line_with_words_is_taken() -> None:
    assert first_line(None, " \0\t", " A  B ", "C") == "A B"
    assert first_line(None, "") == ""


def test_one_instant_in_three_ways() -> None:
    assert rfc822(AT) == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert rfc3339(AT) == "2026-11-23T09:00:00Z"
    assert offset(AT) == "2026-11-23T09:00:00+00:00"


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ({"url": "/w1280.jpg", "srcset": [{"url": "/w1280.jpg", "width": 1280}]}, (1280, 720)),
        ({"url": "/w1280.jpg", "srcset": [{"url": "/w320.jpg", "width": 320}]}, (1600, 900)),
        ({"url": "https://media.example.org/p.jpg", "srcset": []}, (1600, 900)),
    ],
)
def test_a_picture_has_the_size_of_what_is_at_its_address(
    shape: dict[str, Any], size: tuple[int, int]
) -> None:
    assert size_of({"width": 1600, "height": 900, **shape}) == size


@settings(max_examples=5)
@given(item=items())
def test_a_json_feed_of_long_texts_has_fewer_of_them(item: FeedItem) -> None:
    long = replace(item, html=f"<p>{'fog ' * 20_000}</p>")
    many = [replace(long, id=f"{ID[:-1]}{n}", uid=f"urn:x:{n}") for n in range(9)]

    document = json_feed.render(feed_of(*many))

    names = [each["id"] for each in orjson.loads(document)["items"]]
    assert len(document) <= json_feed.LARGEST
    assert 1 <= len(names) <= 3
    assert names == [each.uid for each in many[: len(names)]]


@pytest.mark.parametrize(
    ("width", "address"), [(1280, "/w1920.jpg"), (1279, "/1x1.jpg"), (None, "/1x1.jpg")]
)
def test_a_podcast_has_a_square_picture_as_large_as_there_is(
    width: int | None, address: str
) -> None:
    image = Image(url="/w1280.jpg", width=width, height=1280, crops={"1x1": "/1x1.jpg"},
                  widest="/w1920.jpg")  # fmt: skip

    document = podcast.render(replace(feed_of(), image=image))

    assert f'<itunes:image href="{address}"/>'.encode() in document


def _heard(section: str) -> FeedItem:
    sound = Film(
        content_id="1", title="Tides", sources=(Source(url="https://m/1.mp3", media_type=MP3),)
    )
    about = Category(id=ID, name=section, scheme="section", url="https://w/s")
    return FeedItem(
        id=ID, uid=ID, url="https://w/1", version=1, title="Tides", title_short="Tides",
        edition="en", language="en", section=about, sections=(about,), sound=sound,
        first_published_at=AT, published_at=AT, updated_at=AT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sections", "kinds"),
    [
        (["Sport", "SPORT "], ["Sports News"]), (["Business", "Economy"], ["Business News"]),
        (["Sport", "Business"], []), (["Sport", "Harbour"], []), (["Harbour"], []), ([], []),
    ],
)  # fmt: skip
def test_a_podcast_is_news_of_the_kind_of_all_its_sections(
    sections: list[str], kinds: list[str]
) -> None:
    document = etree.fromstring(podcast.render(feed_of(*map(_heard, sections))))

    [category] = document.iterfind("channel/itunes:category", NAMESPACES)
    assert category.get("text") == "News"
    assert [each.get("text") for each in category] == kinds


def test_a_podcast_without_sound_is_an_empty_one() -> None:
    assert b"<item>" not in podcast.render(feed_of())
