"""From the desk to the reader, and back."""

import asyncio

import httpx

from tests.newsroom import Newsroom


async def test_a_draft_is_nowhere_to_be_seen_until_it_is_published(newsroom: Newsroom) -> None:
    draft = await newsroom.article("The harbour reopens")
    article_id = draft.json()["id"]

    await newsroom.read(f"/v1/articles/{article_id}", 404)
    assert (await newsroom.read("/v1/articles"))["items"] == []

    published = (await newsroom.publish(draft)).json()
    document = await newsroom.read(f"/v1/articles/{article_id}")
    assert document["headline"] == "The harbour reopens"
    assert document["path"] == published["live"]["path"]
    assert [block["text"] for block in document["body"]] == [
        "The first ferry left at dawn.",
        "The second did not.",
    ]
    assert (await newsroom.read(f"/v1/pages{document['path']}")) == document
    listed = await newsroom.read("/v1/articles")
    assert [card["id"] for card in listed["items"]] == [article_id]


async def test_a_preview_is_the_document_that_publishing_makes(newsroom: Newsroom) -> None:
    draft = await newsroom.article("Tides", body_html="<p>High <b>water</b> at noon.</p>")
    address = f"/desk/articles/{draft.json()['id']}"

    for view in ("full", "app", "card"):
        preview = (await newsroom.desk.get(f"{address}/preview?view={view}")).json()
        assert preview["headline"] == "Tides"
    preview = (await newsroom.desk.get(f"{address}/preview")).json()
    await newsroom.publish(draft)

    document = await newsroom.read(f"/v1/articles/{draft.json()['id']}")
    moments = ("first_published_at", "published_at", "updated_at", "modified_at")
    assert {k: v for k, v in preview.items() if k not in moments} == {
        k: v for k, v in document.items() if k not in moments
    }


async def test_a_save_changes_nothing_in_public_and_a_publish_makes_a_version(
    newsroom: Newsroom,
) -> None:
    live = await newsroom.published("First words")
    address = f"/v1/articles/{live.json()['id']}"
    before = await newsroom.reader.get(address)

    saved = await newsroom.save(live, headline="Second words")
    assert saved.json()["live"]["has_changes"] is True
    assert (await newsroom.reader.get(address)).content == before.content

    await asyncio.sleep(1.1)
    again = await newsroom.publish(saved)
    after = (await newsroom.reader.get(address)).json()
    assert after["version"] == 2
    assert after["headline"] == "Second words"
    assert after["path"] == before.json()["path"], "a path is fixed once readers know it"
    assert after["updated_at"] > before.json()["updated_at"]
    assert again.json()["live"]["has_changes"] is False


async def test_a_minor_version_keeps_the_date_that_readers_see(newsroom: Newsroom) -> None:
    live = await newsroom.published()
    address = f"/v1/articles/{live.json()['id']}"
    before = await newsroom.read(address)

    await asyncio.sleep(1.1)
    await newsroom.publish(await newsroom.save(live, dateline="KESTREL BAY"), minor=True)

    after = await newsroom.read(address)
    assert after["version"] == 2
    assert after["updated_at"] == before["updated_at"]
    assert after["modified_at"] > before["modified_at"]


async def test_a_withdrawn_article_answers_410_with_its_notice_everywhere(
    newsroom: Newsroom,
) -> None:
    live = await newsroom.published()
    article_id, path = live.json()["id"], live.json()["live"]["path"]

    withdrawn = await newsroom.desk.post(
        f"/desk/articles/{article_id}/withdraw",
        json={"notice": "The photograph was not ours."},
        headers={"If-Match": live.headers["ETag"]},
    )
    assert withdrawn.status_code == 200, withdrawn.text

    for address in (f"/v1/articles/{article_id}", f"/v1/pages{path}", f"/v1/resolve?url={path}"):
        gone = await newsroom.read(address, 410)
        assert gone["notice"] == "The photograph was not ours."
    assert (await newsroom.read("/v1/articles"))["items"] == []

    again = await newsroom.publish(withdrawn)
    assert again.json()["live"]["path"] == path, "it comes back to its address"
    assert (await newsroom.read(f"/v1/pages{path}"))["version"] == 2


