"""What pages say in their head, what others embed, and the list of feeds, read by their readers."""

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import listparser
import micawber
import pytest
from extruct.opengraph import OpenGraphExtractor

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.publishing.filming import MP4, film, led_by

BASE = "http://127.0.0.1:8000"
IMAGE = {"url": "https://pictures.example/pier.jpg", "alt": 'A "pier" & <more>', "width": 1600,
         "height": 900}  # fmt: skip


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


class _Elements(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


async def head_of(newsroom: Newsroom, **fields: Any) -> dict[str, Any]:
    made = await newsroom.published(**fields)
    return await newsroom.read(f"/v1/articles/{made.json()['id']}/head")


def named(head: dict[str, Any]) -> dict[str, str]:
    return {each["name"] or each["property"]: each["content"] for each in head["meta"]}


async def test_it_says_what_those_show_who_share_it(newsroom: Newsroom) -> None:
    topic = await newsroom.desk.post("/desk/topics", json={"name": "Tides"})
    person = await newsroom.desk.post("/desk/people", json={"name": "Ines Valdo"})
    head = await head_of(
        newsroom, headline='Fog & <ferries> "again"', summary="Nobody sailed.",
        lead={"image": IMAGE}, topic_ids=[topic.json()["id"]],
        bylines=[{"person_id": person.json()["id"]}], rights={"tdm": "reserved"},
        published_at="2026-03-05T09:00:00Z", updated_at="2026-03-05T10:00:00Z",
    )  # fmt: skip

    assert head["title"] == 'Fog & <ferries> "again"'
    assert named(head) == {
        "description": "Nobody sailed.",
        "author": "Ines Valdo",
        "tdm-reservation": "1",
        "twitter:card": "summary_large_image",
        "twitter:title": 'Fog & <ferries> "again"',
        "twitter:description": "Nobody sailed.",
        "twitter:image": IMAGE["url"],
        "twitter:image:alt": IMAGE["alt"],
        "og:type": "article",
        "og:title": 'Fog & <ferries> "again"',
        "og:description": "Nobody sailed.",
        "og:url": f"{BASE}/news/2026/03/fog-ferries-again",
        "og:site_name": "A Masthead newsroom",
        "og:image": IMAGE["url"],
        "og:image:width": "1600",
        "og:image:height": "900",
        "og:image:alt": IMAGE["alt"],
        "article:published_time": "2026-03-05T09:00:00Z",
        "article:modified_time": "2026-03-05T10:00:00Z",
        "article:author": f"{BASE}/people/ines-valdo",
        "article:section": "News",
        "article:tag": "Tides",
    }


async def test_its_html_says_the_same(newsroom: Newsroom) -> None:
    head = await head_of(newsroom, headline='</title><b> "&', lead={"image": IMAGE})

    read = _Elements(head["html"])
    metas = [attributes for tag, attributes in read.found if tag == "meta"]
    links = [attributes for tag, attributes in read.found if tag == "link"]

    assert {tag for tag, _ in read.found} == {"title", "meta", "link"}
    assert read.text.startswith('</title><b> "&\n')
    assert metas == [{k: v for k, v in each.items() if v is not None} for each in head["meta"]]
    assert links == [{k: v for k, v in each.items() if v is not None} for each in head["links"]]
    [graph] = OpenGraphExtractor().extract(f"<html><head>{head['html']}</head></html>")
    assert ("og:title", '</title><b> "&') in graph["properties"]
    assert ("og:image:alt", IMAGE["alt"]) in graph["properties"]


async def test_translations_name_each_other(newsroom: Newsroom) -> None:
    french = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr",
              "base_url": "https://fr.example.org"}  # fmt: skip
    assert (await newsroom.desk.post("/desk/editions", json=french)).status_code == 201
    section = await newsroom.desk.post("/desk/sections", json={"edition": "fr", "name": "Monde"})
    english = await newsroom.published("Fog", published_at="2026-03-05T09:00:00Z")
    told = await newsroom.published(
        "Brume", section_id=section.json()["id"], translation_of=english.json()["id"],
        published_at="2026-03-05T09:00:00Z",
    )  # fmt: skip
    await newsroom.drain()

    wanted = {
        "en": f"{BASE}/news/2026/03/fog",
        "x-default": f"{BASE}/news/2026/03/fog",
        "fr": "https://fr.example.org/fr/monde/2026/03/brume",
    }
    for each in (english, told):
        head = await newsroom.read(f"/v1/articles/{each.json()['id']}/head")
        links = {each["hreflang"]: each["href"] for each in head["links"] if each["hreflang"]}
        assert links == wanted


