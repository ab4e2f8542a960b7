"""Importing media from an old system that is a real server, into articles as they are."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.exchange.media import taking
from app.exchange.media.importing import Options, import_media
from app.exchange.media.report import Report
from app.exchange.wordpress.importing import Options as WordPress
from app.exchange.wordpress.importing import import_file
from app.identity.actor import SYSTEM
from app.storage.disk import Disk
from app.storage.faults import Full
from tests import newsroom as newsrooms
from tests.exchange.wordpress import wxr
from tests.imaging.drawing import jpeg, landscape, plain
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, redirect, reply, stranger

LARGE, SMALL, OTHER = (jpeg(landscape(width, width * 3 // 4)) for width in (300, 100, 200))
FILM = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"film" * 100
WEBM = b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01\x42\x82\x84webm" + b"film" * 100


@pytest.fixture
async def newsroom(site_url: str, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, data_dir=tmp_path) as opened:
        yield opened


@pytest.fixture
async def old() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        playing.pages |= {
            "/harbour.jpg": reply(200, LARGE, content_type="image/jpeg"),
            "/harbour-300x200.jpg": reply(200, SMALL),
            "/only-300x200.jpg": reply(200, SMALL),
            "/poster.jpg": redirect("/moved.jpg", 301),
            "/moved.jpg": reply(200, OTHER),
            "/ferry.mp4": reply(200, FILM),
            "/ferry.webm": reply(200, WEBM),
            "/list.m3u8": reply(200, "#EXTM3U\n#EXTINF:1,\nhttps://old.example.org/1.ts\n"),
            "/broken.jpg": reply(200, LARGE[:1000]),
        }
        yield playing


def at(old: Stranger, name: str) -> str:
    return old.url(f"/{name}", "old.example.org")


async def imported(newsroom: Newsroom, old: Stranger, **options: Any) -> Report:
    hosts = (f"old.example.org:{old.port}",)
    return await import_media(newsroom.database, SYSTEM, Options(hosts, at="127.0.0.1", **options))


async def content(newsroom: Newsroom, article_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await newsroom.desk.get(f"/desk/articles/{article_id}")).json()
    return found


def count(newsroom: Newsroom, what: str) -> int:
    with psycopg.connect(newsroom.url) as connection:
        row = connection.execute(b"SELECT count(*) FROM desk." + what.encode()).fetchone()
    assert row is not None
    return int(row[0])


def outcomes(report: Report) -> dict[str, str]:
    return {file.urls[0].rpartition("/")[2]: file.outcome for file in report.files}


async def test_what_articles_show_comes_here_and_stays_shown(
    newsroom: Newsroom, old: Stranger
) -> None:
    picture = {"url": at(old, "harbour-300x200.jpg"), "alt": "The harbour", "credit": "Photo: M"}
    live = await newsroom.published(
        lead={"image": picture},
        body=[
            {"type": "image", "url": at(old, "harbour.jpg"), "caption": "At dawn"},
            {"type": "image", "url": at(old, "missing.jpg")},
            {"type": "video", "poster": {"url": at(old, "poster.jpg")},
             "sources": [{"url": at(old, "ferry.mp4")}, {"url": at(old, "ferry.webm")}]},
            {"type": "image", "url": "https://elsewhere.example/x.jpg"},
        ],
    )  # fmt: skip
    changed = await newsroom.published("Changed", lead={"image": picture})
    changed = await newsroom.save(changed, headline="Changed since")
    draft = await newsroom.article(image=picture, body_markdown="Text.")
    none = await newsroom.article("Without")
    for each in (live, draft):
        moved = await newsroom.desk.post(
            f"/desk/articles/{each.json()['id']}/stage", json={"stage": "ready"},
            headers={"If-Match": "*"},
        )  # fmt: skip
        assert moved.status_code == 200, moved.text
    ids = [each.json()["id"] for each in (live, changed, draft, none)]
    before = [await content(newsroom, each) for each in ids]
    card = await newsroom.read(f"/v1/articles/{ids[0]}?view=card")

    dry = await imported(newsroom, old, dry_run=True)
    assert (set(outcomes(dry).values()), old.asked, count(newsroom, "assets")) == (
        {"found"}, [], 0,
    )  # fmt: skip
    assert dry.hosts["elsewhere.example"] == 1

    report = await imported(newsroom, old)
    assert outcomes(report) == {
        "harbour-300x200.jpg": "fetched", "harbour.jpg": "there", "missing.jpg": "failed",
        "ferry.mp4": "fetched", "poster.jpg": "fetched",
    }  # fmt: skip
    assert report.reasons() == {"The server answers 404 there.": [at(old, "missing.jpg")]}
    assert report.article_counts == {"republished": 1, "rewritten": 2}
    assert old.targets.count("/harbour.jpg") == 1

    now = [await content(newsroom, each) for each in ids]
    document = await newsroom.read(f"/v1/articles/{ids[0]}")
    lead, [first, missing, video, elsewhere] = document["lead"]["image"], document["body"]
    assert (lead["url"][:7], lead["alt"], lead["credit"]) == ("/media/", "The harbour", "Photo: M")
    assert (first["image"]["caption"], first["image"]["width"]) == ("At dawn", 300)
    assert missing["image"]["url"] == at(old, "missing.jpg")
    assert elsewhere["image"]["url"] == "https://elsewhere.example/x.jpg"
    assert [each["media_type"] for each in video["video"]["sources"]] == ["video/mp4", "video/webm"]
    assert video["video"]["poster"]["url"].startswith("/media/")
    assert (await newsroom.reader.get(video["video"]["sources"][0]["url"])).content == FILM
    assert document["version"] == 2
    assert document["updated_at"] == card["updated_at"]
    assert now[1]["live"]["has_changes"] and now[1]["live"] == before[1]["live"]
    assert now[2]["content"]["image"]["asset_id"] == now[0]["content"]["lead"]["image"]["asset_id"]
    assert now[3] == before[3]
    assert [each["stage"] for each in now] == [each["stage"] for each in before]
    assert [block["id"] for block in now[0]["content"]["body"]] == [
        block["id"] for block in before[0]["content"]["body"]
    ]
    asset = await newsroom.desk.get(f"/desk/assets/{now[2]['content']['image']['asset_id']}")
    assert (asset.json()["alt"], asset.json()["imported_from"]) == (
        "The harbour", at(old, "harbour.jpg"),
    )  # fmt: skip

    revisions, assets = count(newsroom, "revisions"), count(newsroom, "assets")
    again = await imported(newsroom, old)
    assert (outcomes(again), again.articles) == ({"missing.jpg": "failed"}, [])
    assert (count(newsroom, "revisions"), count(newsroom, "assets")) == (revisions, assets)


async def test_what_cannot_be_had_stays_where_it_is(
    newsroom: Newsroom, old: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PAUSE", 0.01)
    old.pages["/away.jpg"] = reply(503, "Away")
    article = await newsroom.published(
        body=[
            {"type": "image", "url": at(old, "broken.jpg")},
            {"type": "image", "url": at(old, "away.jpg")},
            {"type": "image", "url": at(old, "only-300x200.jpg")},
            {"type": "video", "sources": [{"url": at(old, "list.m3u8")}]},
            {"type": "html", "html": f"<img src='{at(old, 'harbour.jpg')}'>"},
        ]
    )

    report = await imported(newsroom, old)

    assert outcomes(report) == {
        "broken.jpg": "failed", "away.jpg": "failed", "only-300x200.jpg": "fetched",
        "list.m3u8": "failed",
    }  # fmt: skip
    assert old.targets.count("/away.jpg") == 3
    assert report.still_named == 1
    assert any("playlist" in reason for reason in report.reasons())
    body = (await content(newsroom, article.json()["id"]))["content"]["body"]
    assert ["asset_id" in block for block in body] == [False, False, True, False, False]
    assert count(newsroom, "assets") == 1

    old.pages |= {"/broken.jpg": reply(200, LARGE), "/away.jpg": reply(200, OTHER)}
    report = await imported(newsroom, old)
    assert report.file_counts == {"fetched": 2, "failed": 1}
    body = (await content(newsroom, article.json()["id"]))["content"]["body"]
    assert ["asset_id" in block for block in body] == [True, True, True, False, False]


async def test_broken_off_it_goes_on(
    newsroom: Newsroom, old: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a disk that is full after one picture, and an asset that somebody began at the desk."""
    names = [f"{number}.jpg" for number in range(3)]
    for number, name in enumerate(names):
        old.pages[f"/{name}"] = reply(200, jpeg(plain(40 + number, 40)))
    article = await newsroom.published(
        body=[{"type": "image", "url": at(old, name)} for name in names]
    )
    writes, put = 0, Disk.write

    async def write(self: Disk, key: str, source: Any) -> None:
        nonlocal writes
        writes += key.startswith("originals/")
        if writes > 1:
            raise Full("No room.")
        await put(self, key, source)

    with monkeypatch.context() as full:
        full.setattr(Disk, "write", write)
        with pytest.raises(Full):
            await imported(newsroom, old, at_once=1)
    assert count(newsroom, "assets") == 1
    assert (await content(newsroom, article.json()["id"]))["revision"] == 1

    report = await imported(newsroom, old)
    assert sorted(outcomes(report).values()) == ["fetched", "fetched", "there"]
    assert len(old.asked) == 4
    body = (await content(newsroom, article.json()["id"]))["content"]["body"]
    assert all("asset_id" in block for block in body)