async def test_a_withdrawn_article_leaves_its_collections_by_itself(newsroom: Newsroom) -> None:
    stays, goes = await newsroom.published("Stays"), await newsroom.published("Goes")
    made = await newsroom.desk.post(
        "/desk/collections",
        json={
            "edition": "en",
            "title": "Editor's choice",
            "articles": [goes.json()["id"], stays.json()["id"]],
        },
    )
    assert made.status_code == 201, made.text
    address = f"/v1/collections/{made.json()['slug']}"
    shown = await newsroom.read(address)
    assert [card["headline"] for card in shown["items"]] == ["Goes", "Stays"]

    current = await newsroom.desk.get(f"/desk/articles/{goes.json()['id']}")
    await newsroom.desk.post(
        f"/desk/articles/{goes.json()['id']}/withdraw",
        headers={"If-Match": current.headers["ETag"]},
    )

    shown = await newsroom.read(address)
    assert [card["headline"] for card in shown["items"]] == ["Stays"]
    at_desk = await newsroom.desk.get(f"/desk/collections/{made.json()['id']}")
    assert at_desk.json()["articles"] == [stays.json()["id"]]


async def test_a_renamed_section_reaches_every_article_as_a_refresh(newsroom: Newsroom) -> None:
    section = await newsroom.section("Habour")
    live = await newsroom.published(section_id=section)
    address = f"/v1/articles/{live.json()['id']}"
    before = await newsroom.read(address)
    seen = await newsroom.desk.get(f"/desk/sections/{section}")

    renamed = await newsroom.desk.put(
        f"/desk/sections/{section}",
        json={"name": "Harbour"},
        headers={"If-Match": seen.headers["ETag"]},
    )
    assert renamed.status_code == 200, renamed.text
    await newsroom.drain()

    after = await newsroom.read(address)
    assert after["section"]["name"] == "Harbour"
    assert after["breadcrumbs"][-1]["name"] == "Harbour"
    assert (after["version"], after["updated_at"]) == (before["version"], before["updated_at"])


async def test_a_related_article_shows_its_newest_card(newsroom: Newsroom) -> None:
    first = await newsroom.published("The storm")
    second = await newsroom.published("After the storm", related_ids=[first.json()["id"]])
    address = f"/v1/articles/{second.json()['id']}"
    assert [card["headline"] for card in (await newsroom.read(address))["related"]] == ["The storm"]

    await newsroom.publish(await newsroom.save(first, headline="The great storm"))
    await newsroom.drain()

    related = (await newsroom.read(address))["related"]
    assert [card["headline"] for card in related] == ["The great storm"]


async def test_two_headlines_alike_live_at_two_paths(newsroom: Newsroom) -> None:
    paths = [(await newsroom.published("Fog")).json()["live"]["path"] for _ in range(3)]

    assert [path.rsplit("/", 1)[1] for path in paths] == ["fog", "fog-2", "fog-3"]


async def test_a_path_changed_by_hand_leaves_a_redirect_behind(newsroom: Newsroom) -> None:
    live = await newsroom.published("Fog")
    old = live.json()["live"]["path"]

    await newsroom.publish(await newsroom.save(live, path="/weather/fog"))

    assert await newsroom.read(f"/v1/pages{old}") == {
        "kind": "redirect", "status": 301, "to": "/weather/fog",
    }  # fmt: skip
    assert (await newsroom.read("/v1/pages/weather/fog"))["headline"] == "Fog"

    back = await newsroom.desk.get(f"/desk/articles/{live.json()['id']}")
    await newsroom.publish(await newsroom.save(back, path=old))
    assert (await newsroom.read(f"/v1/pages{old}"))["headline"] == "Fog", "and never in a loop"


