"""robots.txt, trust.txt and OpenSearch, read by programs that nobody here wrote."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from app.editing.site.discovery import Robots
from app.feeds import host_files
from app.feeds.crawlers import TRAINING
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom

WEB = "https://www.example.org"
SITE: dict[str, Any] = {
    "name": "The Kestrel Bay Courier",
    "tagline": "News with the tide",
    "publisher": {"name": "Kestrel Bay Press", "email": "desk@example.org"},
    "addresses": [
        {"kind": "canonical", "web": WEB, "api": "https://api.example.org",
         "media": "https://media.example.org"}
    ],
}  # fmt: skip
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def tell(newsroom: Newsroom, **fields: Any) -> None:
    answer = await newsroom.desk.put("/desk/site", json=SITE | fields, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def python_says(document: str, agent: str, path: str) -> bool:
    parser = RobotFileParser()
    parser.parse(document.splitlines())
    return parser.can_fetch(agent, WEB + path)


async def test_a_site_that_says_nothing_lets_everybody_in(newsroom: Newsroom) -> None:
    answer = await newsroom.reader.get("/robots.txt?utm_source=x")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == "User-agent: *\nDisallow:\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    for headers in ({}, {"If-None-Match": "*"}):
        assert (await newsroom.reader.get("/trust.txt", headers=headers)).status_code == 404
    assert (await newsroom.reader.get("/opensearch.xml")).status_code == 404


async def test_crawlers_obey(newsroom: Newsroom) -> None:
    asked = {"disallow": ["/search", "/*.pdf$"], "refused": ["BadBot", "gptbot"],
             "data_training": "reserved"}  # fmt: skip
    await tell(newsroom, robots=asked)

    document = (await newsroom.reader.get("/robots.txt")).text
    protego = Protego.parse(document)

    assert list(protego.sitemaps) == ["https://api.example.org/sitemap.xml"]
    for agent in ("BadBot", "GPTBot", "CCBot", "Google-Extended", "ClaudeBot"):
        assert not protego.can_fetch(WEB + "/news", agent), agent
        assert not python_says(document, agent, "/news"), agent
    for agent in ("Googlebot", "bingbot", "SomethingElse"):
        assert protego.can_fetch(WEB + "/news", agent), agent
        assert python_says(document, agent, "/news"), agent
        assert not protego.can_fetch(WEB + "/search?q=x", agent)
        assert not python_says(document, agent, "/search?q=x")
        assert not protego.can_fetch(WEB + "/a/report.pdf", agent)
    assert document.lower().count("user-agent: gptbot") == 1


async def test_it_changes_with_the_site(newsroom: Newsroom) -> None:
    before = await newsroom.reader.get("/robots.txt")
    known = {"If-None-Match": before.headers["ETag"]}
    assert (await newsroom.reader.get("/robots.txt", headers=known)).status_code == 304

    await tell(newsroom, robots={"disallow": ["/search"]})

    assert (await newsroom.reader.get("/robots.txt", headers=known)).status_code == 200


async def test_trust_txt_says_who_belongs_with_whom(newsroom: Newsroom) -> None:
    trust = {"belongto": ["https://association.example.org/"],
             "social": ["https://social.example.org/@bay", "https://video.example.org/bay"],
             "contact": ["desk@example.org"]}  # fmt: skip
    await tell(newsroom, trust=trust, robots={"data_training": "reserved"})

    answer = await newsroom.reader.get("/trust.txt")
    again = await newsroom.reader.get("/.well-known/trust.txt")

    assert answer.text.splitlines() == [
        "belongto=https://association.example.org/",
        "social=https://social.example.org/@bay",
        "social=https://video.example.org/bay",
        "contact=desk@example.org",
        "datatrainingallowed=no",
    ]
    assert (again.content, again.headers["ETag"]) == (answer.content, answer.headers["ETag"])
    any_of_it = {"If-None-Match": "*"}
    assert (await newsroom.reader.get("/trust.txt", headers=any_of_it)).status_code == 304
    site = await newsroom.read("/v1/site")
    assert site["trust"] == trust
    assert site["robots"]["data_training"] == "reserved"


async def test_browsers_learn_how_to_search(newsroom: Newsroom) -> None:
    template = WEB + "/search?q={searchTerms}&edition=en"
    await tell(newsroom, search_url=template)

    answer = await newsroom.reader.get("/opensearch.xml")

    assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(answer.content)
    short = root.findtext("o:ShortName", namespaces=OPENSEARCH) or ""
    assert short == "The Kestrel Bay…" and len(short) <= 16
    assert root.findtext("o:LongName", namespaces=OPENSEARCH) == SITE["name"]
    assert root.findtext("o:Description", namespaces=OPENSEARCH) == SITE["tagline"]
    html, own = root.findall("o:Url", OPENSEARCH)
    assert html.attrib == {"type": "text/html", "template": template}
    assert own.attrib["template"] == "https://api.example.org/opensearch.xml"


REFUSED: list[tuple[str, Any]] = [
    ("search_url", WEB + "/search"),
    ("search_url", WEB + "/{searchTerms}/{searchTerms}"),
    ("robots", {"disallow": ["search"]}),
    ("robots", {"disallow": ["/a\nUser-agent: *"]}),
    ("robots", {"refused": ["Bad Bot"]}),
    ("robots", {"refused": ["*"]}),
    ("robots", {"data_training": "perhaps"}),
    ("trust", {"member": ["association.example.org"]}),
    ("trust", {"contact": ["\n"]}),
    ("trust", {"controlledby": [WEB, WEB]}),
    ("trust", {"friend": [WEB]}),
]


async def test_the_desk_refuses_what_would_break_them(newsroom: Newsroom) -> None:
    for field, value in REFUSED:
        answer = await newsroom.desk.put(
            "/desk/site", json=SITE | {field: value}, headers={"If-Match": "*"}
        )
        assert answer.status_code == 422, f"{value}: {answer.text}"
        assert any(f"/{field}" in fault["pointer"] for fault in answer.json()["errors"])


def test_the_site_of_an_older_release_says_nothing() -> None:
    assert host_files.robots(SITE).decode().startswith("User-agent: *\nDisallow:\n\nSitemap: ")
    assert host_files.trust(SITE) is None
    assert host_files.opensearch(SITE) is None


paths = st.lists(st.from_regex(r"\A(/[a-z]{1,8}){1,2}\Z"), max_size=5)
agents = st.lists(st.from_regex(r"\A[A-Za-z][A-Za-z]{3,12}\Z"), max_size=5)


@settings(max_examples=40)
@given(disallow=paths, refused=agents, training=st.sampled_from(["allowed", "reserved", None]))
def test_both_parsers_agree_with_what_was_asked(
    disallow: list[str], refused: list[str], training: str | None
) -> None:
    robots = Robots.model_validate(
        {"disallow": disallow, "refused": refused, "data_training": training}
    )
    document = host_files.robots(SITE | {"robots": robots.model_dump()}).decode()
    protego = Protego.parse(document)
    away = {each.lower() for each in refused}
    away |= {each.lower() for each in TRAINING} if training == "reserved" else set()

    for agent in (*refused, "CCBot", "Quiet"):
        kept_out = any(name in agent.lower() for name in away)
        for path in (*disallow, "/free9"):
            wanted = not kept_out and not any(path.startswith(each) for each in disallow)
            assert protego.can_fetch(WEB + path, agent) == wanted, (agent, path, document)
            assert python_says(document, agent, path) == wanted, (agent, path, document)
