"""Works at the desk."""

import asyncio
from typing import Any

import pytest

from app.editing.works.kinds import CSL_TYPES
from app.published.citation_words import WORK_KINDS
from tests.editing.requests import create, delete, pointers, replace
from tests.newsroom import Newsroom

WHOLE: dict[str, Any] = {
    "kind": "newspaper_article",
    "title": "Harbour audit was kept secret, officials say",
    "title_original": "Hafenprüfung blieb geheim",
    "authors": [
        {"family": "Valdo", "given": "Ines", "non-dropping-particle": "van", "suffix": "Jr"},
        {"literal": "Harbour desk"},
    ],
    "contributors": {"interviewer": [{"family": "Okello"}]},
    "issued": "2026-11-20",
    "accessed_on": "2026-11-21",
    "url": "https://northgate-courier.example/2026/harbour-audit?id=7",
    "identifiers": [
        {"scheme": "doi", "value": "10.5555/12345678"},
        {"scheme": "isbn", "value": "9780306406157"},
    ],
    "number": "114",
    "volume": "XII",
    "section": "Metro",
    "page": "1, 4-5",
    "edition": "late city",
    "place": "Northgate",
    "event_title": "Inquiry",
    "medium": "print",
    "genre": "investigation",
    "duration": 90,
    "language": "en-GB",
    "csl_extra": {
        "container-title-short": "NC",
        "issue": 7,
        "event-date": {"date-parts": [[2026, 11, 19]], "circa": None},
    },
    "access": "metered",
    "archive_url": "https://archive.example/1",
    "archived_on": "2026-11-22",
}
PLAIN: dict[str, Any] = {"kind": "report", "title": "Audit"}


async def test_what_was_sent_comes_back_in_its_one_spelling(newsroom: Newsroom) -> None:
    sent = WHOLE | {
        "title": " Harbour audit was kept\n secret, officials say ",
        "identifiers": [
            {"scheme": "doi", "value": "https://doi.org/10.5555/12345678"},
            {"scheme": "isbn", "value": "0-306-40615-2"},
        ],
        "language": "EN-gb",
    }
    made = (await create(newsroom, "works", **sent)).json()

    names = ("authors", "contributors", "csl_extra")
    expected = WHOLE | {"csl_type": "article-newspaper", "status": "current"}
    assert {name: made[name] for name in expected if name not in names} == {
        name: value for name, value in expected.items() if name not in names
    }
    assert made["authors"][0] == {
        "family": "Valdo", "given": "Ines", "dropping-particle": None,
        "non-dropping-particle": "van", "suffix": "Jr", "literal": None,
    }  # fmt: skip
    assert made["contributors"]["interviewer"][0]["family"] == "Okello"
    assert made["csl_extra"] == {
        "container-title-short": "NC", "issue": 7, "event-date": {"date-parts": [[2026, 11, 19]]},
    }  # fmt: skip
    assert (made["visibility"], made["article_id"], made["note_internal"]) == ("public", None, None)
    assert made["link"] == {"verdict": None, "broken": False, "checked_at": None}