async def test_restricted_text_is_cut_for_everybody_without_the_right(newsroom: Newsroom) -> None:
    paragraphs = [f"Paragraph {number}." for number in range(1, 8)]
    live = await newsroom.published(
        "Who pays for the mole",
        body_markdown="\n\n".join(paragraphs),
        access={"level": "subscriber", "preview_blocks": 2},
    )
    address = f"/v1/articles/{live.json()['id']}"

    public = await newsroom.read(address)
    assert [block["text"] for block in public["body"]] == paragraphs[:2]
    assert public["access"]["cut"] is True
    assert "Paragraph 3" not in str(await newsroom.read(f"{address}?view=app"))

    async with await newsroom.client("front-end") as front_end:
        whole = await front_end.get(address)
        assert [block["text"] for block in whole.json()["body"]] == paragraphs
        assert "no-store" in whole.headers["Cache-Control"]
    wrong = await newsroom.reader.get(address, headers={"Authorization": "Bearer mh_no"})
    assert wrong.status_code == 401


async def test_nothing_behind_the_cut_shows_in_what_is_made_of_the_body(
    newsroom: Newsroom,
) -> None:
    image = {"type": "image", "url": "https://media.example.org/ledger.jpg", "alt": "A ledger"}
    video = {"type": "video", "sources": [{"url": "https://media.example.org/mole.m3u8"}]}
    body = [{"type": "paragraph", "html": "What it cost."}, image, video]
    cards = []
    for preview_blocks in (0, 1, 3):
        live = await newsroom.published(
            "Who pays", body=body, access={"level": "subscriber", "preview_blocks": preview_blocks}
        )
        cards.append(await newsroom.read(f"/v1/articles/{live.json()['id']}?view=card"))
        if preview_blocks < 3:
            assert (await newsroom.read("/v1/articles?has_video=true"))["items"] == []

    assert [card["summary"] for card in cards] == [None, "What it cost.", "What it cost."]
    assert [bool(card["image"]) for card in cards] == [False, False, True]
    assert len((await newsroom.read("/v1/articles?has_video=true"))["items"]) == 1


async def test_people_and_topics_are_public_once_a_live_article_names_them(
    newsroom: Newsroom,
) -> None:
    person = (await newsroom.desk.post("/desk/people", json={"name": "Ilse Varn"})).json()
    topic = (await newsroom.desk.post("/desk/topics", json={"name": "Ferries"})).json()
    draft = await newsroom.article(
        "The ferry", bylines=[{"person_id": person["id"]}], topic_ids=[topic["id"]]
    )
    await newsroom.read("/v1/people/ilse-varn", 404)
    await newsroom.read(f"/v1/topics/{topic['id']}", 404)

    await newsroom.publish(draft)

    assert (await newsroom.read("/v1/people/ilse-varn"))["name"] == "Ilse Varn"
    assert (await newsroom.read("/v1/topics/ferries"))["id"] == topic["id"]
    by_person = await newsroom.read(f"/v1/articles?person={person['id']}")
    assert [card["headline"] for card in by_person["items"]] == ["The ferry"]


async def test_a_revision_can_be_restored_as_a_new_one(newsroom: Newsroom) -> None:
    first = await newsroom.article("First words")
    second = await newsroom.save(first, headline="Second words")
    address = f"/desk/articles/{first.json()['id']}"

    restored = await newsroom.desk.post(
        f"{address}/restore", json={"revision": 1}, headers={"If-Match": second.headers["ETag"]}
    )

    assert restored.json()["content"]["headline"] == "First words"
    listed = (await newsroom.desk.get(f"{address}/revisions")).json()["items"]
    assert [(each["number"], each["restored_from"]) for each in listed] == [
        (3, 1), (2, None), (1, None),
    ]  # fmt: skip