async def test_it_leads_to_its_feeds_and_other_forms(newsroom: Newsroom) -> None:
    head = await head_of(newsroom, headline="Fog", lead={"image": IMAGE})

    links = {each["type"]: each["href"] for each in head["links"] if each["rel"] == "alternate"}
    assert links["application/ld+json"] == f"{BASE}/v1/articles/{head['id']}.jsonld"
    followed = [each["href"] for each in head["links"]
                if each["type"] in ("application/rss+xml", "application/json+oembed",
                                    "text/xml+oembed")]  # fmt: skip
    assert len(followed) == 4
    for href in followed:
        assert (await newsroom.reader.get(href.removeprefix(BASE))).status_code == 200, href


async def test_what_is_at_home_elsewhere_says_so(newsroom: Newsroom) -> None:
    elsewhere = "https://elsewhere.example/fog"
    head = await head_of(newsroom, headline="Fog", seo={"canonical_url": elsewhere})

    assert [each["href"] for each in head["links"] if each["rel"] == "canonical"] == [elsewhere]
    assert named(head)["og:url"] == elsewhere


async def test_films_can_be_played_where_they_are_shared(newsroom: Newsroom) -> None:
    head = await head_of(newsroom, headline="Inside", **led_by(await film(newsroom)))
    told = named(head)
    assert told["og:video"].startswith("https://media.example.org/")
    assert "og:video:type" in told
    locked = await film(newsroom, playback={"token": {"key": "cdn-1"}})
    head = await head_of(newsroom, headline="Locked", **led_by(locked))
    assert "og:video" not in named(head)
    assert MP4 not in head["html"]
    later = await film(newsroom, playback={"available_from": "2031-01-01T00:00:00Z"})
    head = await head_of(newsroom, headline="Later", **led_by(later))
    assert "og:video" not in named(head)


async def test_a_head_goes_with_its_article(newsroom: Newsroom) -> None:
    made = await newsroom.published("Fog")
    address = f"/v1/articles/{made.json()['id']}/head"
    first = await newsroom.reader.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await newsroom.reader.get(address, headers=known)).status_code == 304

    again = await newsroom.publish(await newsroom.save(made, headline="Mist"))
    second = await newsroom.reader.get(address, headers=known)
    assert second.json()["title"] == "Mist"

    await newsroom.desk.post(
        f"/desk/articles/{made.json()['id']}/withdraw", json={"status": 451},
        headers={"If-Match": again.headers["ETag"]},
    )  # fmt: skip
    assert (await newsroom.reader.get(address)).status_code == 451
    draft = await newsroom.article("Draft")
    missing = await newsroom.reader.get(f"/v1/articles/{draft.json()['id']}/head")
    assert missing.status_code == 404


class _Ours(micawber.Provider):  # type: ignore[misc]
    """A client of oEmbed that gets its answers from this newsroom."""

    asked: dict[str, str] = {}
    answer = ""

    def fetch(self, url: str) -> str:
        assert dict(parse_qsl(urlsplit(url).query)) == self.asked
        return self.answer


