"""A publish that was answered survives kill -9 of the server; no other is ever half there."""

import asyncio
import os
import random
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
import pytest

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.promises.program import family, serving

SEED = int(os.environ.get("SEED", "20261122"))


@dataclass
class Ledger:
    """What clients were told, kept outside of the server."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    found_done: int = 0
    """Publishes whose answer was lost, and which a retry found carried out."""
    kills: int = 0
    """While somebody waited for an answer."""

    @property
    def answered(self) -> int:
        return len(self.acknowledged) + self.found_done


async def _publish_until_killed(
    base: str, key: str, drafts: list[tuple[str, str]], ledger: Ledger
) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=30) as desk:

        async def client() -> None:
            while drafts:
                article_id, etag = drafts.pop()
                try:
                    answer = await desk.post(
                        f"/desk/articles/{article_id}/publish", headers={"If-Match": etag}
                    )
                except httpx.TransportError:
                    drafts.append((article_id, etag))
                    return
                if answer.status_code == 200:
                    ledger.acknowledged[article_id] = answer.json()["live"]["version"]
                else:
                    assert answer.status_code == 412, answer.text
                    ledger.found_done += 1

        await asyncio.gather(*(client() for _ in range(4)))


async def _rounds(newsroom: Newsroom, publishes: int) -> Ledger:
    chance, ledger = random.Random(SEED), Ledger()
    key = await newsrooms.key(newsroom.database)
    drafts = [await newsroom.article(f"Story {number}") for number in range(publishes)]
    waiting = [(each.json()["id"], each.headers["ETag"]) for each in drafts]
    while waiting:
        async with serving(newsroom.url, "--no-worker") as (base, server):
            publishing = asyncio.create_task(_publish_until_killed(base, key, waiting, ledger))
            enough = ledger.answered + chance.randint(0, publishes // 5)
            while ledger.answered < enough and not publishing.done():  # noqa: ASYNC110 (no event)
                await asyncio.sleep(0.001)
            await asyncio.sleep(chance.uniform(0, 0.03))
            ledger.kills += not publishing.done()
            for process in family(server):
                process.kill()
            await publishing
    return ledger


async def _torn(url: str) -> list[Any]:
    """Articles of which some tables say that they are live, and others do not."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        rows = await connection.execute(
            """
            SELECT a.id FROM desk.articles a
            LEFT JOIN published.documents d ON d.id = a.id
            LEFT JOIN LATERAL (SELECT max(version) AS last FROM published.versions v
                               WHERE v.document_id = a.id) v ON true
            LEFT JOIN LATERAL (SELECT count(*) AS n FROM published.listings l
                               WHERE l.article_id = a.id) l ON true
            LEFT JOIN LATERAL (SELECT max(version) AS last FROM published.changes c
                               WHERE c.document_id = a.id AND c.kind = 'upsert') c ON true
            LEFT JOIN published.paths p ON p.document_id = a.id AND NOT p.redirect
            LEFT JOIN LATERAL (SELECT count(*) AS n FROM desk.dependencies y
                               WHERE y.article_id = a.id) y ON true
            WHERE (a.live_version, a.live_version, a.live_version, a.path)
                  IS DISTINCT FROM (d.version, v.last, c.last, p.path)
               OR (a.live_version IS NULL) <> (l.n = 0)
               OR (a.live_version IS NULL) <> (y.n = 0)
            """
        )
        return await rows.fetchall()


@pytest.mark.parametrize(
    "publishes", [10, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(1800)])]
)
async def test_kill_minus_nine_during_publishes(newsroom: Newsroom, publishes: int) -> None:
    ledger = await _rounds(newsroom, publishes)

    print(
        f"{len(ledger.acknowledged)} of {publishes} acknowledged, {ledger.found_done} carried out "
        f"though the answer was lost, {ledger.kills} kills"
    )
    assert ledger.kills >= 2
    assert len(ledger.acknowledged) + ledger.found_done == publishes
    assert await _torn(newsroom.url) == []
    for article_id, version in ledger.acknowledged.items():
        assert (await newsroom.read(f"/v1/articles/{article_id}"))["version"] == version
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        seqs = await (
            await connection.execute("SELECT seq FROM published.changes ORDER BY seq")
        ).fetchall()
    assert [seq for (seq,) in seqs] == list(range(1, len(seqs) + 1))
