"""Our own articles as works."""

import asyncio
from typing import Any

import httpx

from tests.editing.merges import merge, merged
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

HOME = "https://www.kestrel.example"
ADDRESSES = [{"kind": "canonical", "web": HOME, "api": HOME, "media": HOME}]


async def at_home(newsroom: Newsroom) -> None:
    """Say where the site's pages are."""
    answer = await newsroom.desk.put(
        "/desk/site",
        json={"name": "The Kestrel Bay Courier", "publisher": {"name": "Kestrel Bay Press"},
              "addresses": ADDRESSES},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text


async def from_article(newsroom: Newsroom, article: httpx.Response) -> httpx.Response:
    return await newsroom.desk.post(f"/desk/works/from-article/{article.json()['id']}")


async def test_a_live_article_becomes_a_work_once(newsroom: Newsroom) -> None:
    await at_home(newsroom)
    edition = await newsroom.desk.put(
        "/desk/editions/en",
        json={"name": "English", "language": "en", "path_prefix": "",
              "time_zone": "Pacific/Auckland"},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert edition.status_code == 200, edition.text
    article = await newsroom.published(
        "Fog at sea", bylines=[{"name": "Juno Tarrowby"}, {"name": "Sam Okello"}],
        published_at="2020-02-28T20:00:00Z",
    )  # fmt: skip

    made = await from_article(newsroom, article)
    again = await from_article(newsroom, article)

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.headers["Location"] == again.headers["Location"]
    assert made.headers["ETag"] == again.headers["ETag"]
    work: dict[str, Any] = made.json()
    public = await newsroom.read(f"/v1/articles/{article.json()['id']}")
    expected = {
        "kind": "own_article", "csl_type": "article-newspaper", "title": "Fog at sea",
        "article_id": article.json()["id"], "publication_id": None, "issued": "2020-02-29",
        "language": "en", "url": public["canonical_url"], "visibility": "public",
    }  # fmt: skip
    assert {name: work[name] for name in expected} == expected
    assert work["url"].startswith("https://www.kestrel.example/")
    assert [name["literal"] for name in work["authors"]] == ["Juno Tarrowby", "Sam Okello"]


async def test_it_is_brought_up_to_date_with_what_readers_have(newsroom: Newsroom) -> None:
    await at_home(newsroom)
    article = await newsroom.published("Fog at sea")
    made = await from_article(newsroom, article)
    changed = await newsroom.save(article, headline="Fog at sea lifts")
    unpublished = await from_article(newsroom, article)

    await newsroom.publish(changed)
    after = await from_article(newsroom, article)

    assert unpublished.json() == made.json()
    assert (after.status_code, after.json()["id"]) == (200, made.json()["id"])
    assert after.json()["title"] == "Fog at sea lifts"
    assert after.headers["ETag"] != made.headers["ETag"]


async def test_what_somebody_had_made_with_its_address_becomes_it(newsroom: Newsroom) -> None:
    await at_home(newsroom)
    article = await newsroom.published("Fog at sea")
    path = article.json()["live"]["path"]
    page = await create(
        newsroom, "works", kind="web_page", title="Fog", place="Kestrel Bay",
        url=f"https://www.kestrel.example{path}?utm_source=x",
    )  # fmt: skip

    work = await from_article(newsroom, article)

    assert (work.status_code, work.json()["id"]) == (200, page.json()["id"])
    assert (work.json()["kind"], work.json()["place"]) == ("own_article", "Kestrel Bay")


async def test_only_what_is_live_can_be_one(newsroom: Newsroom) -> None:
    draft = await newsroom.article("A draft")
    live = await newsroom.published("Fog at sea")
    gone = await newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw", json={},
        headers={"If-Match": live.headers["ETag"]},
    )  # fmt: skip
    assert gone.status_code == 200
    person = await create(newsroom, "people", name="Juno")

    for thing in (draft, gone, person):
        assert (await from_article(newsroom, thing)).status_code == 404


async def test_of_many_at_once_one_makes_it(newsroom: Newsroom) -> None:
    article = await newsroom.published("Fog at sea")

    answers = await asyncio.gather(*(from_article(newsroom, article) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_its_kind_stays(newsroom: Newsroom) -> None:
    own = await from_article(newsroom, await newsroom.published("Fog at sea"))
    other = await create(newsroom, "works", kind="report", title="Audit")

    for work, kind in ((own, "report"), (other, "own_article")):
        refused = await replace(newsroom, "works", work, kind=kind, title="A")
        assert (refused.status_code, pointers(refused)) == (422, ["/kind"])
    kept = await replace(newsroom, "works", own, kind="own_article", title="Fog")
    assert kept.json()["article_id"] == own.json()["article_id"]


async def test_others_are_merged_into_it_and_not_it_into_others(newsroom: Newsroom) -> None:
    article = await newsroom.published("Fog at sea")
    own = await from_article(newsroom, article)
    other = await create(newsroom, "works", kind="web_page", title="Fog")

    assert (await merge(newsroom, "works", own, other)).status_code == 409
    own.headers["Location"] = f"/desk/works/{own.json()['id']}"
    own = await merged(newsroom, "works", other, own)

    assert own.json()["article_id"] == article.json()["id"]
    assert (await delete(newsroom, "works", own)).status_code == 204
    assert (await from_article(newsroom, article)).status_code == 201
