"""A source is retracted: every live article that rests on it says so, and is looked at once."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app.editing.articles import commands as articles
from app.editing.articles.schemas import ArticleSave
from app.identity.actor import SYSTEM
from app.publishing import commands as publishing
from tests import citing
from tests.citing import NOTICE, naming, passing
from tests.newsroom import Newsroom

SECONDS = 60
WRITERS = 2


@dataclass(frozen=True)
class Corpus:
    """The articles that rest on the work `audit`, by their ids, and the work that readers must see
    it of: the audit itself, or one of our own articles."""

    audit: str
    doubted: dict[str, str]


async def stock(newsroom: Newsroom, count: int) -> Corpus:
    """Six of ten cite the work themselves, three have it in a chain, one cites an article of ours
    that cites it."""
    audit, relay = await citing.work(newsroom, "Audit"), await citing.work(newsroom, "Relay")
    ours = await citing.article(newsroom, "Ours", naming(audit))
    own = await citing.own_work(newsroom, ours)
    direct, chained = count * 6 // 10 - 1, count * 3 // 10
    doubted = {str(ours.json()["id"]): audit}
    for citation, number, work in (
        (naming(audit), direct, audit),
        (passing(audit, relay), chained, audit),
        (naming(own), count - direct - chained - 1, own),
    ):
        made = await published(newsroom, [citation] * number)
        doubted |= dict.fromkeys(map(str, made), work)
    await newsroom.drain()
    return Corpus(audit, doubted)


async def published(newsroom: Newsroom, citations: Sequence[dict[str, Any]]) -> list[UUID]:
    """Live articles, one with each of these citations."""
    section = UUID(await newsroom.section("News"))
    made: list[UUID] = []
    for start in range(0, len(citations), 100):
        async with newsroom.database.write() as session:
            chunk = []
            for number, citation in enumerate(citations[start : start + 100], start):
                draft = ArticleSave.model_validate(
                    {
                        "headline": f"Story {number}",
                        "section_id": section,
                        "body_markdown": f"On Friday {citing.WORDS} this, for the {number}th time.",
                        "citations": [citation],
                    }
                )
                chunk.append((await articles.create(session, SYSTEM, draft)).article.id)
            options = publishing.Options(quiet=True)
            await publishing.publish_many(session, SYSTEM, chunk, options=options)
        made += chunk
    return made


async def bodies(newsroom: Newsroom, corpus: Corpus) -> dict[str, tuple[bytes, bytes]]:
    """What readers get as text, in both forms."""
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        rows = await connection.execute(
            "SELECT id, convert_from(\"full\", 'UTF8')::json ->> 'body',"
            " convert_from(app, 'UTF8')::json ->> 'body'"
            " FROM published.documents WHERE id = ANY(%s)",
            ([UUID(each) for each in corpus.doubted],),
        )
        return {str(identity): (full, app) for identity, full, app in await rows.fetchall()}


async def write_on(newsroom: Newsroom, stop: asyncio.Event) -> list[float]:
    """Publish one article after the other; how long each publish took."""
    took: list[float] = []
    while not stop.is_set():
        draft = await newsroom.article(f"News {len(took)}")
        began = time.perf_counter()
        await newsroom.publish(draft)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(0)
    return took


@asynccontextmanager
async def working(newsroom: Newsroom) -> AsyncIterator[Process]:
    """A worker, as operators run it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MASTHEAD_")}
    environment |= {"MASTHEAD_DATABASE_URL": newsroom.url, "MASTHEAD_OPS_ADDRESS": "off"}
    masthead = Path(sys.executable).with_name("masthead")
    process = await asyncio.create_subprocess_exec(
        masthead, "worker", env=environment, stdout=DEVNULL, stderr=DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    alive = (
        "SELECT count(*) FROM jobs.procrastinate_workers"
        " WHERE last_heartbeat > now() - interval '10 seconds'"
    )
    await until(newsroom, alive, lambda count: count > 0)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        await process.wait()


async def until(
    newsroom: Newsroom, query: str, enough: Callable[[int], bool], seconds: float = 60
) -> int:
    """What this query counts, once it is enough."""
    end = time.monotonic() + seconds
    async with await psycopg.AsyncConnection.connect(newsroom.url, autocommit=True) as connection:
        while True:
            [(count,)] = await (await connection.execute(query)).fetchall()
            if enough(count):
                return int(count)
            assert time.monotonic() < end, f"waited too long: {count}"
            await asyncio.sleep(0.01)


async def is_complete(newsroom: Newsroom, corpus: Corpus) -> None:
    """Fails unless readers of every article see the notice, and the desk one review of it."""
    for article_id, work_id in corpus.doubted.items():
        article = await newsroom.read(f"/v1/articles/{article_id}")
        [citation] = article["citations"]
        places = [citation["work"] | {"work_id": citation["work"]["id"]}, *citation["chain"]]
        [notice, *same] = [each["notice"] for each in places if each["work_id"] == work_id]
        assert all(each == notice for each in same)
        inherited = {"summary": "It rests on a work that was retracted: “Audit”."}
        assert notice == (NOTICE if work_id == corpus.audit else NOTICE | inherited)
    found = Counter(each["article"]["id"] for each in await citing.reviews(newsroom, open=True))
    assert found == dict.fromkeys(corpus.doubted, 1)


async def test_a_retraction_shows_on_all_articles_that_rest_on_the_work(
    newsroom: Newsroom,
) -> None:
    """60 articles; the full form has 1,000 and a worker of its own."""
    corpus = await stock(newsroom, 60)
    before, stop = await bodies(newsroom, corpus), asyncio.Event()
    await citing.happens(newsroom, corpus.audit)
    begun = await citing.progress(newsroom, corpus.audit)

    writers = [asyncio.create_task(write_on(newsroom, stop)) for _ in range(WRITERS)]
    await newsroom.drain()
    stop.set()
    await asyncio.gather(*writers)
    await newsroom.drain()

    assert begun["readers"] == {"articles": 54, "up_to_date": 0, "to_refresh": 54}
    assert (begun["events"][0]["search"], begun["events"][0]["articles"]) == ("running", 0)
    done = await citing.progress(newsroom, corpus.audit)
    assert done["readers"] == {"articles": 60, "up_to_date": 60, "to_refresh": 0}
    assert (done["events"][0]["search"], done["events"][0]["articles"]) == ("done", 60)
    await is_complete(newsroom, corpus)
    assert await bodies(newsroom, corpus) == before


@pytest.mark.prove
@pytest.mark.timeout(900)
async def test_a_retraction_shows_on_a_thousand_articles_within_a_minute(
    newsroom: Newsroom,
) -> None:
    corpus = await stock(newsroom, 1_000)
    before, stop = await bodies(newsroom, corpus), asyncio.Event()
    alone = asyncio.create_task(write_on(newsroom, stop))
    await asyncio.sleep(5)
    stop.set()
    undisturbed, stop = await alone, asyncio.Event()

    async with working(newsroom):
        writers = [asyncio.create_task(write_on(newsroom, stop)) for _ in range(WRITERS)]
        await asyncio.sleep(2)
        began, seen = time.perf_counter(), []
        await citing.happens(newsroom, corpus.audit)
        while True:
            now = await citing.progress(newsroom, corpus.audit)
            [event], readers = now["events"], now["readers"]
            seen.append((readers["up_to_date"], event["articles"]))
            if event["search"] == "done" and seen[-1] == (1_000, 1_000):
                break
            assert time.perf_counter() - began < SECONDS, seen
            await asyncio.sleep(0.2)
        took = time.perf_counter() - began
        stop.set()
        waits = sorted(wait for each in await asyncio.gather(*writers) for wait in each)

    await is_complete(newsroom, corpus)
    assert await bodies(newsroom, corpus) == before
    assert len(set(seen)) > 5, "nobody could see how far it had come"
    print(
        f"1,000 articles in {took:.1f} s; {len(waits)} publishes by {WRITERS} writers meanwhile, "
        f"p50 {waits[len(waits) // 2] * 1000:.0f} ms, slowest {waits[-1] * 1000:.0f} ms "
        f"(one writer alone: p50 {sorted(undisturbed)[len(undisturbed) // 2] * 1000:.0f} ms); "
        f"progress {seen}"
    )


@pytest.mark.timeout(300)
async def test_a_worker_that_is_killed_between_two_chunks_leaves_nobody_out(
    newsroom: Newsroom,
) -> None:
    """250 articles, in three chunks."""
    corpus = await stock(newsroom, 250)
    opened = "SELECT count(*) FROM desk.citation_reviews"
    await citing.happens(newsroom, corpus.audit)

    async with working(newsroom):
        between = await until(newsroom, opened, lambda count: count > 0)
    # As if the seconds had gone by after which a silent worker is taken for dead.
    async with await psycopg.AsyncConnection.connect(newsroom.url) as connection:
        await connection.execute(
            "UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
        )
    left = await citing.progress(newsroom, corpus.audit)
    async with working(newsroom):
        await until(newsroom, opened, lambda count: count == 250)
        waiting = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')"
        await until(newsroom, waiting, lambda count: count == 0)

    assert between < 250
    assert left["events"][0]["search"] == "running"
    await is_complete(newsroom, corpus)
