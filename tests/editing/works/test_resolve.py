"""Finding out what a work is: POST /desk/works/resolve."""

import asyncio
import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import httpx
import pytest

from app.editing.works import gathering
from app.editing.works.resolve_schemas import ResolveRequest
from app.outbound.fetching import fetch
from tests import newsroom as newsrooms
from tests.editing.requests import create, pointers
from tests.newsroom import Newsroom
from tests.outbound.playing import AGENT, Asked, Stranger, redirect, reply

NEWS = """<!doctype html><html lang="en"><head>
<title>Harbour audit was kept secret | The Northgate Courier</title>
<meta property="og:site_name" content="The Northgate Courier">
<link rel="canonical" href="/2026/harbour-audit">
<script type="application/ld+json">{"@type": "NewsArticle",
"headline": "Harbour audit was kept secret", "datePublished": "2026-11-20T06:00:00Z",
"author": [{"@type": "Person", "name": "By Lena Okafor Updated: 1 Oct"}]}</script>
</head><body><article>The audit was finished in May.</article></body></html>"""
URL = "https://northgate-courier.example/2026/harbour-audit"


async def resolve(newsroom: Newsroom, status: int = 200, **sent: Any) -> dict[str, Any]:
    answer = await newsroom.desk.post("/desk/works/resolve", json=sent)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["warnings"]]


async def courier(newsroom: Newsroom, **fields: Any) -> str:
    made = await create(
        newsroom, "publications",
        **{"name": "The Northgate Courier", "kind": "newspaper",
           "domains": ["northgate-courier.example"]} | fields,
    )  # fmt: skip
    identity: str = made.json()["id"]
    return identity


async def test_a_page_that_the_client_sends_becomes_a_draft(newsroom: Newsroom) -> None:
    publication_id = await courier(newsroom)

    found = await resolve(newsroom, url=URL + "?utm_source=x", html=NEWS)

    best = found["best"]
    today = best.pop("accessed_on")
    assert best == {
        "kind": "newspaper_article",
        "title": "Harbour audit was kept secret",
        "publication_id": publication_id,
        "authors": [{"family": "Okafor", "given": "Lena"}],
        "issued": "2026-11-20",
        "url": URL,
        "language": "en",
    }
    assert today
    assert (found["warnings"], found["duplicates"]) == ([], [])
    assert {"value": "Harbour audit was kept secret", "source": "json-ld"} in (
        found["suggestions"]["title"]
    )
    assert found["suggestions"]["publication_id"] == [{"value": publication_id, "source": "domain"}]


async def test_the_draft_can_be_sent_as_it_is(newsroom: Newsroom) -> None:
    await courier(newsroom)
    found = await resolve(newsroom, url=URL, html=NEWS)

    made = await newsroom.desk.post("/desk/works", json=found["best"])

    assert made.status_code == 201, made.text
    assert made.json()["title"] == "Harbour audit was kept secret"


async def test_nothing_is_kept(newsroom: Newsroom) -> None:
    await resolve(newsroom, url=URL, html=NEWS)

    assert (await newsroom.desk.get("/desk/works")).json()["items"] == []


async def test_what_is_there_already_is_told(newsroom: Newsroom) -> None:
    publication_id = await courier(newsroom)
    at_url = await create(newsroom, "works", kind="web_page", url=URL + "/?utm_source=y")
    by_doi = await create(
        newsroom, "works", kind="report", title="Other",
        identifiers=[{"scheme": "doi", "value": "10.5555/1"}],
    )  # fmt: skip
    alike = await create(
        newsroom, "works", kind="newspaper_article", publication_id=publication_id,
        title="Harbour audit was kept secret",
    )  # fmt: skip
    await create(newsroom, "works", kind="newspaper_article", title="Something else entirely")

    found = await resolve(newsroom, url=URL, html=NEWS, text="doi:10.5555/1")

    assert {each["work"]["id"]: each["because"] for each in found["duplicates"]} == {
        at_url.json()["id"]: ["url"],
        by_doi.json()["id"]: ["identifier"],
        alike.json()["id"]: ["title"],
    }


@pytest.mark.parametrize("name", ["THE NORTHGATE COURIER", "Evening News"])
async def test_a_publication_is_found_by_its_name_where_there_is_no_address(
    newsroom: Newsroom, name: str
) -> None:
    publication_id = await courier(
        newsroom, domains=[], name=name, aliases=["The Northgate Courier"]
    )

    found = await resolve(newsroom, html=NEWS)

    assert found["suggestions"]["publication_id"] == [{"value": publication_id, "source": "name"}]
    assert "url" not in found["best"]


async def test_a_publication_that_nobody_knows_is_named(newsroom: Newsroom) -> None:
    found = await resolve(newsroom, url=URL, html=NEWS)

    assert codes(found) == ["unknown_publication"]
    assert "The Northgate Courier" in found["warnings"][0]["detail"]


async def test_what_an_agency_writes_is_a_wire_item(newsroom: Newsroom) -> None:
    await courier(newsroom, kind="news_agency")

    assert (await resolve(newsroom, url=URL, html=NEWS))["best"]["kind"] == "wire_item"