async def test_what_was_read_can_be_sent_back(newsroom: Newsroom) -> None:
    made = await create(newsroom, "works", **WHOLE)
    only_shown = {"id", "article_id", "changed_at", "link"}
    content = {name: value for name, value in made.json().items() if name not in only_shown}

    kept = await replace(newsroom, "works", made, **content)

    assert kept.status_code == 200, kept.text
    same = kept.json() | {"changed_at": None}
    assert same == made.json() | {"changed_at": None}


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("kind", "own_article", "/kind"),
        ("kind", "poem", "/kind"),
        ("csl_type", "journal-article", "/csl_type"),
        ("title", "x" * 1001, "/title"),
        ("publication_id", "x", "/publication_id"),
        ("authors", [{"family": "A", "literal": "A"}], "/authors/0"),
        ("authors", [{"suffix": "Jr"}], "/authors/0"),
        ("authors", [{"family": "A", "ORCID": "x"}], "/authors/0/ORCID"),
        ("contributors", {"author": [{"family": "A"}]}, "/contributors/author"),
        ("contributors", {"editor": [{}]}, "/contributors/editor/0"),
        ("issued", "20 November 2026", "/issued"),
        ("issued", "2026-13", "/issued"),
        ("issued", "٢٠٢٦", "/issued"),
        ("issued", "2026-11-22/2026-11-20", "/issued"),
        ("accessed_on", "2026-11", "/accessed_on"),
        ("accessed_on", 20261120, "/accessed_on"),
        ("accessed_on", "2026-02-30", "/accessed_on"),
        ("url", "/relative", "/url"),
        ("url", "ftp://a.example/", "/url"),
        ("url", "https://user:secret@a.example/", "/url"),
        ("identifiers", [{"scheme": "doi", "value": "11.5555/x"}], "/identifiers/0"),
        ("identifiers", [{"scheme": "isbn", "value": "0-306-40615-3"}], "/identifiers/0"),
        ("identifiers", [{"scheme": "ecli", "value": "EU:C:2014:317"}], "/identifiers/0"),
        ("identifiers", [{"scheme": "DOI", "value": "10.5555/1"}], "/identifiers/0/scheme"),
        ("identifiers", [{"scheme": "x", "value": " "}], "/identifiers/0/value"),
        ("duration", -1, "/duration"),
        ("duration", "90", "/duration"),
        ("language", "English!", "/language"),
        ("csl_extra", {"title": "A"}, "/csl_extra/title"),
        ("csl_extra", {"colour": "red"}, "/csl_extra/colour"),
        ("csl_extra", {"issue": True}, "/csl_extra/issue"),
        ("csl_extra", {"event-date": "2026"}, "/csl_extra/event-date"),
        (
            "csl_extra",
            {"event-date": {"date-parts": [[2026, 13]]}},
            "/csl_extra/event-date/date-parts/0",
        ),
        ("access", "paid", "/access"),
        ("status", "burnt", "/status"),
        ("superseded_by_id", "00000000-0000-4000-8000-000000000000", "/superseded_by_id"),
        ("publication_id", "00000000-0000-4000-8000-000000000000", "/publication_id"),
        ("agency_id", "00000000-0000-4000-8000-000000000000", "/agency_id"),
        ("via_id", "00000000-0000-4000-8000-000000000000", "/via_id"),
        ("archive_url", "x", "/archive_url"),
        ("visibility", "confidential", "/visibility"),
        ("article_id", None, "/article_id"),
        ("link", {}, "/link"),
    ],
)
async def test_a_wrong_value_is_named(
    newsroom: Newsroom, field: str, value: Any, place: str
) -> None:
    answer = await newsroom.desk.post("/desk/works", json=PLAIN | {field: value})

    assert answer.status_code == 422, answer.text
    named = pointers(answer)
    assert place in named or all(each.startswith(f"{place}/") for each in named), named


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "report"},
        {"kind": "report", "title": " ", "place": "Northgate"},
        {"kind": "report", "title": "Audit", "archived_on": "2026-11-20"},
    ],
)
async def test_what_has_no_name_and_what_has_half_a_copy_is_refused(
    newsroom: Newsroom, fields: dict[str, Any]
) -> None:
    assert (await newsroom.desk.post("/desk/works", json=fields)).status_code == 422


async def test_every_kind_has_its_type_in_csl(newsroom: Newsroom) -> None:
    for kind in WORK_KINDS:
        if kind == "own_article":
            continue
        made = await create(newsroom, "works", kind=kind, title=kind)
        assert made.json()["csl_type"] == CSL_TYPES[kind]

    own = await create(newsroom, "works", kind="report", title="A thesis", csl_type="thesis")
    assert own.json()["csl_type"] == "thesis"


async def test_an_address_belongs_to_one_public_work(newsroom: Newsroom) -> None:
    first = await create(newsroom, "works", **WHOLE)
    same = PLAIN | {
        "url": "http://www.northgate-courier.example:80/2026/harbour-audit/?utm_source=x&id=7#top"
    }

    refused = await newsroom.desk.post("/desk/works", json=same)
    hidden = await create(newsroom, "works", **same, visibility="internal")
    moved = await replace(newsroom, "works", hidden, **same)
    other = await create(newsroom, "works", **PLAIN)
    changed = await replace(newsroom, "works", other, **same)

    for answer in (refused, moved, changed):
        assert (answer.status_code, pointers(answer)) == (409, ["/url"])
        assert first.json()["id"] in answer.json()["detail"]
    assert (await newsroom.desk.get(other.headers["Location"])).json()["url"] is None


