"""Topics at the desk."""

from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom


async def test_a_topic_is_public_once_a_live_article_has_it(newsroom: Newsroom) -> None:
    topic = await create(
        newsroom,
        "topics",
        name="Kestrel Bay",
        kind="place",
        names={"fr": "Baie des Crécerelles"},
        description={"en": "A town of 212,000."},
        same_as=["https://example.org/kestrel-bay"],
        note_internal="spell with two words",
    )
    identity = topic.json()["id"]
    draft = await newsroom.article(topic_ids=[identity])
    await newsroom.read(f"/v1/topics/{identity}", 404)

    await newsroom.publish(draft)

    public = await newsroom.read("/v1/topics/kestrel-bay")
    assert (public["id"], public["topic_kind"]) == (identity, "place")
    assert public["names"] == {"fr": "Baie des Crécerelles"}
    assert "two words" not in str(public)


async def test_a_changed_name_reaches_the_articles_that_show_it(newsroom: Newsroom) -> None:
    topic = await create(newsroom, "topics", name="Harbor")
    article = await newsroom.published(topic_ids=[topic.json()["id"]])

    changed = await replace(newsroom, "topics", topic, name="Harbour", kind="place")
    assert changed.json()["slug"] == "harbor"
    await newsroom.drain()

    document = await newsroom.read(f"/v1/articles/{article.json()['id']}")
    assert [each["name"] for each in document["topics"]] == ["Harbour"]


async def test_a_topic_that_an_article_has_cannot_be_deleted(newsroom: Newsroom) -> None:
    topic = await create(newsroom, "topics", name="Ferries")
    article = await newsroom.article(topic_ids=[topic.json()["id"]])
    assert (await delete(newsroom, "topics", topic)).status_code == 409

    await newsroom.save(article, topic_ids=[])

    assert (await delete(newsroom, "topics", topic)).status_code == 204
    assert (await delete(newsroom, "topics", topic)).status_code == 404


async def test_the_list_is_narrowed_by_kind_and_text(newsroom: Newsroom) -> None:
    for name, kind in (("Harbour", "place"), ("Harbour strike", "event"), ("Ferry", "subject")):
        await create(newsroom, "topics", name=name, kind=kind)

    async def found(**query: str) -> list[str]:
        answer = await newsroom.desk.get("/desk/topics", params=query)
        assert answer.status_code == 200
        return [topic["name"] for topic in answer.json()["items"]]

    assert await found() == ["Ferry", "Harbour", "Harbour strike"]
    assert await found(q="harbour") == ["Harbour", "Harbour strike"]
    assert await found(q="harbour", kind="event") == ["Harbour strike"]
    assert (await newsroom.desk.get("/desk/topics?kind=ship")).status_code == 422
    assert (await newsroom.desk.get("/desk/topics?limit=101")).status_code == 422


async def test_a_topic_is_not_overwritten_unseen_and_wrong_fields_are_named(
    newsroom: Newsroom,
) -> None:
    topic = await create(newsroom, "topics", name="Ferries")
    address = topic.headers["Location"]
    assert (await newsroom.desk.put(address, json={"name": "x"})).status_code == 428
    assert (await replace(newsroom, "topics", topic, name="Ferry")).status_code == 200
    assert (await replace(newsroom, "topics", topic, name="Boats")).status_code == 412

    answer = await newsroom.desk.post(
        "/desk/topics", json={"name": "x", "kind": "ship", "same_as": ["/x"], "colour": 1}
    )
    assert pointers(answer) == ["/colour", "/kind", "/same_as/0"]
