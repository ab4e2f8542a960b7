"""Whatever lives at a path, and what addresses of old lead to."""

from urllib.parse import quote

import httpx
import pytest

from app.published.models import Path
from app.published.writes import Remove
from tests.delivery.shelf import NOON, Shelf, a_document, an_article
from tests.delivery.test_articles import a_key

PERSIAN = "/اخبار/بندر-بازگشایی-شد"


def sent_to(answer: httpx.Response) -> str | None:
    """Where a redirect leads; None where the answer is a document."""
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    if shown["kind"] != "redirect":
        return None
    assert shown == {"kind": "redirect", "status": 301, "to": shown["to"]}
    return shown["to"]


async def resolved(reader: httpx.AsyncClient, url: str, **parameters: str) -> httpx.Response:
    return await reader.get("/v1/resolve", params={"url": url, **parameters})


@pytest.mark.parametrize("path", ["/news/harbour", PERSIAN, "/a b/100%/c?d#e+f", "/CASE/Matters"])
async def test_what_lives_at_a_path_is_the_document(shelf: Shelf, reader, path: str) -> None:
    story = an_article(path=path)
    await shelf.put(story)

    page = await reader.get(f"/v1/pages{quote(path)}")
    url = await resolved(reader, quote(path))
    absolute = await resolved(reader, f"https://old.example.org{quote(path)}?utm_source=x#part")

    assert page.content == story.views.full
    assert url.content == absolute.content == story.views.full
    assert page.headers["etag"] == f'"{story.views.etag}"'


async def test_a_page_can_be_asked_for_in_every_view(shelf: Shelf, reader) -> None:
    await shelf.put(an_article(path="/news/harbour"))

    for view in ("card", "full", "app"):
        page = await reader.get(f"/v1/pages/news/harbour?view={view}")
        url = await resolved(reader, "/news/harbour", view=view)

        assert page.json()["form"] == url.json()["form"] == view


async def test_editions_and_sections_and_people_live_at_paths_too(shelf: Shelf, reader) -> None:
    await shelf.put(
        a_document("section", "World", path="/world"),
        a_document("person", "Thea", slug="thea", path="/people/thea"),
    )

    found = [
        (await reader.get(f"/v1/pages{path}")).json()["name"]
        for path in ("/", "/fr", "/world", "/people/thea")
    ]

    assert found == ["en", "fr", "World", "Thea"]


async def test_a_key_opens_the_uncut_page(shelf: Shelf, reader) -> None:
    await shelf.put(an_article(path="/news/harbour", cut=True))
    token = await a_key(shelf.database)
    headers = {"Authorization": f"Bearer {token.text}"}

    public = await reader.get("/v1/pages/news/harbour")
    whole = await reader.get("/v1/pages/news/harbour", headers=headers)
    resolved_whole = await reader.get("/v1/resolve?url=/news/harbour&view=app", headers=headers)
    refused = await reader.get("/v1/pages/news/harbour", headers={"Authorization": "Bearer x"})

    assert public.json()["form"] == "full"
    assert whole.json()["form"] == "whole full"
    assert whole.headers["cache-control"] == "private, no-store"
    assert resolved_whole.json()["form"] == "whole app"
    assert refused.status_code == 401


@pytest.mark.parametrize(
    "spelled",
    [
        "/news/harbour/", "/news//harbour", "//news/harbour", "/News/Harbour", "/NEWS/HARBOUR/",
        "/news/harbour/amp", "/news/harbour/amp/", "/news/harbour/feed", "/news/harbour/feed/rss2/",
        "/index.php/news/harbour", "/index.php/news/harbour/amp", "/news/harbour/index.html",
        "/News/harbour/FEED/atom",
    ],
)  # fmt: skip
async def test_another_spelling_leads_to_ours(shelf: Shelf, reader, spelled: str) -> None:
    await shelf.put(an_article(path="/news/harbour"))

    page = await reader.get(f"/v1/pages{spelled}")
    url = await resolved(reader, f"https://www.example.org{spelled}")

    assert sent_to(page) == "/news/harbour"
    assert sent_to(url) == "/news/harbour"
    assert "s-maxage" in page.headers["cache-control"]


async def test_letters_put_together_otherwise_lead_to_ours(shelf: Shelf, reader) -> None:
    await shelf.put(an_article(path="/caf\u00e9"))

    decomposed = quote("cafe\u0301")

    assert sent_to(await reader.get(f"/v1/pages/{decomposed}")) == "/caf%C3%A9"


