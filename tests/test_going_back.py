"""Undoing a migration: what the older program must be able to read afterwards."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import text

from app import migrate
from tests import newsroom as newsrooms
from tests.imaging.drawing import jpeg, plain
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(database_url) as opened:
        yield opened


async def test_whoever_knows_no_citations_finds_none_in_the_content(newsroom: Newsroom) -> None:
    """It refuses fields that it does not know: it could not read a single article."""
    work = await newsroom.desk.post("/desk/works", json={"kind": "report", "title": "Audit"})
    cited = {"type": "background", "work_id": work.json()["id"]}
    await newsroom.published(citations=[cited])

    await asyncio.to_thread(migrate.move, newsroom.url, "0001")

    async with newsroom.database.read() as session:
        query = text("SELECT headline FROM desk.articles JOIN desk.revisions ON article_id = id"
                     " WHERE NOT content ? 'citations'")  # fmt: skip
        assert (await session.execute(query)).scalars().all() == ["Fog at sea"]


async def test_whoever_knows_no_series_finds_none(newsroom: Newsroom) -> None:
    told = {"edition": "en", "title": "Lights", "public": True}
    series = await newsroom.desk.post("/desk/series", json=told)
    await newsroom.published(episode={"series_id": series.json()["id"], "number": 1})

    await asyncio.to_thread(migrate.move, newsroom.url, "0003")

    async with newsroom.database.read() as session:
        held = text("SELECT count(*) FROM desk.revisions WHERE content ? 'episode'")
        assert (await session.execute(held)).scalar_one() == 0
        shown = text(
            "SELECT kind FROM published.documents WHERE path LIKE '/series/%' OR slug = 'en'"
            " UNION SELECT 'at a path' FROM published.paths WHERE path LIKE '/series/%'"
            " ORDER BY kind"
        )
        assert (await session.execute(shown)).scalars().all() == ["edition", "sections"]


async def test_whoever_knows_no_feeds_finds_none(newsroom: Newsroom) -> None:
    """Nor what articles say of partners, which it would refuse to read."""
    await newsroom.published(rights={"syndication": False})
    feeds = []
    for public in (True, False):
        told = {"edition": "en", "title": f"Public: {public}", "public": public}
        answer = await newsroom.desk.post("/desk/feeds", json=told)
        feeds.append(UUID(answer.json()["id"]))
    await newsroom.drain()
    in_lists = text("SELECT count(*) FROM published.listings WHERE key = ANY(:feeds)")
    async with newsroom.database.read() as session:
        assert (await session.execute(in_lists, {"feeds": feeds})).scalar_one() == 2

    await asyncio.to_thread(migrate.move, newsroom.url, "0006")

    async with newsroom.database.read() as session:
        assert (await session.execute(in_lists, {"feeds": feeds})).scalar_one() == 0
        held = text("SELECT content -> 'rights' FROM desk.revisions")
        assert (await session.execute(held)).scalars().all() == [{"tdm": None, "license": None}]
        left = text("SELECT path FROM published.paths WHERE path LIKE '/feeds%'"
                    " UNION SELECT slug FROM published.documents WHERE kind = 'feed'")  # fmt: skip
        assert (await session.execute(left)).scalars().all() == []


async def test_whoever_knows_no_assets_finds_none_in_the_content(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(plain(40, 30)))
    elsewhere = {"url": "https://media.example.org/a.jpg"}
    body = [
        {"type": "image", "asset_id": asset_id},
        {"type": "gallery", "images": [{"asset_id": asset_id}]},
        {"type": "gallery", "images": [elsewhere, {"asset_id": asset_id}]},
        {"type": "paragraph", "text": "Fog."},
    ]
    await newsroom.published(lead={"image": {"asset_id": asset_id}}, image=elsewhere, body=body)
    for name, image in (("Juno Tarrowby", elsewhere), ("Mara Tollen", {"asset_id": asset_id})):
        await newsroom.desk.post("/desk/people", json={"name": name, "image": image})
    site = await newsroom.desk.get("/desk/site")
    publisher = site.json()["publisher"] | {"logo": {"asset_id": asset_id}}
    told = {"name": "Courier", "addresses": site.json()["addresses"], "publisher": publisher}
    headers = {"If-Match": site.headers["ETag"]}
    assert (await newsroom.desk.put("/desk/site", json=told, headers=headers)).status_code == 200

    await asyncio.to_thread(migrate.move, newsroom.url, "0002")

    async with newsroom.database.read() as session:
        [content] = (await session.execute(text("SELECT content FROM desk.revisions"))).scalars()
        portraits = text("SELECT image - 'url' FROM desk.people ORDER BY name")
        plain_portrait, none = (await session.execute(portraits)).scalars()
        logo = text("SELECT publisher -> 'logo' FROM desk.site")
        assert (await session.execute(logo)).scalars().all() == [None]
    assert (none, "asset_id" in plain_portrait) == (None, False)
    assert "asset_id" not in str(content)
    assert (content["lead"], content["image"]["url"]) == (None, elsewhere["url"])
    assert [block["type"] for block in content["body"]] == ["gallery", "paragraph"]
    assert [image["url"] for image in content["body"][0]["images"]] == [elsewhere["url"]]


async def test_keys_of_partners_end_with_what_knows_of_partners(newsroom: Newsroom) -> None:
    """After another upgrade they would be keys of nobody."""
    partner = await newsroom.desk.post("/desk/partners", json={"name": "Acme Wire"})
    address = f"/desk/partners/{partner.json()['id']}/keys"
    key = await newsroom.desk.post(address, json={"name": "Theirs"})

    await asyncio.to_thread(migrate.move, newsroom.url, "0007")

    async with newsroom.database.read() as session:
        valid = text("SELECT prefix FROM desk.keys WHERE revoked_at IS NULL")
        left = (await session.execute(valid)).scalars().all()
        assert left
        assert key.json()["prefix"] not in left
