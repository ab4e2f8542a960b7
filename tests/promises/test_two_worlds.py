"""Two newsrooms, alike but for an unpublished story: no reader can tell which one has it."""

from contextlib import AsyncExitStack

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests import newsroom as newsrooms
from tests.cluster import Cluster
from tests.newsroom import Newsroom
from tests.promises.author import Secrets
from tests.promises.canaries import furnish
from tests.promises.crawl import crawl

pytestmark = pytest.mark.timeout(300)


async def test_an_unpublished_story_changes_no_public_answer(
    postgres: Cluster, database_url: str
) -> None:
    async with newsrooms.opened(database_url, citation_notes=True) as first:
        secrets = await furnish(first)
    with postgres.database(str(conninfo_to_dict(database_url)["dbname"])) as other_url:
        async with AsyncExitStack() as stack:
            without = await stack.enter_async_context(newsrooms.opened(database_url))
            with_it = await stack.enter_async_context(newsrooms.opened(other_url))
            await _write_a_story(with_it, secrets)

            answers = await crawl(without.reader, secrets), await crawl(with_it.reader, secrets)

    assert answers[0].keys() == answers[1].keys()
    differences = [asked for asked, got in answers[0].items() if got != answers[1][asked]]
    assert differences == []
    assert len(answers[0]) > 1000


async def _write_a_story(newsroom: Newsroom, secrets: Secrets) -> None:
    """All that happens to a story before it is published, its tracks left in `secrets`."""
    desk = newsroom.desk

    async def make(noun: str, **fields: object) -> str:
        answer = await desk.post(f"/desk/{noun}", json=fields)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        secrets.secret_ids.add(made["id"])
        secrets.slugs.add(made.get("slug") or "")
        return str(made["id"])

    public = (await newsroom.read("/v1/articles"))["items"][0]
    section = (await newsroom.read("/v1/sections/news"))["id"]
    person = await make("people", name="An informant")
    topic = await make("topics", name="The other investigation")
    article = await newsroom.article(
        public["headline"], section_id=section, bylines=[{"person_id": person}],
        topic_ids=[topic], related_ids=[public["id"]],
        external_ids=[{"system": "wordpress", "id": "1"}], path="/the/other/investigation",
    )  # fmt: skip
    address = f"/desk/articles/{article.json()['id']}"
    secrets.secret_ids.add(article.json()["id"])
    secrets.paths |= {"/the/other/investigation", "/people/an-informant"}
    for view in ("card", "full", "app"):
        assert (await desk.get(f"{address}/preview?view={view}")).status_code == 200
    article = await newsroom.save(article, headline="Second words", genre="investigation")
    for stage in ("review", "ready"):
        article = await desk.post(
            f"{address}/stage", json={"stage": stage}, headers={"If-Match": article.headers["ETag"]}
        )
        assert article.status_code == 200, article.text
    for noun, identity in (("people", person), ("topics", topic)):
        read = await desk.get(f"/desk/{noun}/{identity}")
        changed = await desk.put(
            f"/desk/{noun}/{identity}", json={"name": f"Renamed {noun}"},
            headers={"If-Match": read.headers["ETag"]},
        )  # fmt: skip
        assert changed.status_code == 200, changed.text
    collection = (await desk.get("/desk/collections")).json()["items"][0]["id"]
    put = await desk.post(
        f"/desk/collections/{collection}/articles", json={"article_id": article.json()["id"]}
    )
    assert put.status_code == 200, put.text
    live = await desk.get(f"/desk/articles/{public['id']}")
    await newsroom.save(live, headline="A revision that nobody has published")
    await newsroom.drain()