async def test_wordpress_may_be_imported_again(
    newsroom: Newsroom, old: Stranger, tmp_path: Path
) -> None:
    """What has come here stays here; only what changed there changes here."""
    picture = f'<a href="{at(old, "harbour.jpg")}"><img src="{at(old, "harbour-300x200.jpg")}"></a>'
    file = wxr.written(tmp_path / "a.xml", wxr.post(1, content=f"{picture}\n\nFog."))

    async def wordpress() -> Counter[str]:
        done = await import_file(newsroom.database, SYSTEM, file, WordPress())
        return Counter(item.outcome for item in done.items if item.kind == "post")

    assert await wordpress() == {"imported": 1}
    assert (await imported(newsroom, old)).article_counts == {"republished": 1}
    [article] = (await newsroom.desk.get("/desk/articles")).json()["items"]
    before = await content(newsroom, article["id"])
    assert before["content"]["body"][0].keys() == {"type", "id", "asset_id"}

    assert await wordpress() == {"unchanged": 1}
    assert await content(newsroom, article["id"]) == before
    wxr.written(file, wxr.post(1, content=f"{picture}\n\nFog lifts."))
    assert await wordpress() == {"updated": 1}
    after = await content(newsroom, article["id"])
    assert after["content"]["body"][0] == before["content"]["body"][0]
    assert (after["revision"], after["live"]["has_changes"]) == (before["revision"] + 1, False)


async def test_who_wrote_an_article_may_write_it_again(newsroom: Newsroom, old: Stranger) -> None:
    """An importer that knows nothing of this is not told that somebody has changed its article."""
    section = await newsroom.section("News")
    sent = {"headline": "Fog", "section_id": section, "body_markdown": "Fog.",
            "image": {"url": at(old, "harbour.jpg")}}  # fmt: skip
    address = "/desk/articles/by-external/cms/7"
    assert (await newsroom.desk.put(address, json=sent)).status_code == 201
    assert (await imported(newsroom, old)).article_counts == {"rewritten": 1}

    again = await newsroom.desk.put(address, json=sent | {"headline": "Fog lifts"})

    assert again.status_code == 200, again.text
    assert (await imported(newsroom, old)).file_counts == {"there": 1}
