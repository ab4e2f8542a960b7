"""What one article cites, each citation by itself, and the other formats of it."""

from dataclasses import replace
from uuid import uuid4

import httpx
import orjson
import pytest

from app.delivery.exports import MEDIA_TYPES
from app.published.writes import Exported, Put, Remove, Views
from app.publishing.bibliography.formats import FORMATS
from tests.delivery.shelf import NOON, Shelf, a_citation, a_citing_article, an_article

EXPORTS = tuple(
    Exported(name=name, media_type=each.media_type, body=f"as {name}".encode())
    for name, each in FORMATS.items()
)


def a_story(**fields) -> Put:
    """With three citations, told in no order."""
    return a_citing_article(
        "The harbour reopens",
        a_citation("second", ordinal=2, of_type="paraphrase", level="background"),
        a_citation("first", ordinal=1, channel="press_report"),
        a_citation("third", ordinal=3, of_type="data", level=None, channel=None),
        exports=EXPORTS,
        **fields,
    )


def texts(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    assert answer.json()["next"] is None
    return [item["text"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["first", "second", "third"]),
        ("?type=quotation", ["first"]),
        ("?level=background", ["second"]),
        ("?channel=interview", ["second"]),
        ("?channel=interview&type=paraphrase", ["second"]),
        ("?type=legal", []),
    ],
)
async def test_an_article_has_its_citations_in_the_order_of_its_text(
    shelf: Shelf, reader: httpx.AsyncClient, query: str, expected: list[str]
) -> None:
    story = a_story()
    await shelf.put(story, a_citing_article("another", a_citation("elsewhere")))

    answer = await reader.get(f"/v1/articles/{story.id}/citations{query}")

    assert texts(answer) == expected
    stored = {orjson.loads(each.full)["text"]: each.full for each in story.citations}
    shown = b",".join(stored[text] for text in expected)
    assert answer.content == b'{"items":[%b],"next":null}' % shown
    assert answer.headers["surrogate-key"] == f"article-{story.id}"
    assert answer.headers["last-modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"


async def test_an_article_without_citations_has_an_empty_list(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}/citations")
    as_bibtex = await reader.get(
        f"/v1/articles/{story.id}/citations", headers={"Accept": "application/x-bibtex"}
    )
    export = await reader.get(f"/v1/articles/{story.id}/citations.bib")

    assert texts(answer) == texts(as_bibtex) == []
    assert as_bibtex.headers["content-type"] == "application/json"
    assert "link" not in answer.headers
    assert export.status_code == 404


@pytest.mark.parametrize("end", ["", "?type=quotation", ".bib", ".html"])
async def test_what_did_not_change_is_a_304(shelf: Shelf, reader, end: str) -> None:
    identity = uuid4()
    story = a_story(identity=identity)
    await shelf.put(story)
    address = f"/v1/articles/{identity}/citations{end}"
    first = await reader.get(address)
    known = {"If-None-Match": first.headers["etag"]}

    same = await reader.get(address, headers=known)
    changed = a_citation("changed", identity=story.citations[1].id, channel="press_report")
    other = Exported(name=end[1:], media_type="text/plain", body=b"other")
    await shelf.put(a_citing_article("again", changed, identity=identity, version=2,
                                     exports=[other]))  # fmt: skip
    later = await reader.get(address, headers=known)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers.get("vary") == first.headers.get("vary")
    assert later.status_code == 200


@pytest.mark.parametrize("end", ["/citations", "/citations.ris", "/sourcing"])
@pytest.mark.parametrize(
    ("status", "kind"), [(410, "gone"), (451, "unavailable-for-legal-reasons")]
)
async def test_with_the_article_its_citations_are_gone(
    shelf: Shelf, reader, end: str, status: int, kind: str
) -> None:
    story = a_story()
    await shelf.put(story)
    await shelf.put(
        Remove(id=story.id, kind="article", version=1, modified_at=NOON, status=status,
               notice="We could not stand by it.")
    )  # fmt: skip

    answer = await reader.get(f"/v1/articles/{story.id}{end}")
    single = await reader.get(f"/v1/citations/{story.citations[0].id}")

    for gone in (answer, single):
        assert gone.status_code == status
        assert gone.json()["type"] == f"urn:masthead:problem:{kind}"
        assert gone.json()["notice"] == "We could not stand by it."
        assert gone.headers["surrogate-key"] == f"article-{story.id}"


@pytest.mark.parametrize("end", ["/citations", "/citations.bib", "/sourcing"])
async def test_unknown_articles_have_nothing(shelf: Shelf, reader, end: str) -> None:
    site = (await reader.get("/v1/site")).json()["id"]

    for unknown in (uuid4(), site, "harbour"):
        assert (await reader.get(f"/v1/articles/{unknown}{end}")).status_code == 404


async def test_a_citation_stands_by_itself(shelf: Shelf, reader) -> None:
    story = a_story()
    await shelf.put(story)
    wanted = story.citations[0]

    answer = await reader.get(f"/v1/citations/{wanted.id}")

    assert answer.content == wanted.full
    assert answer.headers["etag"] == f'"{wanted.etag}"'
    assert answer.headers["surrogate-key"] == f"article-{story.id}"
    assert answer.headers["cache-control"].startswith("public, max-age=")


async def test_a_citation_that_the_article_no_longer_has_is_gone(shelf: Shelf, reader) -> None:
    story = a_story()
    await shelf.put(story)
    kept, lost, _ = story.citations
    await shelf.put(a_citing_article("shorter", kept, identity=story.id, version=2))

    assert (await reader.get(f"/v1/citations/{kept.id}")).status_code == 200
    answer = await reader.get(f"/v1/citations/{lost.id}")
    assert answer.status_code == 410
    assert answer.json()["notice"] is None
    for unknown in (uuid4(), story.id, "one"):
        assert (await reader.get(f"/v1/citations/{unknown}")).status_code == 404


@pytest.mark.parametrize("name", FORMATS)
async def test_each_format_has_an_address_of_its_own(shelf: Shelf, reader, name: str) -> None:
    story = a_story(path="/news/2026/11/harbour-reopens")
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}/citations.{name}")

    assert answer.content == f"as {name}".encode()
    assert answer.headers["content-type"] == FORMATS[name].media_type
    assert "vary" not in answer.headers
    disposition = answer.headers.get("content-disposition")
    if name in ("csl.json", "bib", "ris"):
        assert disposition == f'attachment; filename="harbour-reopens-citations.{name}"'
    else:
        assert disposition is None


