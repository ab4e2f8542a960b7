"""Apple News Format by a schema made from its documentation; its HTML by what Apple shows."""

from typing import Any

import html5lib
import orjson

from app.feeds.bases import Bases, canonical
from app.feeds.texts import line
from tests.feeds.checks.expected import moment
from tests.feeds.checks.schemas import errors

Json = dict[str, Any]

SHOWN = frozenset({
    "a", "aside", "b", "blockquote", "br", "code", "del", "em", "footer", "i", "li", "ol", "p",
    "pre", "s", "samp", "strong", "sub", "sup", "ul",
})  # fmt: skip
"""https://developer.apple.com/documentation/applenewsformat/using-html-with-apple-news-format"""


def check(article: Json, site: Json, document: bytes) -> None:
    read = orjson.loads(document)
    assert errors("apple_news", read) == []
    assert read["identifier"] == article["id"]
    assert read["title"] == line(article["headline"])
    assert read["language"] == article["language"]
    told = read["metadata"]
    assert told["canonicalURL"] == article["canonical_url"]
    assert moment(told["dateCreated"]) == moment(article["first_published_at"])
    assert moment(told["dateModified"]) == moment(article["updated_at"])
    names = dict.fromkeys(line(each["name"]) for each in article["bylines"])
    assert told.get("authors", []) == list(names)
    texts: dict[str, list[str]] = {}
    for component in read["components"]:
        texts.setdefault(component["role"], []).append(component.get("text", ""))
    assert texts["title"] == [line(article["headline"])]
    assert texts.get("intro", [""]) == [line(article["standfirst"])]
    assert texts.get("byline", [""]) == [line(article["byline_text"])]
    _pictures(article, read["components"], canonical(site))
    _films(article, read["components"], canonical(site))
    for html in texts.get("body", []):
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        assert {each.tag for each in tree.iter()} - {tree.tag} <= SHOWN
        assert all(
            each.attrib["href"].startswith(("https://", "http://", "mailto:", "tel:"))
            for each in tree.iter("a")
            if "href" in each.attrib
        )
    below = " ".join(texts.get("body", []))
    assert below.count("<em>") >= len(article["corrections"])


def _pictures(article: Json, components: list[Json], bases: Bases) -> None:
    """Those of the lead and of the body, in their order; of films what stands for them."""
    lead = article["lead"] or {"kind": None}
    wanted = [lead["image"]["url"]] if lead["kind"] == "image" else []
    wanted += [block["image"]["url"] for block in article["body"] if block["type"] == "image"]
    found = [each["URL"] for each in components if each["role"] == "photo"]
    posters = len(found) - len(wanted)
    assert posters >= 0
    assert {bases.absolute(url) for url in wanted} <= set(found)


PLAYED = ("video", "audio")


def _films(article: Json, components: list[Json], bases: Bases) -> None:
    """Those that Apple can play, now: it knows no DASH."""
    lead = article["lead"] or {"kind": None}
    shown = [lead[lead["kind"]]] if lead["kind"] in PLAYED else []
    shown += [block[block["type"]] for block in article["body"] if block["type"] in PLAYED]
    wanted = [
        bases.absolute(sources[0])
        for each in shown
        if each["availability"] == "now"
        and (sources := [one["url"] for one in each["sources"] if not one["url"].endswith(".mpd")])
    ]
    assert [each["URL"] for each in components if each["role"] in PLAYED] == wanted
