"""XMLTV: the order of its DTD, and every field as it was published."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.feeds import guide as guides
from app.feeds.feed import Image
from app.feeds.formats.xmltv import render
from app.feeds.guide import Airing, Guide, GuideChannel
from app.feeds.places import Row
from app.feeds.texts import legal, line
from tests import newsroom as newsrooms
from tests.feeds.awkward import LANGUAGES, made, maybe, moments, texts, titles, urls
from tests.feeds.checks.schemas import FOLDER
from tests.feeds.samples import images
from tests.newsroom import Newsroom

ADDRESS = "/feeds/streams.xmltv"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOMENT = re.compile(r"\d{14} \+0000")
RFC2838 = re.compile(r"[-a-zA-Z0-9]+(\.[-a-zA-Z0-9]+)+")
"""What `tv_validate_file` of the XMLTV project asks of the id of a channel."""


def read(document: bytes) -> etree._Element:
    tv = etree.fromstring(document)
    dtd = etree.DTD(str(FOLDER / "xmltv.dtd"))
    assert dtd.validate(tv), dtd.error_log
    channels = [each.get("id") for each in tv.iterfind("channel")]
    assert len(channels) == len(set(channels))
    for programme in tv.iterfind("programme"):
        assert programme.get("channel") in channels
        assert MOMENT.fullmatch(programme.get("start") or "")
        assert MOMENT.fullmatch(programme.get("stop") or "")
    return tv


def guide(*airings: Airing, **told: Any) -> Guide:
    channel = GuideChannel(
        id="1.masthead", name="Courier Live", url="https://www.example.org/live", language="en",
        picture=Image(url="https://media.example.org/l.jpg", crops={"tv-1280": "https://m/t.jpg"}),
        airings=airings,
    )  # fmt: skip
    fields: dict[str, Any] = {"publisher": "Courier & Sons", "url": "https://www.example.org/",
              "updated_at": NOON, "channels": (channel,)}  # fmt: skip
    return Guide(**(fields | told))


def airing(**told: Any) -> Airing:
    fields: dict[str, Any] = {"start": NOON, "end": NOON + timedelta(hours=1), "title": "Tides"}
    return Airing(**(fields | told))


def test_each_field_says_what_was_published() -> None:
    told = airing(
        subtitle="Spring", description="How high it comes.", season=2, number=5,
        rating_system="USA_TV", rating="G", picture=Image(url="https://m/p.jpg"),
    )  # fmt: skip
    tv = read(render(guide(told)))

    assert {str(name): str(value) for name, value in tv.items()} == {
        "date": "20261120120000 +0000",
        "source-info-url": "https://www.example.org/",
        "source-info-name": "Courier & Sons",
        "generator-info-name": "Masthead",
    }
    channel, programme = tv
    assert [(each.tag, each.text or dict(each.attrib)) for each in channel] == [
        ("display-name", "Courier Live"),
        ("icon", {"src": "https://m/t.jpg"}),
        ("url", "https://www.example.org/live"),
    ]
    assert (programme.get("start"), programme.get("stop")) == (
        "20261120120000 +0000", "20261120130000 +0000",
    )  # fmt: skip
    assert [(each.tag, each.text) for each in programme] == [
        ("title", "Tides"),
        ("sub-title", "Spring"),
        ("desc", "How high it comes."),
        ("icon", None),
        ("episode-num", "1.4."),
        ("episode-num", "S2E5"),
        ("rating", None),
    ]
    assert programme.findtext("rating/value") == "G"
    assert [each.get("system") for each in programme.iterfind("episode-num")] == [
        "xmltv_ns", "onscreen",
    ]  # fmt: skip
    assert {each.get("lang") for each in programme.iterfind("title")} == {"en"}


def test_a_special_belongs_to_no_season() -> None:
    [programme] = read(render(guide(airing(season=0, number=3)))).iterfind("programme")

    assert [each.text for each in programme.iterfind("episode-num")] == [".2.", "S0E3"]


def airings() -> st.SearchStrategy[Airing]:
    return made(
        Airing, start=moments(), end=moments(), title=titles(), subtitle=maybe(texts()),
        description=maybe(texts()), season=maybe(st.integers(0, 30)),
        number=maybe(st.integers(0, 500)), rating_system=maybe(st.just("USA_TV")),
        rating=maybe(st.just("TV-14")), picture=maybe(images()),
    )  # fmt: skip


def channels() -> st.SearchStrategy[GuideChannel]:
    return made(
        GuideChannel, id=st.uuids().map(str) | titles(), name=titles(), url=urls(),
        language=st.sampled_from(LANGUAGES), picture=maybe(images()),
        airings=st.lists(airings(), max_size=2).map(tuple),
    )  # fmt: skip


@settings(max_examples=20)
@given(st.lists(channels(), max_size=2, unique_by=lambda each: legal(each.id)), texts())
def test_whatever_is_published_it_is_told(found: list[GuideChannel], publisher: str) -> None:
    told = guide(channels=tuple(found), publisher=publisher)
    tv = read(render(told))

    assert [each.findtext("display-name") for each in tv.iterfind("channel")] == [
        line(each.name) for each in found
    ]
    shown = [each for channel in found for each in channel.airings]
    for programme, each in zip(tv.iterfind("programme"), shown, strict=True):
        assert programme.findtext("title") == line(each.title)
        assert (programme.findtext("desc") or "") == line(each.description)
        start = datetime.strptime(programme.get("start") or "", "%Y%m%d%H%M%S %z")
        assert start == each.start.replace(microsecond=0)


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def a_stream(newsroom: Newsroom, title: str, **told: Any) -> httpx.Response:
    sent = {"edition": "en", "title": title, "url": "https://live.example.org/m.m3u8",
            "public": True, **told}  # fmt: skip
    answer = await newsroom.desk.post("/desk/streams", json=sent)
    assert answer.status_code == 201, answer.text
    return answer


async def schedule(newsroom: Newsroom, stream: httpx.Response, *titles: str) -> None:
    entries = [
        {"start": f"2026-11-20T{8 + n:02}:00:00Z", "end": f"2026-11-20T{9 + n:02}:00:00Z",
         "title": title}
        for n, title in enumerate(titles)
    ]  # fmt: skip
    window = {"since": "2026-11-20T00:00:00Z", "until": "2026-11-21T00:00:00Z"}
    answer = await newsroom.desk.put(
        f"{stream.headers['Location']}/schedule",
        json=window | {"entries": entries},
        headers={"If-Match": "*"},
    )
    assert answer.status_code == 200, answer.text


def told(answer: httpx.Response) -> dict[str, list[str]]:
    """The programmes of each channel by its name."""
    tv = read(answer.content)
    names = {each.get("id"): each.findtext("display-name") or "" for each in tv.iterfind("channel")}
    assert all(RFC2838.fullmatch(each or "") for each in names)
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    for programme in tv.iterfind("programme"):
        found[names[programme.get("channel")]].append(programme.findtext("title") or "")
    return found


async def test_readers_have_all_public_channels_of_an_edition(newsroom: Newsroom) -> None:
    empty = await newsroom.reader.get(ADDRESS)
    assert told(empty) == {}
    one, two = await a_stream(newsroom, "One"), await a_stream(newsroom, "Two", position=1)
    secret = await a_stream(newsroom, "Secret", public=False)
    await schedule(newsroom, one, "Dawn", "Noon")
    await schedule(newsroom, secret, "Pilot")

    answer = await newsroom.reader.get(f"{ADDRESS}?utm_source=box")

    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert told(answer) == {"One": ["Dawn", "Noon"], "Two": []}
    assert (await newsroom.reader.get(f"{ADDRESS}?edition=en")).content == answer.content
    assert (await newsroom.reader.get(f"{ADDRESS}?edition=xx")).status_code == 404
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (await newsroom.reader.get(ADDRESS, headers=known)).status_code == 304

    await newsroom.published("A story is no programme")
    assert (await newsroom.reader.get(ADDRESS, headers=known)).status_code == 304
    await schedule(newsroom, two, "Fog")
    assert told(await newsroom.reader.get(ADDRESS, headers=known)) == {
        "One": ["Dawn", "Noon"], "Two": ["Fog"],
    }  # fmt: skip


async def test_a_channel_keeps_the_id_by_which_guides_know_it(newsroom: Newsroom) -> None:
    known = [{"system": "xmltv", "id": "courier.example.org"}]
    stream = await a_stream(newsroom, "One", external_ids=known)
    await schedule(newsroom, stream, "Dawn")

    tv = read((await newsroom.reader.get(ADDRESS)).content)

    assert [each.get("id") for each in tv.iterfind("channel")] == ["courier.example.org"]
    assert [each.get("channel") for each in tv.iterfind("programme")] == ["courier.example.org"]


async def test_others_are_answered_while_a_large_guide_is_read() -> None:
    entry = {"start": NOON.isoformat(), "end": NOON.isoformat(), "title": "Tides",
             "subtitle": None, "description": "How high it comes. " * 20, "season": 1,
             "number": 1, "rating": None, "image": None}  # fmt: skip
    body, bases = (
        orjson.dumps(entry),
        {"web": "https://w", "api": "https://a", "media": "https://m"},
    )
    site = orjson.dumps({"addresses": [bases], "publisher": {"name": "Courier"}})
    of_site: list[Row] = [(site,)]
    many: list[Row] = [(b"1", body)] * 100_000

    async def rows(sql: str, *parameters: str | None) -> Sequence[Row]:
        return next(answers)

    answers, others = iter([of_site, [], many]), 0
    reading = asyncio.ensure_future(guides.load(rows, "en", NOON))
    while not reading.done():
        await asyncio.sleep(0.001)
        others += 1

    assert reading.result().channels == ()
    assert others > 10