async def test_an_address_alone_gives_what_it_says(newsroom: Newsroom) -> None:
    publication_id = await courier(newsroom, kind="court")

    found = await resolve(newsroom, url=URL)

    assert found["best"] == {
        "kind": "court_document", "url": URL, "publication_id": publication_id,
    }  # fmt: skip
    assert found["suggestions"]["kind"][0]["source"] == "publication"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<title>Just a moment...</title>", "captcha"),
        ("<title>Log in | The Courier</title>", "login"),
        ("<title>Before you continue</title>", "consent"),
        ("<title>Page not found</title>", "not_found"),
    ],
)
async def test_a_page_before_the_page_is_no_title(newsroom: Newsroom, html: str, code: str) -> None:
    found = await resolve(newsroom, url=URL, html=html)

    assert codes(found) == [code]
    assert found["best"] == {"kind": "web_page", "url": URL}


async def test_a_guess_that_no_work_can_have_is_left_out_of_the_draft(newsroom: Newsroom) -> None:
    html = NEWS.replace("Harbour audit was kept secret", "Long " * 300)

    found = await resolve(newsroom, url=URL, html=html)

    assert "title" not in found["best"]
    assert found["best"]["issued"] == "2026-11-20"
    assert found["suggestions"]["title"]


async def test_a_reference_in_words(newsroom: Newsroom) -> None:
    text = "“Tides of Calder,” 20 November 2026, doi:10.5555/Harbour.12"

    found = await resolve(newsroom, text=text)

    assert found["best"] == {
        "kind": "journal_article", "title": "Tides of Calder", "issued": "2026-11-20",
        "identifiers": [{"scheme": "doi", "value": "10.5555/harbour.12"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["https://[", "https://[::1", "http://a b", "https://" + "a." * 2_000, "http://\u2100.x"],
)
async def test_words_with_an_address_that_is_none(newsroom: Newsroom, text: str) -> None:
    found = await resolve(newsroom, text=f"“Tides of Calder”, {text}")

    assert found["best"]["title"] == "Tides of Calder"


async def test_the_address_of_a_doi_names_it(newsroom: Newsroom) -> None:
    found = await resolve(newsroom, url="https://doi.org/10.5555/Harbour.12")

    assert found["best"]["identifiers"] == [{"scheme": "doi", "value": "10.5555/harbour.12"}]


async def test_words_that_say_nothing(newsroom: Newsroom) -> None:
    found = await resolve(newsroom, text="the harbour master told me so")

    assert found["best"] is None
    assert codes(found) == ["nothing_found"]


async def test_wrong_requests_are_named(newsroom: Newsroom) -> None:
    for sent, place in (
        ({}, ""), ({"fetch": True}, ""), ({"url": "nowhere"}, "/url"), ({"html": 1}, "/html"),
        ({"text": "x" * 5_001}, "/text"), ({"url": URL, "fetch": "yes"}, "/fetch"),
        ({"url": URL, "cookies": {}}, "/cookies"),
    ):  # fmt: skip
        answer = await newsroom.desk.post("/desk/works/resolve", json=sent)
        assert answer.status_code == 422, answer.text
        assert pointers(answer) == [place]


async def test_who_may_only_read_may_not(newsroom: Newsroom) -> None:
    async with await newsroom.client("reader") as reader:
        answer = await reader.post("/desk/works/resolve", json={"url": URL})

    assert answer.status_code == 403


async def test_nobody_is_asked_unless_the_editor_says_so(
    calling: Newsroom, there: Stranger
) -> None:
    await resolve(calling, url=there.url("/a"))
    await resolve(calling, url=there.url("/a"), html=NEWS, fetch=True)

    assert there.asked == []


async def test_the_page_at_an_address_is_fetched(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = redirect("/2026/harbour-audit", 301)
    there.pages["/2026/harbour-audit"] = reply(200, NEWS)
    site = await calling.desk.get("/desk/site")
    changed = site.json() | {
        "addresses": [{"kind": "canonical", "web": "https://fogbank.example",
                       "api": "https://fogbank.example", "media": "https://fogbank.example"}]
    }  # fmt: skip
    sent = {name: changed[name] for name in ("name", "publisher", "addresses")}
    answer = await calling.desk.put(
        "/desk/site", json=sent, headers={"If-Match": site.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text

    found = await resolve(calling, url=there.url("/a"), fetch=True)

    assert found["best"]["title"] == "Harbour audit was kept secret"
    assert found["best"]["url"] == there.url("/2026/harbour-audit")
    assert {each.headers["user-agent"] for each in there.asked} == {
        "Masthead (+https://fogbank.example/)"
    }
    assert "authorization" not in there.asked[0].headers


async def test_an_address_in_the_text_is_fetched(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = reply(200, NEWS)

    found = await resolve(calling, text=f"see {there.url('/a')}", fetch=True)

    assert found["best"]["title"] == "Harbour audit was kept secret"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (reply(403, NEWS), "status"),
        (reply(500, NEWS), "status"),
        (reply(200, b"%PDF-1.7", content_type="application/pdf"), "not_html"),
        (reply(200, "<title>Just a moment...</title>"), "captcha"),
    ],
)
async def test_a_page_that_does_not_come_is_a_warning(
    calling: Newsroom, there: Stranger, page: Any, code: str
) -> None:
    there.pages["/a"] = page

    found = await resolve(calling, url=there.url("/a"), fetch=True)

    assert codes(found) == [code]
    assert found["best"]["url"] == there.url("/a")
    assert "title" not in found["best"]


async def test_a_server_that_is_not_there_is_a_warning(calling: Newsroom, there: Stranger) -> None:
    async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.close()

    there.pages["/a"] = hang_up

    assert codes(await resolve(calling, url=there.url("/a"), fetch=True)) == ["unreachable"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
     "http://10.0.0.7/", "https://8.8.8.8:8443/"],
)  # fmt: skip
async def test_an_address_inside_is_refused(calling: Newsroom, url: str) -> None:
    answer = await calling.desk.post("/desk/works/resolve", json={"url": url, "fetch": True})

    assert answer.status_code == 422
    assert pointers(answer) == ["/url"]


async def test_a_redirect_to_the_inside_is_refused(calling: Newsroom, there: Stranger) -> None:
    there.pages["/a"] = redirect("http://169.254.169.254/latest/meta-data/")

    found = await resolve(calling, 422, url=there.url("/a"), fetch=True)

    assert found["errors"][0]["pointer"] == "/url"


async def test_nothing_to_ask_for(calling: Newsroom, there: Stranger) -> None:
    found = await resolve(calling, text="“Tides of Calder”", fetch=True)

    assert codes(found) == ["nothing_to_fetch"]


async def test_switched_off_it_says_so(site_url: str) -> None:
    async with newsrooms.opened(site_url, outbound=False) as newsroom:
        refused = await resolve(newsroom, 409, url=URL, fetch=True)
        without = await resolve(newsroom, url=URL, html=NEWS)

    assert refused["type"] == "urn:masthead:problem:outbound-off"
    assert without["best"]["title"] == "Harbour audit was kept secret"


async def test_a_slow_page_holds_no_connection(site_url: str, there: Stranger) -> None:
    """With a pool of one: while strangers are waited for, others write."""
    answer_now, arrived = asyncio.Event(), asyncio.Semaphore(0)

    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        arrived.release()
        await answer_now.wait()
        await reply(200, NEWS)(asked, writer)

    there.pages["/slow"] = slow
    only_there = partial(fetch, allowed={there.endpoint})
    async with newsrooms.opened(site_url, fetch=only_there, database_pool_size=1) as newsroom:
        waiting = [
            asyncio.create_task(resolve(newsroom, url=there.url("/slow"), fetch=True))
            for _ in range(3)
        ]
        for _ in waiting:
            await arrived.acquire()

        made = await newsroom.desk.post("/desk/topics", json={"name": "Ferries"})
        answer_now.set()
        found = await asyncio.gather(*waiting)

    assert made.status_code == 201
    assert {each["best"]["title"] for each in found} == {"Harbour audit was kept secret"}


@pytest.mark.parametrize(
    "sent", [{"text": "doi:10.5555/Harbour.12"}, {"url": "https://doi.org/10.5555/harbour.12"}]
)
async def test_the_registry_is_asked_about_a_doi(there: Stranger, sent: dict[str, Any]) -> None:
    item = {"type": "report", "title": "Tides", "DOI": "10.5555/harbour.12"}
    there.pages["/10.5555/harbour.12"] = redirect("/item")
    there.pages["/item"] = reply(200, json.dumps(item))
    asked = ResolveRequest(**sent)

    gathered = await gathering.from_what_was_sent(asked)
    await gathering.ask(
        gathered, asked, fetch=partial(fetch, allowed={there.endpoint}), agent=AGENT,
        registry=there.url("/"),
    )  # fmt: skip

    assert [(each.field, each.value) for each in gathered.found[:2]] == [
        ("title", "Tides"), ("kind", "report"),
    ]  # fmt: skip
    assert there.asked[1].headers["accept"] == "application/vnd.citationstyles.csl+json"


async def test_what_a_page_says_is_no_instruction_to_ask_others(there: Stranger) -> None:
    """A canonical address is a suggestion: only the one that the editor sent is called."""
    names: list[str] = []

    async def resolver(host: str, port: int) -> Sequence[str]:
        names.append(host)
        return ["127.0.0.1"]

    there.pages["/a"] = reply(200, NEWS)
    asked = ResolveRequest(url=there.url("/a"))
    gathered = await gathering.from_what_was_sent(asked)
    await gathering.ask(
        gathered, asked, agent=AGENT,
        fetch=partial(fetch, allowed={there.endpoint}, resolve=resolver),
    )  # fmt: skip

    assert (there.targets, names) == (["/a"], [])


async def test_the_answer_may_not_be_stored_by_anybody(newsroom: Newsroom) -> None:
    answer: httpx.Response = await newsroom.desk.post("/desk/works/resolve", json={"url": URL})

    assert "no-store" in answer.headers["Cache-Control"]
