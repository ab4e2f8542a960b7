"""What readers are told of assets, while others change what it is made of."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from app.publishing.refresh import rerender_all
from tests import newsroom as newsrooms
from tests.editing.merges import until_waiting
from tests.editing.requests import create
from tests.imaging.drawing import jpeg, plain
from tests.newsroom import Newsroom

FILM = {"sources": [{"url": "https://cdn.example.org/a.mp4"}]}


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


@contextmanager
def somebody(newsroom: Newsroom) -> Iterator[psycopg.Connection]:
    """Somebody else with a transaction of their own, undone unless they commit it."""
    with psycopg.connect(newsroom.url) as connection:
        yield connection
        connection.rollback()


async def set_public(newsroom: Newsroom, public: bool) -> None:
    address = "/desk/schemas/asset"
    present = await newsroom.desk.get(address)
    shelf = {"type": "string", "x-public": public}
    answer = await newsroom.desk.put(
        address,
        json={"type": "object", "properties": {"shelf": shelf}},
        headers={"If-Match": present.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text


async def extras(newsroom: Newsroom, asset_id: str) -> Any:
    return (await newsroom.read(f"/v1/assets/{asset_id}"))["extras"]


async def test_a_field_that_is_no_longer_public_leaves_the_documents_of_assets(
    newsroom: Newsroom,
) -> None:
    await set_public(newsroom, True)
    first = await newsroom.picture(jpeg(plain(40, 30)), extras={"shelf": "B 7"})
    second = await newsroom.picture(jpeg(plain(30, 40)), extras={"shelf": "B 8"})
    await newsroom.published(image={"asset_id": first})
    draft = await newsroom.article(image={"asset_id": second})
    await newsroom.drain()
    assert await extras(newsroom, first) == {"shelf": "B 7"}

    with somebody(newsroom) as slow:
        # Whoever publishes has seen the old schema, and waits while the new one is followed.
        slow.execute(
            "INSERT INTO desk.dependencies (article_id, subject_id) SELECT %s, id FROM desk.site",
            [draft.json()["id"]],
        )
        publishing = asyncio.create_task(newsroom.publish(draft))
        await until_waiting(newsroom)
        await set_public(newsroom, False)
        await newsroom.drain()
        slow.rollback()
        await publishing
    await newsroom.drain()
    assert (await extras(newsroom, first), await extras(newsroom, second)) == ({}, {})


async def test_rerendering_makes_the_documents_of_assets_anew(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(plain(40, 30)), alt="As it was")
    await newsroom.published(image={"asset_id": asset_id})
    with psycopg.connect(newsroom.url) as connection:
        connection.execute("UPDATE desk.assets SET alt = 'As it is'")
    await rerender_all(newsroom.database)
    assert (await newsroom.read(f"/v1/assets/{asset_id}"))["alt"] == "As it is"


async def test_who_publishes_a_video_while_it_gets_a_poster_has_the_poster(
    newsroom: Newsroom,
) -> None:
    poster = await newsroom.picture(jpeg(plain(40, 30)), alt="A poster")
    video = await create(newsroom, "assets", kind="video", playback=FILM)
    draft = await newsroom.article(lead={"video": {"asset_id": video.json()["id"]}})
    with somebody(newsroom) as slow:
        slow.execute("UPDATE desk.assets SET poster_id = %s WHERE kind = 'video'", [poster])
        publishing = asyncio.create_task(newsroom.publish(draft))
        await until_waiting(newsroom)
        slow.commit()
        await publishing
    document = await newsroom.read(f"/v1/articles/{draft.json()['id']}")
    assert document["lead"]["video"]["poster"]["alt"] == "A poster"
    await newsroom.read(f"/v1/assets/{poster}")


async def test_a_video_in_which_nothing_can_be_played_leaves_no_empty_frame(
    newsroom: Newsroom,
) -> None:
    film = await newsroom.upload(b"\0\0\0\x18ftypisom\0\0\0\1isommp41", "a.mp4")
    sources = [{"asset_id": film.json()["id"]}]
    video = await create(newsroom, "assets", kind="video", playback={"sources": sources})
    lead, block = {"asset_id": video.json()["id"]}, {"type": "paragraph", "text": "It left."}
    article = await newsroom.published(lead={"video": lead}, body=[{"type": "video"} | lead, block])
    address = f"/v1/articles/{article.json()['id']}"
    await newsroom.drain()
    assert (await newsroom.read(address))["lead"]["video"]["sources"]

    expired = await newsroom.desk.put(
        film.headers["Location"],
        json={"rights": {"expires_at": "2026-01-01T00:00:00Z"}},
        headers={"If-Match": film.headers["ETag"]},
    )
    assert expired.status_code == 200, expired.text
    await newsroom.drain()
    document = await newsroom.read(address)
    assert (document["lead"], [each["type"] for each in document["body"]]) == (None, ["paragraph"])
    assert article.json()["content"]["body"][0].keys() == {"id", "type", "asset_id", "sources"}
    refused = await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/publish",
        json={},
        headers={"If-Match": (await newsroom.save(article, headline="On")).headers["ETag"]},
    )
    assert refused.status_code == 422
    assert "nothing in this asset" in refused.json()["errors"][0]["detail"]


async def test_what_leaves_the_open_part_of_an_article_brings_nothing_from_behind_the_cut(
    newsroom: Newsroom,
) -> None:
    picture = await newsroom.upload(jpeg(plain(40, 30)))
    await newsroom.drain()
    texts = [{"type": "paragraph", "text": text} for text in ("In the open.", "For subscribers.")]
    article = await newsroom.published(
        access={"level": "subscriber", "preview_blocks": 2},
        body=[{"type": "image", "asset_id": picture.json()["id"]}, *texts],
    )
    present = await newsroom.desk.get(picture.headers["Location"])
    await newsroom.desk.put(
        picture.headers["Location"],
        json={"rights": {"expires_at": "2026-01-01T00:00:00Z"}},
        headers={"If-Match": present.headers["ETag"]},
    )
    await newsroom.drain()
    document = await newsroom.read(f"/v1/articles/{article.json()['id']}")
    assert [block["text"] for block in document["body"]] == ["In the open."]
    assert document["access"]["preview_blocks"] == 1