def test_the_formats_that_are_made_are_those_that_can_be_had() -> None:
    made = {name: each.media_type.partition(";")[0] for name, each in FORMATS.items()}

    assert made == MEDIA_TYPES


@pytest.mark.parametrize("name", ["xml", "BIB", "csl", "bib.", "..%2Fbib"])
async def test_there_are_no_other_formats(shelf: Shelf, reader, name: str) -> None:
    story = a_story()
    await shelf.put(story)

    assert (await reader.get(f"/v1/articles/{story.id}/citations.{name}")).status_code == 404


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/اخبار/بندر", "citations.ris\"; filename*=UTF-8''%D8%A8%D9%86%D8%AF%D8%B1-citations.ris"),
        ('/a/x"y', "x-y-citations.ris\"; filename*=UTF-8''x%22y-citations.ris"),
        ("/", 'article-citations.ris"'),
    ],
)
async def test_a_download_has_a_good_name_in_every_script(
    shelf: Shelf, reader, path: str, expected: str
) -> None:
    story = a_story(path=path)
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}/citations.ris")

    assert answer.headers["content-disposition"] == f'attachment; filename="{expected}'


async def test_a_page_of_citations_can_run_nothing(shelf: Shelf, reader) -> None:
    story = a_story()
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}/citations.html")

    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("application/vnd.citationstyles.csl+json", "csl.json"),
        ("application/x-bibtex", "bib"),
        ("application/x-research-info-systems", "ris"),
        ("application/ld+json", "jsonld"),
        ("text/plain", "txt"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("application/x-bibtex;q=0.5, application/json;q=0.4", "bib"),
        ("*/*", None),
        ("application/json", None),
        ("image/png", None),
        (None, None),
    ],
)
async def test_one_address_has_all_formats(
    shelf: Shelf, reader: httpx.AsyncClient, accept: str | None, name: str | None
) -> None:
    story = a_story()
    await shelf.put(story)
    address = f"/v1/articles/{story.id}/citations"
    headers = {"Accept": accept} if accept else {}
    if accept is None:
        del reader.headers["accept"]

    answer = await reader.get(address, headers=headers)

    assert answer.headers["vary"] == "Accept"
    if name is None:
        assert answer.headers["content-type"] == "application/json"
        assert len(answer.json()["items"]) == 3
    else:
        assert answer.content == f"as {name}".encode()
        assert answer.headers["content-type"] == FORMATS[name].media_type
        own = await reader.get(f"{address}.{name}")
        assert own.headers["etag"] == answer.headers["etag"]
    assert answer.headers["link"].split(", ") == [
        f'<{address}.{each}>; rel="alternate"; type="{media}"'
        for each, media in MEDIA_TYPES.items()
    ]