async def test_what_really_lives_at_such_an_address_comes_first(shelf: Shelf, reader) -> None:
    await shelf.put(an_article("short", path="/news"), an_article("long", path="/news/feed"),
                    an_article("upper", path="/NEWS"))  # fmt: skip

    assert (await reader.get("/v1/pages/news/feed")).json()["headline"] == "long"
    assert (await reader.get("/v1/pages/NEWS")).json()["headline"] == "upper"
    assert sent_to(await reader.get("/v1/pages/news/amp")) == "/news"


@pytest.mark.parametrize("query", ["?p=1787", "index.php?p=1787", "fr/?page_id=1787&lang=fr"])
async def test_an_id_of_the_system_before_leads_to_the_article(
    shelf: Shelf, reader, query: str
) -> None:
    await shelf.put(an_article(path=PERSIAN, external_ids=[("wordpress", "1787")]))

    answer = await resolved(reader, f"http://old.example.org/{query}")

    assert sent_to(answer) == quote(PERSIAN)


async def test_an_unknown_id_of_old_leaves_the_path_to_decide(shelf: Shelf, reader) -> None:
    await shelf.put(an_article(path="/news/harbour"))

    assert sent_to(await resolved(reader, "/news/harbour?p=99")) is None
    assert sent_to(await resolved(reader, "/news/harbour?amp=1")) == "/news/harbour"
    assert sent_to(await resolved(reader, "https://example.org?p=x")) is None


async def test_a_path_that_was_left_leads_to_where_the_story_lives_now(shelf, reader) -> None:
    story = an_article(path="/old/harbour")
    await shelf.put(story)
    await shelf.move("/old/harbour", an_article(identity=story.id, path="/new/harbour", version=2))

    for address in ("/v1/pages/old/harbour", "/v1/pages/Old/Harbour/amp/"):
        answer = await reader.get(address)

        assert sent_to(answer) == "/new/harbour"
        assert answer.headers["surrogate-key"] == f"article-{story.id}"
    assert sent_to(await reader.get("/v1/pages/new/harbour")) is None


async def test_a_path_can_lead_to_another_site(shelf: Shelf, reader) -> None:
    async with shelf.database.write() as session:
        session.add(Path(path="/shop", redirect=True, to_url="https://shop.example.org/"))

    assert sent_to(await reader.get("/v1/pages/shop")) == "https://shop.example.org/"


@pytest.mark.parametrize("status", [410, 451])
async def test_what_was_taken_away_is_gone_at_all_its_addresses(shelf, reader, status) -> None:
    ids = [("wordpress", "1787")]
    story = an_article(path="/old/harbour", external_ids=ids)
    moved = an_article(identity=story.id, path="/new/harbour", version=2, external_ids=ids)
    await shelf.put(story)
    await shelf.move("/old/harbour", moved)
    await shelf.put(
        Remove(id=story.id, kind="article", version=2, modified_at=NOON, status=status, notice="No")
    )

    assert (await resolved(reader, "/?p=1787")).status_code == status
    for path in ("/new/harbour", "/old/harbour", "/NEW/harbour", "/new/harbour/amp"):
        page, url = await reader.get(f"/v1/pages{path}"), await resolved(reader, path)

        assert page.status_code == url.status_code == status
        assert page.json()["notice"] == "No"


@pytest.mark.parametrize(
    "path", ["nowhere", "news/harbour/more", "a%00b", "%FF", "a%0Ab", "%25zz", "amp", "feed/x/y"]
)
async def test_where_nothing_lives_is_a_404(shelf: Shelf, reader, path: str) -> None:
    await shelf.put(an_article(path="/news/harbour"))

    page = await reader.get(f"/v1/pages/{path}")

    assert page.status_code in (404, 400)
    assert page.status_code == 404 or "%00" in path


@pytest.mark.parametrize(
    "url", ["", "harbour", "javascript:alert(1)", "ftp://example.org/x", "mailto:a@example.org",
            "http://[", "https://example.org/%FF", "x" * 4001]
)  # fmt: skip
async def test_what_is_no_address_is_refused(shelf: Shelf, reader, url: str) -> None:
    answer = await resolved(reader, url)

    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["url"]


async def test_an_address_is_required(shelf: Shelf, reader) -> None:
    answer = await reader.get("/v1/resolve")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"detail": "It is required.", "parameter": "url"}]


async def test_nobody_can_look_up_paths_by_patterns(shelf: Shelf, reader) -> None:
    await shelf.put(an_article(path="/news/harbour"))

    for path in ("/news/%25", "/news/_arbour", "/news/harbour%25", "/%5C/harbour"):
        assert (await reader.get(f"/v1/pages{path}")).status_code == 404
