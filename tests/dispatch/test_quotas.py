"""How much a partner may have in a day, and what is told of what it had."""

import asyncio
import gzip
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.dispatch.partners import metering
from app.identity.actor import Actor
from app.identity.scopes import Scope
from tests.dispatch.saved import key_of, partner, pull, usage
from tests.newsroom import Newsroom


async def test_a_compressed_answer_is_counted_as_it_was_sent(newsroom: Newsroom, feed: Any) -> None:
    made = await partner(newsroom, feed["id"])
    key = (await key_of(newsroom, made["id"]))["key"]
    address = "/desk/partner-feeds/for-partners.rss"
    plain = await pull(newsroom, key, address)

    request = newsroom.reader.build_request(
        "GET", address, headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "gzip"}
    )
    packed = await newsroom.reader.send(request, stream=True)
    raw = b"".join([piece async for piece in packed.aiter_raw()])

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    sent = (await usage(newsroom, made["id"]))["total"]["bytes"]
    assert sent == len(plain.content) + len(raw)


async def test_the_quota_of_a_day_ends_in_a_429_that_says_when_to_come_again(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"], quota_per_day=2)
    key = (await key_of(newsroom, made["id"]))["key"]
    address = "/desk/partner-feeds/for-partners.rss"

    first = await pull(newsroom, key, address)
    assert first.headers["RateLimit-Policy"] == '"day";q=2;w=86400'
    assert first.headers["RateLimit"].startswith('"day";r=1;t=')
    await pull(newsroom, key, address, 304, etag=first.headers["ETag"])
    refused = await pull(newsroom, key, address, 429)

    assert refused.json()["type"] == "urn:masthead:problem:quota-exceeded"
    assert 0 < int(refused.headers["Retry-After"]) <= 86_400
    assert refused.headers["RateLimit"].startswith('"day";r=0;t=')
    total = (await usage(newsroom, made["id"]))["total"]
    assert (total["requests"], total["refused"], total["not_modified"]) == (2, 1, 1)

    async with newsroom.database.write() as session:  # as if it had been yesterday
        await session.execute(text("UPDATE desk.partner_days SET day = day - 1"))
    await pull(newsroom, key, address)


async def test_nobody_gets_more_than_the_quota_by_asking_all_at_once(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"], quota_per_day=5)
    key = (await key_of(newsroom, made["id"]))["key"]
    headers = {"Authorization": f"Bearer {key}"}

    answers = await asyncio.gather(
        *(
            newsroom.reader.get("/desk/partner-feeds/for-partners.rss", headers=headers)
            for _ in range(12)
        )
    )

    assert sorted(each.status_code for each in answers) == [200] * 5 + [429] * 7
    total = (await usage(newsroom, made["id"]))["total"]
    assert (total["requests"], total["refused"]) == (5, 7)


async def test_a_partner_may_be_deleted_while_its_feed_is_made(
    newsroom: Newsroom, feed: Any
) -> None:
    made = await partner(newsroom, feed["id"])
    key = await key_of(newsroom, made["id"])
    them = Actor(kind="key", id=UUID(key["id"]), name="Them", scopes=frozenset({Scope.FEEDS_READ}))
    async with newsroom.database.write() as session:
        admission = await metering.admit(session, them, "for-partners", "rss")
    gone = await newsroom.desk.delete(f"/desk/partners/{made['id']}", headers={"If-Match": "*"})
    assert gone.status_code == 204

    async with newsroom.database.write() as session:
        await metering.count(session, admission, 200, 1_000)
        assert (await session.execute(text("SELECT FROM desk.partner_usage"))).all() == []


async def test_a_report_has_the_days_that_were_asked_for(newsroom: Newsroom, feed: Any) -> None:
    made = await partner(newsroom, feed["id"])
    key = (await key_of(newsroom, made["id"]))["key"]
    await pull(newsroom, key, "/desk/partner-feeds/for-partners.rss")
    async with newsroom.database.write() as session:
        for table in ("partner_days", "partner_usage"):
            await session.execute(text(f"UPDATE desk.{table} SET day = '2026-03-05'"))

    report = await usage(newsroom, made["id"], "?since=2026-03-01&until=2026-03-05")
    assert [day["day"] for day in report["days"]] == ["2026-03-05"]
    assert (await usage(newsroom, made["id"], "?since=2026-03-01&until=2026-03-04"))["days"] == []
    for wrong in ("?since=2026-03-02&until=2026-03-01", "?since=2025-01-01&until=2026-01-01"):
        answer = await newsroom.desk.get(f"/desk/partners/{made['id']}/usage{wrong}")
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "since")
