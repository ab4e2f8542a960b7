"""Every field that is wrong is named, in one answer, by a JSON Pointer."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster import Cluster
from tests.promises import serving
from tests.promises.asking import contents
from tests.promises.serving import Desk


@pytest.fixture(scope="module")
def desk(postgres: Cluster, migrated_template: str) -> Iterator[Desk]:
    """One for all of them: that they leave nothing behind is what they test."""
    with postgres.database(migrated_template) as url, serving.opened(url) as opened:
        yield opened


def pointers(desk: Desk, noun: str, content: dict[str, Any]) -> list[str]:
    before = contents(desk)
    answer = desk.client.post(f"/desk/{noun}", json=content)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "urn:masthead:problem:invalid"
    assert contents(desk) == before
    return sorted(fault["pointer"] for fault in answer.json()["errors"])


EVERYTHING_WRONG: dict[str, Any] = {
    "edition": 1,
    "headline": 1,
    "headline_short": "x" * 61,
    "kicker": [],
    "standfirst": {},
    "summary": True,
    "slug": 1,
    "path": 1,
    "byline_text": 1,
    "bylines": [{"name": 1}, {}, {"name": "A", "persn_id": None}],
    "dateline": 1,
    "format": "text ",
    "genre": "newz",
    "section_id": "1",
    "section_ids": ["x"],
    "topic_ids": "x",
    "episode": {"series_id": 1, "season": "1", "number": -1, "titel": "x"},
    "lead": {"image": {"url": "javascript:alert(1)"}},
    "image": {"url": "ftp://example.org/x"},
    "access": {"level": "paid", "preview_blocks": "3"},
    "sponsor": {"name": ""},
    "rights": {"license": "nowhere", "tdm": "maybe", "syndication": "no"},
    "flags": {"graphic": "yes", "unknown": True},
    "comments": {"enabled": 1, "closes_at": 5},
    "seo": {"canonical_url": "x", "robots": "NOINDEX!"},
    "corrections": [{"kind": "oops", "text": "", "at": "yesterday"}],
    "related_ids": [None],
    "syndicated_from": {"name": "", "url": "data:text/html,x"},
    "extras": [],
    "published_at": "2026-13-01T00:00:00Z",
    "updated_at": "2026-11-01T00:00:00",
    "note_internal": 1,
    "external_ids": [{"system": "Word Press", "id": ""}],
    "translation_of": 1,
    "body": [
        {"type": "paragraph"},
        {"type": "paragraph", "text": "a", "html": "a"},
        {"type": "unknown", "text": "a"},
        {"type": "heading", "text": "a", "level": 1},
        {"type": "image", "url": "x", "alt": 1},
    ],
    "citations": [
        {"type": "rumour"},
        {"type": "data", "work_id": 1, "chain": [{}], "locator": {"label": "shelf", "value": ""}},
        {"type": "quotation", "statement": {"form": "direct", "text": "", "channel": "whisper"}},
        {"type": "data", "anchors": [{}, {"block_id": "b", "start": -1, "state": "lost"}]},
    ],
    "colour": "red",
}


def test_an_article_with_every_field_wrong(desk: Desk) -> None:
    found = pointers(desk, "articles", EVERYTHING_WRONG)

    unnamed = [
        name for name in EVERYTHING_WRONG
        if not any(place == f"/{name}" or place.startswith(f"/{name}/") for place in found)
    ]  # fmt: skip
    assert unnamed == []
    assert {
        "/bylines/0/name", "/bylines/1", "/bylines/2/persn_id", "/section_ids/0",
        "/access/level", "/access/preview_blocks", "/sponsor/name", "/rights/license",
        "/rights/tdm", "/rights/syndication",
        "/flags/graphic", "/flags/unknown", "/comments/enabled",
        "/comments/closes_at", "/seo/canonical_url", "/seo/robots", "/corrections/0/kind",
        "/corrections/0/text", "/corrections/0/at", "/related_ids/0", "/syndicated_from/name",
        "/syndicated_from/url", "/external_ids/0/system", "/external_ids/0/id", "/body/0",
        "/body/1", "/body/2", "/body/3/level", "/body/4/url", "/body/4/alt", "/colour",
        "/episode/series_id", "/episode/season", "/episode/number", "/episode/titel",
        "/lead/image/url", "/image/url", "/citations/0/type", "/citations/1/work_id",
        "/citations/1/chain/0", "/citations/1/locator/label", "/citations/1/locator/value",
        "/citations/2/statement/text", "/citations/2/statement/channel", "/citations/3/anchors/0",
        "/citations/3/anchors/1/start", "/citations/3/anchors/1/state",
    } <= set(found)  # fmt: skip


def test_the_schema_of_articles_has_no_field_that_was_forgotten_here(desk: Desk) -> None:
    document = desk.client.get("/desk/openapi.json").json()
    fields = document["components"]["schemas"]["ArticleCreate"]["properties"]

    assert fields.keys() - EVERYTHING_WRONG.keys() == {"body_html", "body_markdown"}


@pytest.mark.parametrize(
    ("noun", "content", "expected"),
    [
        (
            "topics",
            {"name": " ", "slug": "A b", "kind": "x", "names": {"zz!": "a", "fr": ""},
             "description": {"fr": 1}, "same_as": ["x"], "external_ids": [{}], "extras": 1,
             "note_internal": {}, "nme": 1},
            ["/description/fr", "/external_ids/0/id", "/external_ids/0/system", "/extras", "/kind",
             "/name", "/names/fr", "/names/zz!", "/nme", "/note_internal", "/same_as/0", "/slug"],
        ),
        (
            "people",
            {"role": 1, "bio": {"en": []}, "image": {"url": 1}, "links": ["mailto:x"]},
            ["/bio/en", "/image/url", "/links/0", "/name", "/role"],
        ),
        (
            "sections",
            {"name": "", "parent_id": 1, "slug": "v1/", "hidden": "no", "position": "1"},
            ["/edition", "/hidden", "/name", "/parent_id", "/position", "/slug"],
        ),
        (
            "collections",
            {"articles": ["1"], "title": [], "description": 1},
            ["/articles/0", "/description", "/edition", "/title"],
        ),
        (
            "editions",
            {"code": "E N", "name": "", "language": "!!", "path_prefix": "fr/", "base_url": "x",
             "time_zone": "Mars/Phobos", "path_pattern": "x", "is_default": 1, "position": -1},
            ["/base_url", "/code", "/is_default", "/language", "/name", "/path_pattern",
             "/path_prefix", "/position", "/time_zone"],
        ),
        (
            "publications",
            {"name": "", "kind": "x", "short_name": "x" * 25, "domains": ["a/b"], "issn": ["1"],
             "country": "XX", "parent_id": 1, "attribution": {"en": "x"}, "disclosures": [{}]},
            ["/attribution/en", "/country", "/disclosures/0/source_url", "/disclosures/0/text",
             "/domains/0", "/issn/0", "/kind", "/name", "/parent_id", "/short_name"],
        ),
        (
            "works",
            {"kind": "x", "authors": [{"family": 1}], "contributors": {"x": []}, "issued": "x",
             "accessed_on": 1, "url": "x", "identifiers": [{"scheme": "doi", "value": "x"}],
             "csl_extra": {"title": "x"}, "duration": "1", "visibility": "x", "article_id": 1},
            ["/accessed_on", "/article_id", "/authors/0/family", "/contributors/x",
             "/csl_extra/title", "/duration", "/identifiers/0", "/issued", "/kind", "/url",
             "/visibility"],
        ),
        (
            "speakers",
            {"kind": "x", "names": {"en": 1}, "csl_name": {}, "wikidata_id": 1, "url": "x",
             "roles": [{"title": 1}, {"title": "a", "to": "x"}], "short_name": [], "vault": 1},
            ["/csl_name", "/kind", "/name", "/names/en", "/roles/0/title", "/roles/1/to",
             "/short_name", "/url", "/vault", "/wikidata_id"],
        ),
        (
            "streams",
            {"title": "", "url": "https://live.example/one.mpd", "on_air": 1, "public": "yes",
             "backup_urls": ["ftp://live.example/one.m3u8"], "dvr_seconds": -1, "geo": {},
             "artwork_id": "x",
             "rating": {"system": "us"}, "advisories": ["Very Bad"], "drm": [{"system": "lock"}],
             "language": "!", "channel": 1},
            ["/advisories/0", "/artwork_id", "/backup_urls/0", "/channel", "/drm/0/license_url",
             "/drm/0/system", "/dvr_seconds", "/edition", "/geo", "/language", "/on_air", "/public",
             "/rating/system", "/rating/value", "/title", "/url"],
        ),
        (
            "series",
            {"title": [], "genres": [""], "position": -1, "slug": "series",
             "seasons": [{"number": -1}, {"title": 1, "number": 1, "artwork_id": 1}]},
            ["/edition", "/genres/0", "/position", "/seasons/0/number", "/seasons/1/artwork_id",
             "/seasons/1/title", "/slug", "/title"],
        ),
        (
            "feeds",
            {"title": "", "image_id": 1, "window_hours": 8785, "size": "9", "full_text": 1,
             "public": None, "digest": "x", "feed_id": "", "queries": {},
             "query": {"editions": [""], "section_ids": [1], "topic_ids": "x", "genres": ["newz"],
                       "formats": [1], "languages": ["!"], "has_video": 0, "syndication": "yes"}},
            ["/digest", "/edition", "/feed_id", "/full_text", "/image_id", "/public", "/queries",
             "/query/editions/0", "/query/formats/0", "/query/genres/0", "/query/has_video",
             "/query/languages/0", "/query/section_ids/0", "/query/syndication",
             "/query/topic_ids", "/size", "/title", "/window_hours"],
        ),
        (
            "partners",
            {"name": "", "contact": {"email": "x", "fax": 1}, "plan": 1, "feed_ids": ["x"],
             "formats": ["pdf"], "quota_per_day": 0, "active": 1, "quota": 1},
            ["/active", "/contact/email", "/contact/fax", "/feed_ids/0", "/formats/0", "/name",
             "/plan", "/quota", "/quota_per_day"],
        ),
        (
            "deliveries",
            {"partner_id": 1, "format": "pdf", "address": "ftp://x/y", "secret": "a b",
             "host_key": "AAAA", "active": "yes", "kind": "sftp"},
            ["/active", "/address", "/feed_id", "/format", "/host_key", "/kind", "/partner_id",
             "/secret"],
        ),
        (
            "keys",
            {"name": "", "role": "king", "scopes": ["x"], "section_ids": [], "expires_at": 1},
            ["/expires_at", "/name", "/role", "/scopes/0", "/section_ids"],
        ),
    ],
)  # fmt: skip
def test_everything_else_as_well(
    desk: Desk, noun: str, content: dict[str, Any], expected: list[str]
) -> None:
    assert pointers(desk, noun, content) == expected


def test_unknown_fields_are_refused_at_every_level(desk: Desk) -> None:
    content: dict[str, Any] = {
        "headline": "Fog",
        "section_id": desk.section,
        "bylines": [{"name": "A", "x": 1}],
        "lead": {"video": {"sources": [{"url": "https://example.org/a.mp4", "x": 1}], "x": 1}},
        "body": [
            {"type": "list", "items": [{"text": "a", "items": [{"text": "b", "x": 1}], "x": 1}]},
            {"type": "table", "rows": [[{"text": "a", "x": 1}]], "x": 1},
            {"type": "factbox", "blocks": [{"type": "paragraph", "text": "a", "x": 1}], "x": 1},
        ],
        "x": 1,
    }

    assert pointers(desk, "articles", content) == [
        "/body/0/items/0/items/0/x", "/body/0/items/0/x", "/body/1/rows/0/0/x", "/body/1/x",
        "/body/2/blocks/0/x", "/body/2/x", "/bylines/0/x", "/lead/video/sources/0/x",
        "/lead/video/x", "/x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["id", "stage", "live", "revision", "created_by", "is_live", "scopes", "__class__"]
)
def test_what_only_the_server_sets_cannot_be_sent(desk: Desk, name: str) -> None:
    content = {"headline": "Fog", "section_id": desk.section, "body_markdown": "Fog.", name: 1}

    assert pointers(desk, "articles", content) == [f"/{name}"]


def test_what_is_named_but_not_there_is_named_by_its_place(desk: Desk) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    content = {
        "headline": "Fog",
        "section_id": desk.section,
        "section_ids": [nobody],
        "bylines": [{"name": "A"}, {"person_id": nobody}],
        "topic_ids": [nobody],
        "episode": {"series_id": nobody, "number": 1},
        "related_ids": [nobody],
    }

    assert pointers(desk, "articles", content) == [
        "/bylines/1/person_id", "/episode/series_id", "/related_ids/0", "/section_ids/0",
        "/topic_ids/0",
    ]  # fmt: skip