async def test_an_identifier_belongs_to_one_work(newsroom: Newsroom) -> None:
    first = await create(newsroom, "works", **WHOLE)
    same = PLAIN | {
        "identifiers": [
            {"scheme": "pmid", "value": "1234"},
            {"scheme": "doi", "value": "DOI: 10.5555/12345678"},
        ]
    }

    refused = await newsroom.desk.post("/desk/works", json=same)
    other = await create(newsroom, "works", **PLAIN)
    changed = await replace(newsroom, "works", other, **same)

    for answer in (refused, changed):
        assert (answer.status_code, pointers(answer)) == (409, ["/identifiers/1"])
        assert first.json()["id"] in answer.json()["errors"][0]["detail"]
    freed = await replace(newsroom, "works", first, **PLAIN)
    assert freed.json()["identifiers"] == []
    assert (await replace(newsroom, "works", other, **same)).status_code == 200


async def test_of_many_who_create_the_same_work_at_once_one_does(newsroom: Newsroom) -> None:
    async def make(fields: dict[str, Any]) -> int:
        return (await newsroom.desk.post("/desk/works", json=PLAIN | fields)).status_code

    address = {"url": "https://a.example/x"}
    doi = {"identifiers": [{"scheme": "doi", "value": "10.5555/1"}]}
    for fields in (address, doi):
        answers = await asyncio.gather(*(make(fields) for _ in range(4)))
        assert sorted(answers) == [201, 409, 409, 409]


async def test_an_address_that_is_longer_than_an_index_can_hold(newsroom: Newsroom) -> None:
    path = "".join(f"{number:x}" for number in range(1, 1200))
    long = f"https://a.example/{path}"[:4_000]

    await create(newsroom, "works", kind="web_page", url=long)
    await create(newsroom, "works", kind="web_page", url=long[:-1] + "!")

    again = await newsroom.desk.post("/desk/works", json={"kind": "web_page", "url": long + "#a"})
    assert again.status_code == 409


async def test_a_title_of_a_thousand_large_letters_is_kept(newsroom: Newsroom) -> None:
    title = "".join(chr(0x20000 + number * 7) for number in range(1_000))

    made = await create(newsroom, "works", kind="report", title=title)

    assert made.json()["title"] == title


async def test_the_publication_is_the_one_at_whose_domain_the_address_is(
    newsroom: Newsroom,
) -> None:
    group = await create(
        newsroom, "publications", name="Group", kind="news_site", domains=["group.example"]
    )
    paper = await create(
        newsroom, "publications", name="Paper", kind="newspaper", domains=["paper.group.example"]
    )

    async def publication(url: str | None, **fields: Any) -> Any:
        made = await create(newsroom, "works", **PLAIN, url=url, **fields)
        return made.json()["publication_id"]

    paper_id, group_id = paper.json()["id"], group.json()["id"]
    assert await publication("https://www.paper.group.example/1") == paper_id
    assert await publication("https://old.paper.group.example/1") == paper_id
    assert await publication("https://radio.group.example/1") == group_id
    assert await publication("https://notgroup.example/1") is None
    assert await publication("https://group.example/2", publication_id=paper_id) == paper_id
    assert await publication("https://group.example/3", publication_id=None) is None
    assert await publication(None) is None


async def test_replacing_empties_what_is_left_out_but_keeps_the_status(
    newsroom: Newsroom,
) -> None:
    made = await create(newsroom, "works", **WHOLE, status="disputed")

    changed = await replace(newsroom, "works", made, **PLAIN)

    assert changed.status_code == 200
    after = changed.json()
    assert after["status"] == "disputed"
    emptied = {
        name: after[name]
        for name in WHOLE.keys() - {"kind", "title", "access", "authors", "contributors",
                                    "identifiers", "csl_extra"}
    }  # fmt: skip
    assert set(emptied.values()) == {None}
    assert (after["authors"], after["contributors"], after["identifiers"]) == ([], {}, [])
    assert (after["csl_extra"], after["access"], after["csl_type"]) == ({}, "unknown", "report")
    await create(newsroom, "works", **WHOLE)


