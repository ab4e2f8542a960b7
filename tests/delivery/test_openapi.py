"""The endpoints as they are documented, and as they are."""

from typing import Any

import pytest
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.delivery.documents import kept
from app.delivery.exports import MEDIA_TYPES
from app.delivery.routes import router
from app.delivery.routing import PublicRoute
from app.web import caching, problems

OPERATIONS = {
    "/v1/site": "readSite",
    "/v1/sections": "readSectionTree",
    "/v1/sections/{section}": "readSection",
    "/v1/people/{person}": "readPerson",
    "/v1/topics/{topic}": "readTopic",
    "/v1/collections/{collection}": "readCollection",
    "/v1/streams": "listStreams",
    "/v1/streams/{stream}": "readStream",
    "/v1/streams/{stream}/schedule": "readStreamSchedule",
    "/v1/series": "listSeries",
    "/v1/series/{series}": "readSeries",
    "/v1/series/{series}/episodes": "listSeriesEpisodes",
    "/v1/tv/home": "readTvHome",
    "/v1/articles": "listArticles",
    "/v1/articles/{article_id}": "readArticle",
    "/v1/articles/{article_id}.anf": "readArticleAppleNews",
    "/v1/articles/{article_id}.jsonld": "readArticleJsonLd",
    "/v1/assets/{asset_id}": "readAsset",
    "/v1/videos": "listVideos",
    "/v1/videos/{video_id}": "readVideo",
    "/v1/videos/{video_id}/captions/{track}.vtt": "readVideoCaptions",
    "/v1/videos/{video_id}/attributions.vtt": "readVideoAttributionsVtt",
    "/v1/videos/{video_id}/attributions.json": "readVideoAttributions",
    "/v1/videos/{video_id}/playback": "playVideo",
    "/v1/articles/{article_id}/versions": "listArticleVersions",
    "/v1/articles/{article_id}/versions/{version}": "readArticleVersion",
    "/v1/pages/{path}": "readPage",
    "/v1/resolve": "resolveUrl",
    "/v1/archive/{year}/{month}": "readArchiveMonth",
    "/v1/articles/{article_id}/citations": "listArticleCitations",
    "/v1/articles/{article_id}/citations.{extension}": "exportArticleCitations",
    "/v1/articles/{article_id}/sourcing": "readArticleSourcing",
    "/v1/citations": "listCitations",
    "/v1/citations/{citation_id}": "readCitation",
    "/v1/citations/{citation_id}/formatted": "formatCitation",
    "/v1/works/cited-by": "findWorkCitations",
    "/v1/works/{work_id}": "readWork",
    "/v1/works/{work_id}/cited-by": "listWorkCitations",
    "/v1/publications": "listPublications",
    "/v1/publications/{publication_id}": "readPublication",
    "/v1/publications/{publication_id}/cited-by": "listPublicationCitations",
    "/v1/speakers/{speaker_id}": "readSpeaker",
    "/v1/speakers/{speaker_id}/statements": "listSpeakerStatements",
    "/v1/citation-stats": "readCitationStats",
    "/v1/feeds": "listFeeds",
    "/feeds/{place}.{format}": "readFeed",
    "/indexnow-key.txt": "readIndexNowKey",
    "/v1/articles/{article_id}/head": "readArticleHead",
    "/sitemap.xml": "readSitemapIndex",
    "/sitemaps/{edition}/{file_name}.xml": "readSitemap",
    "/robots.txt": "readRobots",
    "/trust.txt": "readTrust",
    "/.well-known/trust.txt": "readWellKnownTrust",
    "/opensearch.xml": "readOpenSearch",
    "/oembed": "readOembed",
    "/feeds.opml": "readFeedsAsOpml",
    "/feeds/streams.xmltv": "readTvGuide",
}
"""Names that generated clients have: they stay."""

NO_JSON = (".{extension}", ".jsonld", ".vtt", ".xml", ".txt", ".opml", ".xmltv")
"""How the addresses end of what is in other formats."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    app = FastAPI(title="Delivery", version="1")
    problems.register(app)
    app.include_router(router)
    return app.openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each with its path: there is one at each."""
    return [
        (path, operation) for path, item in document["paths"].items() for operation in item.values()
    ]


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_operations_keep_their_names(document: dict[str, Any]) -> None:
    found = {path: operation["operationId"] for path, operation in operations(document)}

    assert found == OPERATIONS


def test_every_operation_says_what_it_is_for_and_how_it_fails(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        usual = {"200", "400", "404", "414", "422", "503"}
        usual |= set() if path.endswith("/playback") else {"304"}
        assert usual <= operation["responses"].keys()
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description") or parameter["schema"].get("description"), (
                path, parameter["name"],
            )  # fmt: skip
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert problems.MEDIA_TYPE in response["content"], (path, status)


def test_every_success_has_a_shape(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        content = operation["responses"]["200"]["content"]
        assert content, path
        assert all(media["schema"] for media in content.values()), path
        assert ("application/json" in content) is not path.endswith(NO_JSON)


def test_required_and_refused_parameters_are_told(document: dict[str, Any]) -> None:
    listed = {each["name"]: each for each in document["paths"]["/v1/articles"]["get"]["parameters"]}

    assert set(listed) == {
        "edition", "section", "person", "topic", "not_topic", "format", "genre", "language",
        "since", "until", "has_video", "ids", "external", "order", "limit", "cursor",
        "cites_work", "cites_publication", "speaker", "series",
    }  # fmt: skip
    assert listed["limit"]["schema"] == {
        "type": "integer", "minimum": 1, "maximum": 100, "default": 20,
        "description": "Most on a page", "title": "Limit",
    }  # fmt: skip
    resolve = document["paths"]["/v1/resolve"]["get"]["parameters"]
    assert [each["name"] for each in resolve if each["required"]] == ["url"]


@pytest.mark.parametrize(
    "path", ["/v1/articles", "/v1/citations", "/v1/works/{work_id}/cited-by", "/v1/citation-stats"]
)
def test_too_broad_is_told_where_it_can_happen(document: dict[str, Any], path: str) -> None:
    refused = document["paths"][path]["get"]["responses"]["422"]

    examples = refused["content"][problems.MEDIA_TYPE]["examples"]
    assert {"invalid", "too-broad"} <= examples.keys()


def test_all_formats_of_citations_are_told_at_both_their_addresses(
    document: dict[str, Any],
) -> None:
    for path in (
        "/v1/articles/{article_id}/citations",
        "/v1/articles/{article_id}/citations.{extension}",
    ):
        told = document["paths"][path]["get"]["responses"]["200"]
        assert set(MEDIA_TYPES.values()) <= told["content"].keys()
        assert "Content-Disposition" in told["headers"]
    assert {"Vary", "Link", "ETag"} <= document["paths"]["/v1/articles/{article_id}/citations"][
        "get"
    ]["responses"]["200"]["headers"].keys()


def test_all_routes_are_endpoints_of_the_lane() -> None:
    assert all(isinstance(route, PublicRoute) for route in router.routes)
    assert len(router.routes) == len(OPERATIONS)


def test_tags_go_out_under_all_their_names() -> None:
    told = {name.decode(): value.decode() for name, value in kept(caching.DOCUMENT, ["a-1", "b-2"])}
    expected = caching.tag_headers(["a-1", "b-2"])

    assert told == {
        "cache-control": caching.DOCUMENT.cache_control,
        **{name.lower(): value for name, value in expected.items()},
    }
