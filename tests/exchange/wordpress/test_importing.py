"""A site comes in, and comes in again."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles import commands as articles
from app.errors import Invalid, NotFound
from app.exchange.wordpress import content
from app.exchange.wordpress.importing import Options, import_file
from app.exchange.wordpress.report import Report
from app.identity.actor import SYSTEM
from app.publishing import commands as publishing
from tests.exchange.wordpress import wxr
from tests.exchange.wordpress.conftest import Import, state
from tests.newsroom import Newsroom

NEWS = ("category", "news", "News")
PORT = ("category", "port", "The port")
FOG = ("post_tag", "fog", "Fog")


def site(file: Path, *more: str, **first: Any) -> Path:
    """A small site with something of everything."""
    first = {"title": "The lamp is lit", "content": "At dusk.\n\n[gallery ids='10,11']"} | first
    return wxr.written(
        file,
        wxr.author("mara", "Mara Tollen"),
        wxr.category("news", "News", term_id="2"),
        wxr.category("port", "The port", parent="news", term_id="3", about="By the water"),
        wxr.category("uncategorized", "Uncategorized", term_id="1"),
        wxr.tag("fog", "Fog"),
        wxr.post(1, post_name="the-lamp", labels=[PORT, NEWS, FOG], meta={"_thumbnail_id": "12"},
                 is_sticky="1", **first),
        wxr.post(2, "Not yet", status="draft", link=f"{wxr.SITE}/?p=2",
                 post_date_gmt="0000-00-00 00:00:00"),
        wxr.post(3, "Look at this", status="pending"),
        wxr.post(4, "Secret", post_password="word"),
        wxr.post(5, "About us", post_type="page"),
        wxr.post(6, "Menu", post_type="nav_menu_item"),
        wxr.post(7, "Gone", status="trash"),
        wxr.post(8, "A lamp for sale", post_type="product"),
        wxr.attachment(10, "https://gazette.example/a.jpg", caption="A"),
        wxr.attachment(11, "https://gazette.example/b.jpg", caption="B"),
        wxr.attachment(12, "https://gazette.example/c.jpg", _wp_attachment_image_alt="C"),
        *more,
    )  # fmt: skip


def outcomes(report: Report, kind: str = "post") -> dict[str, tuple[str, str | None]]:
    return {item.id: (item.outcome, item.state) for item in report.items if item.kind == kind}


async def test_what_was_public_can_be_read_where_it_was(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    report = await imported(site(tmp_path / "site.xml"))

    assert outcomes(report) == {
        "1": ("imported", "live"), "2": ("imported", "draft"), "3": ("imported", "review"),
        "4": ("imported", "draft"), "7": ("skipped", None),
    }  # fmt: skip
    article = await newsroom.read("/v1/pages/2019/03/the-lamp")
    assert article["headline"] == "The lamp is lit"
    assert article["published_at"].startswith("2019-03-05T09:00:00")
    assert [person["name"] for person in article["bylines"]] == ["Mara Tollen"]
    assert [crumb["path"] for crumb in article["breadcrumbs"]] == ["/news", "/news/port"]
    assert [section["path"] for section in article["sections"]] == ["/news/port", "/news"]
    assert [topic["slug"] for topic in article["topics"]] == ["fog"]
    assert article["lead"]["image"]["alt"] == "C"
    assert [block["type"] for block in article["body"]] == ["paragraph", "gallery"]
    assert article["external_ids"] == [{"system": "wordpress", "id": "1"}]
    listed = await newsroom.read("/v1/articles")
    assert [card["headline"] for card in listed["items"]] == ["The lamp is lit"]
    featured = await newsroom.read("/v1/collections/featured")
    assert featured["title"] == "Featured"
    resolved = await newsroom.read(f"/v1/resolve?url={wxr.SITE}/2019/03/the-lamp")
    assert resolved["id"] == article["id"]
    slashed = await newsroom.read(f"/v1/resolve?url={wxr.SITE}/2019/03/the-lamp/")
    assert (slashed["kind"], slashed["to"]) == ("redirect", article["path"])


async def test_feed_readers_know_old_stories_again(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    """Also where two have the same id, as in exports of sites that were put together."""
    old = f"{wxr.SITE}/?p=1"
    parts = [
        wxr.author("mara"), wxr.post(1, guid=old), wxr.post(2, guid=old),
        wxr.post(3, guid="x" * 301), wxr.post(4),
        wxr.post(5, guid=f"{wxr.SITE}/?p=5", status="draft"),
    ]  # fmt: skip
    report = await imported(wxr.written(tmp_path / "site.xml", *parts))
    assert {outcome for outcome, _ in outcomes(report).values()} == {"imported"}

    feed = await newsroom.read("/feeds/latest.json")
    uids = [each["id"] for each in feed["items"]]
    assert len(uids) == 4
    assert [each for each in uids if not each.startswith("urn:uuid:")] == [old]
    draft = await newsroom.desk.get("/desk/articles/by-external/wordpress/5")
    assert draft.json()["external_ids"] == [{"system": "wordpress", "id": "5"}]

    again = await imported(wxr.written(tmp_path / "again.xml", *parts))
    assert {outcome for outcome, _ in outcomes(again).values()} == {"unchanged"}


async def test_nobody_is_notified(newsroom: Newsroom, imported: Import, tmp_path: Path):
    await imported(site(tmp_path / "site.xml"))

    async with newsroom.database.read() as session:
        loud = await session.execute(
            text("SELECT count(*) FROM published.changes WHERE NOT quiet AND"
                 " document_kind = 'article'")
        )  # fmt: skip
        assert loud.scalar_one() == 0


async def test_what_stays_away_is_told_with_the_reason(imported: Import, tmp_path: Path):
    report = await imported(site(tmp_path / "site.xml"))

    reasons = {reason: [item.id for item in items] for reason, items in report.reasons().items()}
    assert reasons == {
        "files are not fetched: posts use their old addresses": ["10", "11", "12"],
        "was protected by a password: kept as a draft": ["4"],
        "pages stay away unless asked for (--pages)": ["5"],
        "menus: front ends have their own navigation": ["6"],
        "trash: it was thrown away, or never written": ["7"],
        "no articles: items of type “product”": ["8"],
    }
    assert report.as_json()["counts"]["section"] == {"imported": 3}


async def test_a_second_run_changes_nothing(newsroom: Newsroom, imported: Import, tmp_path: Path):
    file = site(tmp_path / "site.xml")
    await imported(file, pages=True)
    await newsroom.drain()
    before = await state(newsroom.database)

    report = await imported(file, pages=True)

    assert {item.outcome for item in report.items} == {"unchanged", "skipped"}
    assert await state(newsroom.database) == before


async def test_a_changed_file_changes_what_is_changed(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    await imported(site(tmp_path / "site.xml"))
    first = await newsroom.read("/v1/pages/2019/03/the-lamp")

    changed = site(
        tmp_path / "site.xml",
        wxr.post(20, "New"),
        content="At dusk, and again at dawn.",
        link=f"{wxr.SITE}/2019/03/two-lamps/",
        post_modified_gmt="2019-03-06 09:00:00",
    )
    report = await imported(changed)

    assert outcomes(report)["1"] == ("updated", "live")
    assert outcomes(report)["2"] == ("unchanged", "draft")
    assert outcomes(report)["20"] == ("imported", "live")
    article = await newsroom.read("/v1/pages/2019/03/two-lamps")
    assert (article["id"], article["version"]) == (first["id"], 2)
    assert article["body"][0]["text"] == "At dusk, and again at dawn."
    assert article["updated_at"].startswith("2019-03-06T09:00:00")
    assert (await newsroom.read("/v1/pages/2019/03/the-lamp"))["kind"] == "redirect"


async def test_a_draft_that_is_published_there_is_published_here(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    await imported(wxr.written(tmp_path / "a.xml", wxr.post(1, status="draft")))

    report = await imported(wxr.written(tmp_path / "a.xml", wxr.post(1, status="publish")))

    assert outcomes(report) == {"1": ("updated", "live")}
    assert (await newsroom.read("/v1/pages/2019/03/post-1"))["version"] == 1


async def test_work_at_the_desk_is_left_alone(newsroom: Newsroom, imported: Import, tmp_path: Path):
    await imported(site(tmp_path / "site.xml", wxr.post(20), wxr.post(21)))
    [edited, withdrawn] = [
        await newsroom.desk.get(f"/desk/articles/by-external/wordpress/{number}")
        for number in (1, 20)
    ]
    await newsroom.save(edited, headline="The lamp, again")
    await newsroom.desk.post(
        f"/desk/articles/{withdrawn.json()['id']}/withdraw",
        json={},
        headers={"If-Match": withdrawn.headers["ETag"]},
    )
    before = await state(newsroom.database)

    report = await imported(
        site(tmp_path / "site.xml", wxr.post(20, "Changed"), wxr.post(21, status="draft"),
             content="Changed.")
    )  # fmt: skip

    assert outcomes(report)["1"][0] == outcomes(report)["20"][0] == "left"
    assert outcomes(report)["21"] == ("left", "live")
    assert set(report.reasons()) >= {
        "changed at the desk since the last import: left as it is there",
        "withdrawn at the desk: left as it is there",
        "is live here, but not public in the file (draft): left live",
    }
    assert await state(newsroom.database) == before


async def test_broken_off_it_is_completed_by_the_next_run(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    file = wxr.written(tmp_path / "many.xml", *(wxr.post(n, f"Post {n}") for n in range(1, 121)))

    def lights_out(work: str, done: int, total: int) -> None:
        if work == "Articles" and done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_file(newsroom.database, SYSTEM, file, Options(), progress=lights_out)
    async with newsroom.database.read() as session:
        live = "SELECT count(*) FROM desk.articles WHERE live_version IS NOT NULL"
        assert (await session.execute(text(live))).scalar_one() == 100

    report = await imported(file)

    assert report.counts()["post"] == {"unchanged": 100, "imported": 20}
    assert report.states() == {"live": 120}


async def test_a_dry_run_says_what_would_be_and_does_nothing(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    file = site(tmp_path / "site.xml")
    before = await state(newsroom.database)

    dry = await imported(file, dry_run=True)

    assert await state(newsroom.database) == before
    real = await imported(file)
    assert (dry.counts(), dry.reasons().keys(), dry.states()) == (
        real.counts(), real.reasons().keys(), real.states(),
    )  # fmt: skip


async def test_one_post_that_cannot_be_taken_does_not_take_others_with_it(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    hidden = await newsroom.desk.post(
        "/desk/sections", json={"edition": "en", "name": "Hidden", "slug": "hid", "hidden": True}
    )
    assert hidden.status_code == 201
    report = await imported(
        wxr.written(
            tmp_path / "a.xml",
            wxr.post(1),
            wxr.post(2, content="<hr>" * 2_001),
            wxr.post(3, labels=[("category", "hid", "Hidden")]),
            wxr.post(4),
        )
    )

    assert outcomes(report) == {
        "1": ("imported", "live"), "2": ("failed", None), "3": ("imported", "ready"),
        "4": ("imported", "live"),
    }  # fmt: skip
    told = {item.id: item.reason or "" for item in report.items if item.kind == "post"}
    assert "body" in told["2"]
    assert told["3"].startswith("cannot be published") and "Hidden" in told["3"]


async def test_what_nobody_foresaw_in_one_post_does_not_take_others_with_it(
    newsroom: Newsroom, imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def odd(what: str, made: Callable[..., Any]) -> Callable[..., Any]:
        def raises(*arguments: Any, **options: Any) -> Any:
            if what in str(arguments):
                raise LookupError("nobody foresaw this")
            return made(*arguments, **options)

        return raises

    reading, keeping = content.text_of, articles.upsert_external
    monkeypatch.setattr(content, "text_of", odd("in reading", reading))
    monkeypatch.setattr(articles, "upsert_external", odd("in keeping", keeping))
    monkeypatch.setattr(publishing, "publish_many", odd("", publishing.publish_many))
    file = wxr.written(
        tmp_path / "a.xml",
        wxr.post(1, content="http://[your-server-ip]/admin"),
        wxr.post(2, content="in reading"),
        wxr.post(3, "in keeping"),
        wxr.post(4, labels=[("mood", "calm", "Calm")], meta={"subtitle": "At dusk"}),
    )

    report = await imported(file)

    assert outcomes(report) == {
        "1": ("imported", "live"), "2": ("failed", None), "3": ("failed", None),
        "4": ("imported", "live"),
    }  # fmt: skip
    reason = "something unexpected (LookupError: nobody foresaw this)"
    assert [item.id for item in report.reasons()[reason]] == ["2", "3"]
    assert report.as_json()["unread"] == {
        "labels of the taxonomy mood on posts": 1, "values of the custom field subtitle": 1,
    }  # fmt: skip


async def test_a_fault_of_the_database_stops_the_import(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    async with newsroom.database.write() as session:
        nothing = "ALTER TABLE desk.revisions ADD CONSTRAINT nothing CHECK (false) NOT VALID"
        await session.execute(text(nothing))

    with pytest.raises(DBAPIError):
        await imported(wxr.written(tmp_path / "a.xml", wxr.post(1)))


async def test_a_post_that_somebody_else_imports_meanwhile_leaves_nothing_half_done(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    theirs = await newsroom.article("Theirs")
    file = wxr.written(tmp_path / "a.xml", wxr.post(1), wxr.post(2), wxr.post(3))
    claim = text("INSERT INTO desk.article_external_ids VALUES ('wordpress', '2', :id)")
    async with newsroom.database.write() as other:
        await other.execute(claim, {"id": theirs.json()["id"]})
        ours = asyncio.create_task(imported(file))
        await _until_somebody_waits(other)
    report = await ours

    assert outcomes(report) == {
        "1": ("imported", "live"), "2": ("failed", None), "3": ("imported", "live"),
    }  # fmt: skip
    assert (await state(newsroom.database))["articles"][0] == 3  # type: ignore[index]


async def _until_somebody_waits(session: AsyncSession) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
    for _ in range(600):
        if (await session.execute(text(waiting))).scalar_one():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody waits")


async def test_an_id_that_is_there_twice_is_told_and_taken_once(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    file = wxr.written(tmp_path / "a.xml", wxr.post(1, "First"), wxr.post(1, "Second"))
    await imported(file)
    before = await state(newsroom.database)

    report = await imported(file)

    assert list(report.reasons()) == ["an item before it has the same id"]
    assert await state(newsroom.database) == before


async def test_two_posts_at_one_address_both_come_in(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    link = f"{wxr.SITE}/2019/03/same/"
    file = wxr.written(
        tmp_path / "a.xml",
        wxr.category("port", "The port", term_id="4"),
        wxr.post(1, link=link),
        wxr.post(2, "Same", link=link),
        wxr.post(3, "Port", link=f"{wxr.SITE}/port/"),
    )

    report = await imported(file)
    again = await imported(file)

    assert report.states() == {"live": 3}
    remark = "something else lives at its old path"
    assert [item.id for item in report.notes()[remark]] == ["2", "3"]
    assert (await newsroom.read("/v1/pages/uncategorized/2019/03/post-2"))["headline"] == "Same"
    assert again.counts()["post"] == {"unchanged": 3}


async def test_things_of_the_same_name_are_taken_for_the_same(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    section = await newsroom.section("News", slug="news")
    topic = await newsroom.desk.post("/desk/topics", json={"name": "Fog", "slug": "fog"})
    person = await newsroom.desk.post("/desk/people", json={"name": "Mara Tollen"})

    report = await imported(site(tmp_path / "site.xml"))

    ours = {item.id: (item.outcome, str(item.our_id)) for item in report.items}
    assert ours["news"] == ("matched", section)
    assert ours["fog"] == ("matched", topic.json()["id"])
    assert ours["mara"] == ("matched", person.json()["id"])
    found = await newsroom.desk.get("/desk/people?external=wordpress:mara")
    assert [one["id"] for one in found.json()["items"]] == [person.json()["id"]]


async def test_names_given_at_the_desk_stay(newsroom: Newsroom, imported: Import, tmp_path: Path):
    file = site(tmp_path / "site.xml")
    await imported(file)
    found = await newsroom.desk.get("/desk/topics?external=wordpress:fog")
    [topic] = found.json()["items"]
    shown = await newsroom.desk.get(f"/desk/topics/{topic['id']}")
    named = {"name": "Fog and mist", "external_ids": topic["external_ids"]}
    await newsroom.desk.put(
        f"/desk/topics/{topic['id']}", json=named, headers={"If-Match": shown.headers["ETag"]}
    )

    await imported(file)

    renamed = await newsroom.desk.get(f"/desk/topics/{topic['id']}")
    assert renamed.json()["name"] == "Fog and mist"


async def test_categories_in_a_circle_or_too_deep_are_sections_all_the_same(
    imported: Import, tmp_path: Path
):
    deep = [
        wxr.category(f"c{n}", f"Deep {n}", parent=f"c{n - 1}", term_id=str(100 + n))
        for n in range(1, 13)
    ]
    circle = [wxr.category("a", "A", parent="b"), wxr.category("b", "B", parent="a")]

    report = await imported(
        wxr.written(
            tmp_path / "a.xml", *deep, *circle, wxr.post(1, labels=[("category", "c12", "")])
        )
    )

    assert report.counts()["section"] == {"imported": 15}
    assert report.states() == {"live": 1}


async def test_two_sites_come_into_one_newsroom(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    edition = {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"}
    assert (await newsroom.desk.post("/desk/editions", json=edition)).status_code == 201
    await imported(site(tmp_path / "site.xml"))

    other = wxr.written(tmp_path / "fr.xml", wxr.post(1, "La lampe", post_name="la-lampe"))
    report = await imported(other, edition="fr", system="wordpress-fr")

    assert outcomes(report) == {"1": ("imported", "live")}
    assert (await newsroom.read("/v1/pages/2019/03/la-lampe"))["edition"] == "fr"
    assert (await newsroom.read("/v1/pages/2019/03/the-lamp"))["edition"] == "en"


async def test_a_file_that_is_damaged_at_its_end_changes_nothing(
    newsroom: Newsroom, imported: Import, tmp_path: Path
):
    file = tmp_path / "cut.xml"
    file.write_text(wxr.export(*(wxr.post(number) for number in range(50)))[:-40])
    before = await state(newsroom.database)

    with pytest.raises(Invalid):
        await imported(file)

    assert await state(newsroom.database) == before


async def test_an_edition_that_is_not_there_is_told_with_those_that_are(
    imported: Import, tmp_path: Path
):
    with pytest.raises(NotFound, match="there are en"):
        await imported(site(tmp_path / "site.xml"), edition="xx")