async def test_of_two_writers_with_the_same_etag_one_wins(newsroom: Newsroom) -> None:
    made = await create(newsroom, "works", **PLAIN)
    address = made.headers["Location"]

    answers = await asyncio.gather(
        *(replace(newsroom, "works", made, kind="report", title=f"{number}") for number in range(4))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    for verb, body in (
        ("PUT", PLAIN), ("DELETE", None), ("POST", {"archive_url": "https://a.example/"}),
    ):  # fmt: skip
        target = f"{address}/archive" if verb == "POST" else address
        assert (await newsroom.desk.request(verb, target, json=body)).status_code == 428
    assert (await delete(newsroom, "works", made)).status_code == 412


async def test_a_work_cannot_be_replaced_by_itself(newsroom: Newsroom) -> None:
    new = await create(newsroom, "works", kind="report", title="New")
    middle = await create(
        newsroom, "works", kind="report", title="Middle", superseded_by_id=new.json()["id"]
    )
    await create(
        newsroom, "works", kind="report", title="Old", superseded_by_id=middle.json()["id"]
    )

    for successor in (new, middle):
        refused = await replace(
            newsroom, "works", new, **PLAIN, superseded_by_id=successor.json()["id"]
        )
        assert (refused.status_code, pointers(refused)) == (422, ["/superseded_by_id"])

    used = await delete(newsroom, "works", new)
    assert used.status_code == 409
    assert middle.json()["id"] in used.json()["detail"]


async def test_where_a_copy_is_kept_can_be_said_by_itself(newsroom: Newsroom) -> None:
    made = await create(newsroom, "works", **PLAIN)
    address = f"{made.headers['Location']}/archive"

    kept = await newsroom.desk.post(
        address, json={"archive_url": "https://archive.example/1"},
        headers={"If-Match": made.headers["ETag"]},
    )  # fmt: skip
    dated = await newsroom.desk.post(
        address, json={"archive_url": "https://archive.example/2", "archived_on": "2020-02-29"},
        headers={"If-Match": kept.headers["ETag"]},
    )  # fmt: skip
    stale = await newsroom.desk.post(
        address, json={"archive_url": "https://archive.example/3"},
        headers={"If-Match": made.headers["ETag"]},
    )  # fmt: skip

    assert kept.json()["archived_on"] == kept.json()["changed_at"][:10]
    assert (dated.json()["archive_url"], dated.json()["archived_on"], stale.status_code) == (
        "https://archive.example/2", "2020-02-29", 412,
    )  # fmt: skip


async def test_the_list_is_paged_the_last_changed_first(newsroom: Newsroom) -> None:
    made = [await create(newsroom, "works", kind="report", title=f"{n}") for n in range(5)]
    await replace(newsroom, "works", made[1], kind="report", title="1, changed")

    seen: list[str] = []
    address = "/desk/works?limit=2"
    while address:
        page = (await newsroom.desk.get(address)).json()
        seen += [each["title"] for each in page["items"]]
        address = page["next"]

    assert seen == ["1, changed", "4", "3", "2", "0"]


async def test_the_list_is_narrowed(newsroom: Newsroom) -> None:
    paper = await create(newsroom, "publications", name="Paper", kind="newspaper")
    whole = await create(newsroom, "works", **WHOLE, publication_id=paper.json()["id"])
    since = whole.json()["changed_at"]
    await create(newsroom, "works", **PLAIN, visibility="internal", status="disputed")

    async def found(**query: Any) -> list[str]:
        answer = await newsroom.desk.get("/desk/works", params=query)
        assert answer.status_code == 200, answer.text
        return [each["title"] for each in answer.json()["items"]]

    harbour = [WHOLE["title"]]
    assert await found() == ["Audit", *harbour]
    assert await found(q="secret harbour") == harbour
    assert await found(q="valdo") == harbour
    assert await found(q='"audit was kept"') == harbour
    assert await found(q="harbour -secret") == []
    assert await found(kind="report") == ["Audit"]
    assert await found(publication=paper.json()["id"]) == harbour
    assert await found(status="disputed") == ["Audit"]
    assert await found(visibility="internal") == ["Audit"]
    assert (
        await found(url="http://m.northgate-courier.example/2026/harbour-audit?id=7&fbclid=a")
        == harbour
    )
    assert await found(url="https://northgate-courier.example/2026/harbour-audit") == []
    assert await found(doi="https://doi.org/10.5555/12345678") == harbour
    assert await found(identifier="isbn:0-306-40615-2") == harbour
    assert await found(identifier="isbn:9780306406157", kind="report") == []
    assert await found(cited="true") == []
    assert await found(cited="false") == ["Audit", *harbour]
    assert await found(changed_since=since, kind="newspaper_article") == harbour
    assert await found(changed_since="2999-01-01T00:00:00Z") == []
    for wrong in ({"doi": "x"}, {"identifier": "doi:x"}, {"identifier": "x"}, {"url": "x"},
                  {"cited": "perhaps"}, {"status": "burnt"}):  # fmt: skip
        answer = await newsroom.desk.get("/desk/works", params=wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == next(iter(wrong))