async def test_all_forms_have_an_etag_of_their_own(shelf: Shelf, reader) -> None:
    story = a_story()
    await shelf.put(story)

    tags = {
        (await reader.get(f"/v1/articles/{story.id}/citations", headers={"Accept": media})).headers[
            "etag"
        ]
        for media in ("application/json", *MEDIA_TYPES.values())
    }

    assert len(tags) == len(FORMATS) + 1


async def test_a_filtered_list_is_json_whatever_is_accepted(shelf: Shelf, reader) -> None:
    story = a_story()
    await shelf.put(story)

    answer = await reader.get(
        f"/v1/articles/{story.id}/citations?type=data", headers={"Accept": "text/html"}
    )

    assert texts(answer) == ["third"]
    assert "vary" not in answer.headers


@pytest.mark.parametrize(
    ("end", "wrong"),
    [
        ("/citations?type=gossip", {"type"}),
        ("/citations?level=off_the_record&channel=rumour", {"level", "channel"}),
        ("/citations?limit=5", {"limit"}),
        ("/citations.bib?type=data", {"type"}),
        ("/sourcing?x=1", {"x"}),
    ],
)
async def test_what_cannot_be_is_refused_by_name(
    shelf: Shelf, reader, end: str, wrong: set[str]
) -> None:
    story = a_story()
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}{end}")

    assert answer.status_code == 422
    assert {fault["parameter"] for fault in answer.json()["errors"]} == wrong


async def test_sourcing_is_cut_out_of_the_document(shelf: Shelf, reader) -> None:
    sourcing = b'{"formula":1,"citations":2,"by_type":{"data":1,"Z\xc3\xa9":1}}'
    sourced = with_document(b'{"sourcing":%b,"headline":"x"}' % sourcing)
    plain = with_document(b'{"sourcing":null}')
    await shelf.put(sourced, plain)

    answer = await reader.get(f"/v1/articles/{sourced.id}/sourcing")
    nothing = await reader.get(f"/v1/articles/{plain.id}/sourcing")

    assert answer.content == sourcing
    assert answer.headers["etag"] == f'"{sourced.views.etag}-sourcing"'
    assert answer.headers["surrogate-key"] == f"article-{sourced.id}"
    assert nothing.json() is None


def with_document(full: bytes) -> Put:
    return replace(an_article(), views=Views(full=full, card=b"{}", app=full))