async def test_others_can_embed_it(newsroom: Newsroom) -> None:
    made = await newsroom.published(
        "Fog & <ferries>", summary="Nobody sailed.", lead={"image": IMAGE},
        bylines=[{"name": "Ines Valdo"}], published_at="2026-03-05T09:00:00Z",
    )  # fmt: skip
    url = f"{BASE}/news/2026/03/fog-ferries"
    provider = _Ours(f"{BASE}/oembed", maxwidth=500, maxheight=300)
    sizes = {"maxwidth": "500", "maxheight": "300"}
    provider.asked = {"format": "json", "url": url} | sizes
    provider.answer = (await newsroom.reader.get("/oembed", params=provider.asked)).text

    answer = provider.request(url)

    assert (answer["version"], answer["type"], answer["title"]) == (
        "1.0",
        "rich",
        "Fog & <ferries>",
    )
    assert answer["provider_name"] == "A Masthead newsroom"
    assert 200 <= answer["width"] <= 500 and 100 <= answer["height"] <= 300
    assert "thumbnail_url" not in answer  # it is wider than what was asked for
    least = {"url": url, "maxwidth": 90, "maxheight": 40}
    small = await newsroom.read("/oembed?" + urlencode(least))
    assert (small["width"], small["height"]) == (90, 40)
    read = _Elements(answer["html"])
    assert [tag for tag, _ in read.found] == ["blockquote", "p", "a", "p", "footer"]
    assert read.found[2][1]["href"] == url
    assert "Fog & <ferries>" in read.text and "Nobody sailed." in read.text
    wide = await newsroom.read("/oembed?" + urlencode({"url": url}))
    assert wide["thumbnail_url"] == IMAGE["url"]
    assert (wide["thumbnail_width"], wide["thumbnail_height"]) == (1600, 900)
    assert made.status_code == 200


async def test_oembed_speaks_xml_and_says_what_it_has_not(newsroom: Newsroom) -> None:
    await newsroom.published("Fog", published_at="2026-03-05T09:00:00Z")
    url = f"{BASE}/news/2026/03/fog"

    xml = await newsroom.reader.get("/oembed", params={"url": url, "format": "xml"})
    assert xml.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(xml.content)
    as_json = await newsroom.read("/oembed?" + urlencode({"url": url + "?utm_source=x#top"}))
    assert {each.tag: each.text for each in root} == {k: str(v) for k, v in as_json.items()}
    for address, status in (
        ({"url": url, "format": "yaml"}, 501), ({"url": BASE + "/news"}, 404),
        ({"url": "https://elsewhere.example/news/2026/03/fog"}, 404), ({"url": "fog"}, 404),
        ({}, 422), ({"url": url, "maxwidth": "wide"}, 422), ({"url": "http://[::1"}, 404),
        ({"url": BASE + "/news/2026/03/%ff"}, 404), ({"url": url, "other": "x"}, 200),
    ):  # fmt: skip
        answer = await newsroom.reader.get("/oembed", params=address)
        assert answer.status_code == status, f"{address}: {answer.text}"


async def test_readers_of_feeds_import_them_all(newsroom: Newsroom) -> None:
    await newsroom.published("Fog")
    await newsroom.section("Harbour & sea", parent_id=await newsroom.section("News"))
    saved = {"edition": "en", "slug": "tides", "title": "Tides", "query": {}, "public": True}
    made = await newsroom.desk.post("/desk/feeds", json=saved)
    assert made.status_code == 201, made.text
    await newsroom.drain()

    answer = await newsroom.reader.get("/feeds.opml")

    assert answer.headers["Content-Type"].startswith("text/x-opml")
    found = listparser.parse(answer.content)
    assert not found["bozo"]
    assert found["meta"]["title"] == "A Masthead newsroom"
    assert [(each["title"], each["url"].removeprefix(BASE)) for each in found["feeds"]] == [
        ("A Masthead newsroom", "/feeds/latest.rss?edition=en"),
        ("News", "/feeds/sections/news.rss"),
        ("News › Harbour & sea", "/feeds/sections/news/harbour-sea.rss"),
        ("Tides", "/feeds/saved/tides.rss"),
    ]
    for each in found["feeds"]:
        assert (await newsroom.reader.get(each["url"].removeprefix(BASE))).status_code == 200
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (await newsroom.reader.get("/feeds.opml", headers=known)).status_code == 304
    await newsroom.section("Weather")
    again = await newsroom.reader.get("/feeds.opml", headers=known)
    assert "/feeds/sections/weather.rss" in again.text
    assert (await newsroom.reader.get("/feeds.opml?edition=xx")).status_code == 404
