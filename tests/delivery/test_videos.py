"""Videos as anybody asks for them: one, in lists, their tracks, and what to play."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
from pydantic import SecretStr

from app import tokens
from app.delivery.playback_tokens import signers
from app.published.models import ReaderKey
from app.published.writes import Filmed, Put, Remove, Track
from tests.delivery.shelf import NOON, Shelf, a_document, an_article, hours, reading

PRIVATE = {
    "sources": [
        {"url": "https://cdn.example/a/master.m3u8", "media_type": "application/vnd.apple.mpegurl"}
    ],
    "key": "cdn-1",
    "minutes": 30,
    "available_from": None,
    "available_until": None,
}
SIGNERS = signers({"cdn-1": SecretStr("hmac:0123456789abcdef")})


def a_video(title: str = "a", *, private: dict[str, Any] | None = None, **fields: Any) -> Put:
    """An article with a video, in its lists."""
    locked = fields.pop("locked", False)
    filmed = Filmed(
        card=orjson.dumps({"title": title, "form": "card"}),
        full=orjson.dumps({"title": title, "form": "full"}),
        private=None if private is None else orjson.dumps(PRIVATE | private),
        locked=locked,
    )
    return an_article(title, has_video=True, video=filmed, **fields)


async def titles(reader: httpx.AsyncClient, query: str) -> str:
    answer = await reader.get(f"/v1/videos{query}")
    assert answer.status_code == 200, answer.text
    assert all(card["form"] == "card" for card in answer.json()["items"])
    return "".join(card["title"] for card in answer.json()["items"])


async def test_videos_are_listed_by_the_same_filters_as_articles(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    world, thea, storms, lights = uuid4(), uuid4(), uuid4(), uuid4()
    english = shelf.english
    await shelf.put(
        a_document("section", "World", identity=world, path="/world", edition="en"),
        a_document("person", "Thea", identity=thea, slug="thea"),
        a_document("topic", "Storms", identity=storms, slug="storms"),
        a_document("series", "Lights", identity=lights, slug="lights"),
        a_video("a", keys=frozenset({english, world, thea})),
        a_video("b", keys=frozenset({english, world, storms}), published_at=NOON + hours(1)),
        a_video("c", keys=frozenset({english, lights}), published_at=NOON + hours(2),
                genre="opinion", updated_at=NOON + hours(9)),
        a_video("d", keys=frozenset({shelf.french}), published_at=NOON + hours(3), edition="fr",
                language="fr"),
        an_article("words", keys=frozenset({english, world, thea, lights})),
    )  # fmt: skip

    for query, expected in {
        "": "dcba", "?order=oldest": "abcd", "?order=updated": "cdba", "?edition=fr": "d",
        "?section=world": "ba", "?person=thea": "a", "?topic=storms": "b", "?series=lights": "c",
        f"?series={lights}": "c", "?genre=opinion": "c", "?language=fr": "d",
        "?section=world&person=thea": "a", "?since=2026-11-20T14:00:00Z": "dc",
        "?until=2026-11-20T13:00:00Z": "a", "?section=world&genre=news&order=oldest": "ab",
    }.items():  # fmt: skip
        assert await titles(reader, query) == expected, query

    for query in ("?has_video=true", "?ids=x", "?format=video", "?section=nowhere", "?limit=0"):
        assert (await reader.get(f"/v1/videos{query}")).status_code == 422, query


async def test_pages_of_videos_follow_each_other_and_are_not_sent_twice(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    for at, name in enumerate("abcde"):
        await shelf.put(
            a_video(name, published_at=NOON + hours(at)),
            an_article("words", published_at=NOON + hours(at)),
        )

    seen, address = "", "/v1/videos?limit=2"
    while address:
        answer = await reader.get(address)
        seen += "".join(card["title"] for card in answer.json()["items"])
        address = answer.json()["next"]
    assert seen == "edcba"

    first = await reader.get("/v1/videos?limit=2")
    etag = {"If-None-Match": first.headers["ETag"]}
    assert (await reader.get("/v1/videos?limit=2", headers=etag)).status_code == 304
    assert (await reader.get("/v1/articles?limit=2", headers=etag)).status_code == 200
    cursor = first.json()["next"].replace("/v1/videos", "/v1/articles")
    assert (await reader.get(cursor)).status_code == 422, "a cursor fits its own list only"
    await shelf.put(a_video("f", published_at=NOON + hours(9)))
    assert (await reader.get("/v1/videos?limit=2", headers=etag)).status_code == 200


async def test_one_video_is_there_as_long_as_its_article_has_one(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    video, words = a_video(), an_article("words")
    await shelf.put(video, words)
    address = f"/v1/videos/{video.id}"

    found = await reader.get(address)
    assert found.json() == {"title": "a", "form": "full"}
    assert found.headers["Surrogate-Key"] == f"article-{video.id}"
    etag = {"If-None-Match": found.headers["ETag"]}
    assert (await reader.get(address, headers=etag)).status_code == 304
    for nothing in (words.id, uuid4(), "x"):
        assert (await reader.get(f"/v1/videos/{nothing}")).status_code == 404

    await shelf.put(an_article("a", identity=video.id, version=2))
    assert (await reader.get(address)).status_code == 404
    await shelf.put(Remove(id=video.id, kind="article", version=2, modified_at=NOON, status=451))
    assert (await reader.get(address)).status_code == 451


async def test_tracks_are_files_of_their_own(shelf: Shelf, reader: httpx.AsyncClient) -> None:
    video = a_video(
        tracks=[
            Track(name="captions/en.vtt", media_type="text/vtt", body=b"WEBVTT\n\nen"),
            Track(name="captions/fr.vtt", media_type="text/vtt", body=b"WEBVTT", locked=True),
            Track(name="attributions.vtt", media_type="text/vtt", body=b"WEBVTT\n\ncues"),
            Track(name="attributions.json", media_type="application/json", body=b'{"v":1}'),
        ]
    )
    await shelf.put(video)
    address = f"/v1/videos/{video.id}"

    captions = await reader.get(f"{address}/captions/en.vtt")
    assert (captions.text, captions.headers["Content-Type"]) == (
        "WEBVTT\n\nen", "text/vtt; charset=utf-8",
    )  # fmt: skip
    assert captions.headers["Access-Control-Allow-Origin"] == "*"
    etag = {"If-None-Match": captions.headers["ETag"]}
    assert (await reader.get(f"{address}/captions/en.vtt", headers=etag)).status_code == 304
    assert (await reader.get(f"{address}/attributions.vtt")).text == "WEBVTT\n\ncues"
    cues = await reader.get(f"{address}/attributions.json")
    assert (cues.json(), cues.headers["Content-Type"]) == ({"v": 1}, "application/json")
    for missing in ("de", "en.subtitles", "en,fr", "{x}"):
        assert (await reader.get(f"{address}/captions/{missing}.vtt")).status_code == 404, missing

    shut = await reader.get(f"{address}/captions/fr.vtt")
    assert shut.status_code == 401
    key = {"Authorization": f"Bearer {await a_key(shelf)}"}
    opened = await reader.get(f"{address}/captions/fr.vtt", headers=key)
    assert (opened.status_code, opened.headers["Cache-Control"]) == (200, "private, no-store")
    wrong = {"Authorization": f"Bearer {tokens.make().text}"}
    assert (await reader.get(f"{address}/captions/fr.vtt", headers=wrong)).status_code == 401


async def a_key(shelf: Shelf) -> str:
    token = tokens.make()
    async with shelf.database.write() as session:
        session.add(ReaderKey(prefix=token.prefix, digest=token.digest, expires_at=None))
    return token.text


async def test_playback_signs_the_sources_for_as_long_as_the_asset_says(
    shelf: Shelf, database_url: str
) -> None:
    video = a_video(private={})
    await shelf.put(video)
    async with reading(database_url, signers=SIGNERS) as reader:
        answer = await reader.post(f"/v1/videos/{video.id}/playback")
        head = await reader.get(f"/v1/videos/{video.id}")

    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    played = answer.json()
    expires = datetime.fromisoformat(played["expires_at"])
    assert timedelta(minutes=29) < expires - datetime.now(UTC) <= timedelta(minutes=30)
    [source] = played["sources"]
    asked = parse_qs(urlsplit(source["url"]).query)
    assert asked["expires"] == [str(int(expires.timestamp()))]
    assert asked["path"] == ["/a/"] and len(asked["signature"][0]) == 43
    assert "cdn.example" not in head.text


@pytest.mark.parametrize(
    ("private", "status", "says"),
    [
        (None, 409, "need no token"),
        ({"available_from": "2999-01-01T00:00:00Z"}, 409, "from 2999-01-01T00:00:00Z"),
        ({"available_until": "2020-01-01T00:00:00Z"}, 409, "until 2020-01-01T00:00:00Z"),
        ({"key": "cdn-2"}, 503, "no secret"),
    ],
)
async def test_what_cannot_be_played_says_why(
    shelf: Shelf, database_url: str, private: dict[str, Any] | None, status: int, says: str
) -> None:
    video = a_video(private=private)
    await shelf.put(video)
    async with reading(database_url, signers=SIGNERS) as reader:
        answer = await reader.post(f"/v1/videos/{video.id}/playback")

    assert (answer.status_code, says in answer.json()["detail"]) == (status, True), answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


async def test_no_token_outlives_the_time_in_which_a_video_may_be_seen(
    shelf: Shelf, database_url: str
) -> None:
    until = (datetime.now(UTC) + timedelta(minutes=5)).replace(microsecond=0)
    video = a_video(private={"available_until": until.isoformat()})
    await shelf.put(video)
    async with reading(database_url, signers=SIGNERS) as reader:
        answer = await reader.post(f"/v1/videos/{video.id}/playback")

    assert datetime.fromisoformat(answer.json()["expires_at"]) == until


async def test_a_restricted_video_is_played_with_a_key_alone(
    shelf: Shelf, database_url: str
) -> None:
    video = a_video(private={}, locked=True)
    await shelf.put(video)
    address = f"/v1/videos/{video.id}/playback"
    key = {"Authorization": f"Bearer {await a_key(shelf)}"}
    async with reading(database_url, signers=SIGNERS) as reader:
        nobody = await reader.post(address)
        wrong = await reader.post(address, headers={"Authorization": "Bearer mh_x"})
        somebody = await reader.post(address, headers=key)

    assert (nobody.status_code, wrong.status_code, somebody.status_code) == (401, 401, 200)


async def test_playback_is_posted_and_nothing_else_is(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    address = f"/v1/videos/{UUID(int=7)}/playback"

    assert (await reader.post(address)).status_code == 404
    assert (await reader.post("/v1/videos/x/playback")).status_code == 404
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        refused = await reader.request(method, address)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "POST, OPTIONS"), method
    preflight = await reader.options(address)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    usual = await reader.options("/v1/videos")
    assert usual.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert (await reader.post("/v1/videos")).headers["Allow"] == "GET, HEAD, OPTIONS"
    assert (await reader.post(address, content=b"{}")).status_code == 413
    assert (await reader.post(f"{address}?x=1")).status_code == 422
