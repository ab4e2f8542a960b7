"""What the press makes and the public side gives has the shapes that are documented."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from app.delivery.routes import router
from app.delivery.routing import PublicRoute
from tests import newsroom as newsrooms
from tests.delivery.sourced import AUDIT, Sourced, a_sourced_article
from tests.newsroom import Newsroom

BODY = """<h2>At noon</h2><p>The <b>first</b> ferry <a href="https://example.org/">left</a>.</p>
<ul><li>one</li><li>two</li></ul><blockquote><p>Never again.</p></blockquote><hr>
<table><tr><th>Year</th></tr><tr><td>2026</td></tr></table><pre>code</pre>"""


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def created(newsroom: Newsroom, address: str, **fields: Any) -> dict[str, Any]:
    answer = await newsroom.desk.post(f"/desk/{address}", json=fields)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def seeded(newsroom: Newsroom) -> dict[str, list[str]]:
    """Addresses to read, by the path of their route."""
    person = await created(newsroom, "people", name="Thea Lorimark")
    topic = await created(newsroom, "topics", name="Harbour", kind="place")
    news = await newsroom.section("News")
    picture = {"kind": "image", "url": "https://pictures.example/ferry.jpg", "alt": "A ferry"}
    asset = await created(newsroom, "assets", **picture)
    free = await newsroom.article(
        "The harbour reopens", body_html=BODY, topic_ids=[topic["id"]],
        bylines=[{"person_id": person["id"]}],
        corrections=[{"kind": "correction", "text": "It was Tuesday."}],
        lead={"image": {"asset_id": asset["id"]}},
    )  # fmt: skip
    await newsroom.publish(free)
    cut = await newsroom.article("Tides", access={"level": "subscriber", "preview_blocks": 1})
    published = await newsroom.publish(cut)
    collection = await created(newsroom, "collections", edition="en", title="Choice")
    sourced = await a_sourced_article(newsroom)
    article, tides = free.json()["id"], published.json()["live"]["path"]
    month = published.json()["live"]["published_at"][:7].replace("-", "/")
    views = ["", "?view=card", "?view=full", "?view=app"]
    return {
        "/v1/site": ["/v1/site"],
        "/v1/sections": ["/v1/sections", "/v1/sections?edition=en"],
        "/v1/sections/{section:path}": ["/v1/sections/news", f"/v1/sections/{news}"],
        "/v1/people/{person}": [f"/v1/people/{person['slug']}", f"/v1/people/{person['id']}"],
        "/v1/topics/{topic}": [f"/v1/topics/{topic['slug']}"],
        "/v1/collections/{collection}": [f"/v1/collections/{collection['slug']}"],
        "/v1/articles": ["/v1/articles", "/v1/articles?limit=1", "/v1/articles?section=news",
                         f"/v1/articles?person={person['slug']}", "/v1/articles?edition=en",
                         f"/v1/articles?topic={topic['id']}", f"/v1/articles?ids={article}"],
        "/v1/articles/{article_id}": [f"/v1/articles/{article}{view}" for view in views],
        "/v1/articles/{article_id}/head": [f"/v1/articles/{article}/head"],
        "/v1/assets/{asset_id}": [f"/v1/assets/{asset['id']}"],
        "/v1/articles/{article_id}/versions": [f"/v1/articles/{article}/versions"],
        "/v1/articles/{article_id}/versions/{version}": [f"/v1/articles/{article}/versions/1"],
        "/v1/pages/{path:path}": ["/v1/pages/", "/v1/pages/news", f"/v1/pages/people/"
                                  f"{person['slug']}", f"/v1/pages/topics/{topic['slug']}",
                                  "/v1/pages/streams/one", "/v1/pages/series/lights",
                                  "/v1/pages/streams/one?view=card", "/v1/pages/feeds/saved/films",
                                  "/v1/pages/series/lights?view=card",
                                  *(f"/v1/pages{tides}{view}" for view in views)],
        "/v1/resolve": [f"/v1/resolve?url={tides}", f"/v1/resolve?url={tides}/amp"],
        "/v1/archive/{year}/{month}": [f"/v1/archive/{month}"],
        **citing(sourced, article),
        **await channels(newsroom),
    }  # fmt: skip


async def channels(newsroom: Newsroom) -> dict[str, list[str]]:
    """Addresses of what is on television: rails with every kind of item among them."""
    url = "https://live.example/one.m3u8"
    told = {"edition": "en", "public": True}
    stream = await created(newsroom, "streams", title="One", url=url, on_air=True, **told)
    series = await created(newsroom, "series", title="Lights", seasons=[{"number": 1}], **told)
    await created(newsroom, "feeds", title="Films", **told)
    log = await created(newsroom, "works", kind="report", title="Log of the light")
    heard = {"target": "media", "time_ms": [0, 4_000]}
    film = await newsroom.published(
        "The first night", format="video", lead={"video": {"sources": [{"url": url}]}},
        episode={"series_id": series["id"], "number": 1},
        citations=[{"type": "reported_by", "work_id": log["id"], "anchors": [heard]}],
    )  # fmt: skip
    alert = await created(
        newsroom, "collections", edition="en", title="Alert", articles=[film.json()["id"]]
    )
    rails = [{"kind": "alert", "collection_id": alert["id"]}, {"kind": "live"},
             {"kind": "latest"}, {"kind": "series"}]  # fmt: skip
    day = {"since": "2026-11-20T00:00:00Z", "until": "2026-11-21T00:00:00Z"}
    entry = {"start": day["since"], "end": "2026-11-20T09:00:00Z", "title": "Night",
             "series_id": series["id"], "season": 1, "number": 1}  # fmt: skip
    for address, body in (
        ("/desk/tv/rails?edition=en", {"rails": rails}),
        (f"/desk/streams/{stream['id']}/schedule", {**day, "entries": [entry]}),
    ):
        answer = await newsroom.desk.put(address, json=body, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
    span = f"since={day['since']}&until={day['until']}"
    return {
        "/v1/streams": ["/v1/streams", "/v1/streams?edition=en&on_air=true"],
        "/v1/streams/{stream}": ["/v1/streams/one", f"/v1/streams/{stream['id']}"],
        "/v1/streams/{stream}/schedule": [f"/v1/streams/one/schedule?{span}"],
        "/v1/series": ["/v1/series"],
        "/v1/feeds": ["/v1/feeds", "/v1/feeds?edition=en&limit=1"],
        "/v1/series/{series}": ["/v1/series/lights"],
        "/v1/series/{series}/episodes": ["/v1/series/lights/episodes?order=episode"],
        "/v1/videos": ["/v1/videos", "/v1/videos?edition=en&limit=1"],
        "/v1/videos/{video_id}": [f"/v1/videos/{film.json()['id']}"],
        "/v1/videos/{video_id}/attributions.json": [
            f"/v1/videos/{film.json()['id']}/attributions.json"
        ],
        "/v1/tv/home": ["/v1/tv/home", "/v1/tv/home?section=news&platform=roku"],
    }


def citing(sourced: Sourced, plain: str) -> dict[str, list[str]]:
    """Addresses of what is cited. `plain` is an article that cites nothing."""
    article, cited = f"/v1/articles/{sourced.article}", "/v1/citations"
    work, publication = f"/v1/works/{sourced.work}", f"/v1/publications/{sourced.publication}"
    groups = ("type", "channel", "level", "affiliation", "publication", "month")
    return {
        "/v1/articles/{article_id}/citations": [
            f"{article}/citations", f"{article}/citations?type=quotation",
            f"/v1/articles/{plain}/citations",
        ],
        "/v1/articles/{article_id}/sourcing": [
            f"{article}/sourcing", f"/v1/articles/{plain}/sourcing",
        ],
        "/v1/citations": [cited, f"{cited}?publication={sourced.publication}&limit=1"],
        "/v1/citations/{citation_id}": [
            f"{cited}/{each}" for each in (sourced.reported, sourced.quoted, sourced.named)
        ],
        "/v1/citations/{citation_id}/formatted": [
            f"{cited}/{sourced.quoted}/formatted",
            f"{cited}/{sourced.quoted}/formatted?style=chicago-author-date",
        ],
        "/v1/works/cited-by": [f"/v1/works/cited-by?url={AUDIT}"],
        "/v1/works/{work_id}": [work],
        "/v1/works/{work_id}/cited-by": [f"{work}/cited-by"],
        "/v1/publications": ["/v1/publications"],
        "/v1/publications/{publication_id}": [publication],
        "/v1/publications/{publication_id}/cited-by": [f"{publication}/cited-by"],
        "/v1/speakers/{speaker_id}": [f"/v1/speakers/{sourced.speaker}"],
        "/v1/speakers/{speaker_id}/statements": [f"/v1/speakers/{sourced.speaker}/statements"],
        "/v1/citation-stats": [f"/v1/citation-stats?group_by={group}" for group in groups],
    }  # fmt: skip


async def test_every_answer_has_the_shape_that_its_route_promises(newsroom: Newsroom) -> None:
    addresses = await seeded(newsroom)

    for route in router.routes:
        assert isinstance(route, PublicRoute)
        if route.response_model is None or "GET" not in (route.methods or ()):
            continue  # Not JSON, or asked for otherwise: checked where it is written.
        shape: TypeAdapter[BaseModel | None] = TypeAdapter(route.response_model)
        for address in addresses[route.path]:
            answer = await newsroom.reader.get(address)
            assert answer.status_code == 200, (address, answer.text)
            read = shape.validate_json(answer.content)
            if read is None:
                assert answer.content == b"null", address
                continue
            assert read.model_dump(mode="json", exclude_unset=True) == answer.json(), address
            missing = set(type(read).model_fields) - read.model_fields_set
            assert not missing, (address, missing)


async def test_links_in_answers_lead_somewhere(newsroom: Newsroom) -> None:
    addresses = await seeded(newsroom)
    seen: set[str] = set()

    def links(value: Any) -> None:
        if isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                links(each)
        elif isinstance(value, str) and value.startswith("/v1/"):
            seen.add(value)

    for group in addresses.values():
        for address in group:
            links((await newsroom.reader.get(address)).json())

    assert len(seen) > 8
    for link in seen:
        # The address of old URLs needs one to look up.
        expected = 422 if link == "/v1/resolve" else 200
        assert (await newsroom.reader.get(link)).status_code == expected, link


async def test_the_collection_shows_what_editors_chose(newsroom: Newsroom) -> None:
    first, second = await newsroom.published("one"), await newsroom.published("two")
    chosen = await created(
        newsroom, "collections", edition="en", title="Choice",
        articles=[second.json()["id"], first.json()["id"]],
    )  # fmt: skip

    shown = await newsroom.read(f"/v1/collections/{chosen['slug']}")

    assert [card["headline"] for card in shown["items"]] == ["two", "one"]
