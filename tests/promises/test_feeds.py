"""What readers may not have is in no feed, whatever its format; of restricted articles there is
what anyone may read.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app.feeds.table import FORMATS
from tests.newsroom import Newsroom

HIDDEN = "zxq"
"""Begins every word that nobody may find."""

SHOWS = {"all": "text", "video": "film", "audio": "sound"}
"""Which of the public articles is in every feed of the kind."""


async def _playable(newsroom: Newsroom, word: str, kind: str, **fields: Any) -> str:
    form = ("m3u8", "application/vnd.apple.mpegurl") if kind == "video" else ("mp3", "audio/mpeg")
    source = {"url": f"https://media.example/{word}.{form[0]}", "media_type": form[1]}
    answer = await newsroom.desk.post(
        "/desk/assets",
        json={
            "kind": kind, "title": word, "duration_ms": 60_000,
            "playback": {"sources": [source]}, **fields,
        },
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _picture(newsroom: Newsroom, word: str, **fields: Any) -> str:
    answer = await newsroom.desk.post(
        "/desk/assets",
        json={
            "kind": "image", "url": f"https://media.example/{word}.jpg", "alt": word,
            "width": 1600, "height": 900, **fields,
        },
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _article(newsroom: Newsroom, word: str, **fields: Any) -> httpx.Response:
    """One with a film; everything in it is called by this word."""
    if "lead" not in fields:
        film = await _playable(newsroom, word, "video")
        fields["lead"] = {"video": {"asset_id": film}}
    picture = await _picture(newsroom, word)
    return await newsroom.article(
        f"A story about {word}", summary=f"What is new about {word}.",
        image={"asset_id": picture}, body_markdown=f"First {word}.\n\nThen {word}.", **fields,
    )  # fmt: skip


async def _feeds(newsroom: Newsroom, places: list[str]) -> dict[str, str]:
    found = {}
    for place in places:
        for name in FORMATS:
            address = f"/feeds/{place}.{name}"
            answer = await newsroom.reader.get(address)
            assert answer.status_code == 200, (address, answer.text)
            found[address] = answer.text
    return found


async def test_what_readers_may_not_have_is_in_no_feed(newsroom: Newsroom) -> None:
    section = await newsroom.section("News")
    made = await newsroom.desk.post("/desk/topics", json={"name": "Tides"})
    assert made.status_code == 201, made.text
    of = {"section_id": section, "topic_ids": [made.json()["id"]]}
    for name, kind in (("film", "video"), ("sound", "audio")):
        played = await _playable(newsroom, f"open{name}", kind)
        lead = {kind: {"asset_id": played}}
        form = {"format": kind}
        await newsroom.publish(await _article(newsroom, f"open{name}", lead=lead, **form, **of))
    withdrawn = await newsroom.publish(await _article(newsroom, f"{HIDDEN}withdrawn", **of))
    withheld = await newsroom.publish(await _article(newsroom, f"{HIDDEN}withheld", **of))
    await _article(newsroom, f"{HIDDEN}draft", **of)
    moment = datetime.now(UTC) + timedelta(seconds=1)
    ends = {"rights": {"expires_at": moment.isoformat()}}
    film = await _playable(newsroom, f"{HIDDEN}film", "video", **ends)
    picture = await _picture(newsroom, f"{HIDDEN}picture", **ends)
    body = [
        {"type": "paragraph", "text": "Before."}, {"type": "image", "asset_id": picture},
    ]  # fmt: skip
    await newsroom.published(
        "The rights of this one end", lead={"video": {"asset_id": film}}, body=body,
        image={"asset_id": picture}, **of,
    )  # fmt: skip
    paid = await newsroom.article(
        "A story for subscribers", body_markdown=f"Anyone.\n\n{HIDDEN}paid words.",
        access={"level": "subscriber", "preview_blocks": 1}, **of,
    )  # fmt: skip
    await newsroom.publish(paid)
    await newsroom.drain()
    places = ["latest", "sections/news", "topics/tides"]
    before = await _feeds(newsroom, places)
    for address, text in before.items():
        shown = FORMATS[address.rpartition(".")[2]].shows
        assert f"open{'sound' if shown == 'audio' else 'film'}" in text, address
    assert any(f"{HIDDEN}withdrawn" in text for text in before.values())
    assert any(f"{HIDDEN}film" in text for text in before.values())

    for article, options in ((withdrawn, {}), (withheld, {"status": 451})):
        address = f"/desk/articles/{article.json()['id']}"
        present = await newsroom.desk.get(address)
        answer = await newsroom.desk.post(
            f"{address}/withdraw", json=options,
            headers={"If-Match": present.headers["ETag"]},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
    while datetime.now(UTC) < moment:
        await newsroom.drain()
    assert await newsroom.expire() == 2
    await newsroom.drain()

    after = await _feeds(newsroom, places)
    assert [address for address, text in after.items() if HIDDEN in text] == []
    assert "A story for subscribers" in after["/feeds/latest.rss"]
    assert "Anyone." in after["/feeds/latest.rss"]
    assert "The rights of this one end" in after["/feeds/latest.rss"]