async def test_saving_what_is_there_makes_no_revision(newsroom: Newsroom) -> None:
    first = await newsroom.article("First words")

    again = await newsroom.save(first)

    assert again.json()["revision"] == 1
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_what_was_live_is_not_deleted(newsroom: Newsroom) -> None:
    draft, live = await newsroom.article("Draft"), await newsroom.published("Live")

    async def delete(article: httpx.Response) -> int:
        answer = await newsroom.desk.delete(
            f"/desk/articles/{article.json()['id']}",
            headers={"If-Match": article.headers["ETag"]},
        )
        return answer.status_code

    assert await delete(draft) == 204
    assert await delete(live) == 409


async def test_translations_name_each_other_whichever_came_first(newsroom: Newsroom) -> None:
    french = {"code": "fr", "name": "Français", "language": "fr", "time_zone": "Europe/Paris",
              "path_prefix": "/fr"}  # fmt: skip
    await newsroom.desk.post("/desk/editions", json=french)
    section = await newsroom.desk.post("/desk/sections", json={"edition": "fr", "name": "Monde"})
    english = await newsroom.published("The harbour reopens")
    translated = await newsroom.published(
        "Le port rouvre", section_id=section.json()["id"], translation_of=english.json()["id"]
    )
    await newsroom.drain()

    for article, other in ((english, "fr"), (translated, "en")):
        shown = await newsroom.read(f"/v1/articles/{article.json()['id']}")
        assert [each["edition"] for each in shown["alternates"]] == [other]


async def test_new_ids_in_other_systems_reach_readers_without_a_new_version(
    newsroom: Newsroom,
) -> None:
    live = await newsroom.published("The harbour reopens")
    linked = await newsroom.save(live, external_ids=[{"system": "wordpress", "id": "1787"}])
    again = await newsroom.publish(linked)

    shown = await newsroom.read(f"/v1/articles/{live.json()['id']}")
    assert shown["external_ids"] == [{"system": "wordpress", "id": "1787"}]
    assert shown["version"] == again.json()["live"]["version"] == 1
    nothing_new = await newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/publish", headers={"If-Match": "*"}
    )
    assert nothing_new.status_code == 409


async def test_what_was_taken_away_is_in_no_version_either(newsroom: Newsroom) -> None:
    site = await newsroom.desk.get("/desk/site")
    shown = {n: v for n, v in site.json().items() if n not in ("id", "changed_at", "edit")}
    await newsroom.desk.put(
        "/desk/site", json=shown | {"history": "all"}, headers={"If-Match": site.headers["ETag"]}
    )
    wrong = await newsroom.published("Wrong", standfirst="a canary")
    other = await newsroom.published("Other", related_ids=[wrong.json()["id"]])
    withdrawn = await newsroom.desk.post(
        f"/desk/articles/{wrong.json()['id']}/withdraw",
        json={"status": 451}, headers={"If-Match": wrong.headers["ETag"]},
    )  # fmt: skip
    await newsroom.publish(await newsroom.save(withdrawn, headline="Right", standfirst=None))
    await newsroom.drain()

    first = await newsroom.reader.get(f"/v1/articles/{wrong.json()['id']}/versions/1")
    beside = await newsroom.reader.get(f"/v1/articles/{other.json()['id']}/versions/1")
    assert first.status_code == 451
    assert beside.status_code == 200
    assert "canary" not in first.text + beside.text


async def test_a_transcript_is_text_and_behind_the_cut(newsroom: Newsroom) -> None:
    audio = {"sources": [{"url": "https://media.example.org/a.mp3"}], "transcript": "A canary."}
    live = await newsroom.published(
        "Listen", lead={"audio": audio}, access={"level": "subscriber", "preview_blocks": 0}
    )
    address = f"/v1/articles/{live.json()['id']}"

    assert (await newsroom.read(address))["lead"]["audio"]["transcript"] is None
    async with await newsroom.client("front-end") as front_end:
        assert (await front_end.get(address)).json()["lead"]["audio"]["transcript"] == "A canary."
