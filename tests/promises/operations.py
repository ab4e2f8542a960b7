"""For every operation of both APIs a request that succeeds, in a newsroom with what it needs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from app import jobs
from app.database import Database
from app.editing import calling, media
from app.publishing import press
from app.settings import Settings
from tests.imaging.drawing import jpeg, plain
from tests.promises.serving import Desk

Request = dict[str, Any]
"""`path_parameters`, `query`, `headers` and `body`, as far as there are any."""

ANY_STATE = {"If-Match": "*"}
SCHEMA = {
    "type": "object",
    "properties": {"rating": {"type": "integer", "minimum": 1, "maximum": 5, "x-public": True}},
}
SITE = {
    "name": "The Kestrel Bay Courier",
    "tagline": "News with the tide",
    "publisher": {"name": "Kestrel Bay Press", "email": "desk@example.org"},
    "policies": {"corrections": "https://www.example.org/corrections"},
    "history": "all",
    "search_url": "https://www.example.org/search?q={searchTerms}",
    "robots": {"disallow": ["/search"], "refused": ["BadBot"], "data_training": "reserved"},
    "trust": {"belongto": ["https://association.example.org"], "contact": ["desk@example.org"]},
    "addresses": [
        {
            "kind": "canonical",
            "web": "https://www.example.org",
            "api": "https://api.example.org",
            "media": "https://media.example.org",
        }
    ],
    "hubs": ["https://hub.example.org/"],
    "index_now": {"key": "5b0c7a9e3f1d4c55"},
}


CITED = "https://courier.example/fog"
STREAM = {"title": "Kestrel One", "url": "https://live.example/one.m3u8", "public": True}
DAY = {"since": "2026-11-20T00:00:00Z", "until": "2026-11-21T00:00:00Z"}
SHOW = {"start": "2026-11-20T08:00:00Z", "end": "2026-11-20T09:00:00Z", "title": "Bulletin"}
FILM = {"sources": [{"url": "https://cdn.example/fog/master.m3u8"}], "token": {"key": "cdn-1"}}
PICTURE = jpeg(plain(40, 30))
TUS = {"Tus-Resumable": "1.0.0"}
CAPTIONS = {"text": "WEBVTT\n\n00:01.000 --> 00:02.000\nFog.\n"}
SETTINGS: dict[str, Any] = {"playback_secrets": {"cdn-1": "hmac:0123456789abcdef"}}
"""What the server has to be started with."""


@dataclass
class Seeds:
    """`known` has the real values of path parameters, by name."""

    desk: Desk
    section: str
    article: str = ""
    path: str = ""
    known: dict[str, list[str]] = field(default_factory=dict)

    def make(self, noun: str, **fields: Any) -> str:
        answer = self.desk.client.post(f"/desk/{noun}", json=fields)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return str(made.get("code") or made["id"])

    def person(self) -> str:
        return self.make("people", name=f"Person {uuid4()}")

    def topic(self) -> str:
        return self.make("topics", name=f"Topic {uuid4()}")

    def new_section(self) -> str:
        return self.make("sections", edition="en", name=f"Section {uuid4()}")

    def collection(self, *articles: str) -> str:
        title = f"Collection {uuid4()}"
        return self.make("collections", edition="en", title=title, articles=list(articles))

    def edition(self) -> str:
        code = f"en-x{uuid4().hex[:6]}"
        return self.make(
            "editions", code=code, name="Another", language="en", path_prefix=f"/{code}"
        )

    def publication(self, **fields: Any) -> str:
        return self.make("publications", name="The Courier", kind="newspaper", **fields)

    def work(self, **fields: Any) -> str:
        return self.make("works", kind="report", title=f"Report {uuid4()}", **fields)

    def speaker(self) -> str:
        return self.make("speakers", name="Ines Valdo", kind="person")

    def asset(self) -> str:
        return self.make(
            "assets", kind="image", alt="A ferry", url="https://pictures.example/ferry.jpg"
        )

    def picture(self) -> str:
        """One of our own, that was read."""
        answer = self.desk.client.post("/desk/assets/files", files={"file": ("a.jpg", PICTURE)})
        assert answer.status_code == 201, answer.text
        asyncio.run(_drain(self.desk))
        return str(answer.json()["id"])

    def broken(self) -> str:
        """An asset whose file cannot be had: these servers call nobody."""
        fields = {"kind": "image", "url": "https://pictures.example/gone.jpg"}
        answer = self.desk.client.post("/desk/assets/import", json=fields)
        assert answer.status_code == 201, answer.text
        asyncio.run(_drain(self.desk))
        return str(answer.json()["id"])

    def upload(self) -> str:
        """In pieces, with none of them yet."""
        answer = self.desk.client.post("/desk/uploads", headers=TUS | {"Upload-Length": "8"})
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"].rpartition("/")[2]

    def film(self, *languages: str) -> str:
        """A video asset with captions in these languages."""
        identity = self.make("assets", kind="video", title="Fog", playback=FILM)
        for language in languages:
            address = f"/desk/assets/{identity}/captions/captions/{language}"
            answer = self.desk.client.put(address, json=CAPTIONS)
            assert answer.status_code == 201, answer.text
        return identity

    def video(self, work: str) -> str:
        """A live article with a film, in which this work is cited at a moment."""
        heard = [{"target": "media", "time_ms": [0, 4_000]}]
        return self.live(
            headline="Fog on film",
            lead={"video": {"asset_id": self.film("en")}},
            citations=[{"type": "reported_by", "work_id": work, "anchors": heard}],
        )

    def series(self, **fields: Any) -> str:
        return self.make("series", edition="en", title=f"Lights {uuid4()}", **fields)

    def stream(self, **fields: Any) -> str:
        told = {"title": f"Channel {uuid4()}", "url": "https://live.example/one.m3u8"}
        return self.make("streams", edition="en", **told, **fields)

    def feed(self, **fields: Any) -> str:
        return self.make("feeds", edition="en", title=f"Feed {uuid4()}", **fields)

    def partner(self, *feed_ids: str) -> str:
        return self.make("partners", name=f"Partner {uuid4()}", feed_ids=list(feed_ids))

    def partner_key(self, partner: str) -> str:
        answer = self.desk.client.post(f"/desk/partners/{partner}/keys", json={"name": "Theirs"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def delivery(self) -> str:
        return self.make("deliveries", **self.delivered())

    def delivered(self) -> dict[str, Any]:
        """What a delivery can be made of."""
        feed = self.feed()
        told = {"partner_id": self.partner(feed), "feed_id": feed, "format": "rss"}
        return told | {"address": "https://partner.example/in"}

    def partner_feed(self) -> dict[str, Any]:
        """The place of a feed that partners pull, once it has been put together."""
        slug = f"wire-{uuid4().hex[:8]}"
        self.feed(slug=slug)
        asyncio.run(_drain(self.desk))
        return _at(slug=slug, format="rss")

    def review(self) -> str:
        work = self.work()
        article = self.live(citations=[{"type": "reported_by", "work_id": work}])
        event = {"kind": "retraction", "severity": "fatal", "summary": "It was forged."}
        answer = self.desk.client.post(f"/desk/works/{work}/events", json=event)
        assert answer.status_code == 201, answer.text
        asyncio.run(_drain(self.desk))
        [found] = self.desk.client.get(f"/desk/citation-reviews?article={article}").json()["items"]
        return str(found["id"])

    def key(self) -> str:
        return self.make("keys", name="A spare one", role="reader")

    def draft(self) -> str:
        return str(self.desk.article(headline=f"Draft {uuid4()}").json()["id"])

    def live(self, **fields: Any) -> str:
        return str(self.desk.published(**fields).json()["id"])


async def _drain(desk: Desk) -> None:
    settings = Settings(_env_file=None, data_dir=desk.data, outbound=False)
    told = media.session_info(settings) | calling.session_info(settings)
    database = Database(desk.url, before_commit=press.settle, info=told)
    await jobs.drain(database)
    await media.told(told).darkroom.close()
    await database.close()


def seeded(desk: Desk) -> Seeds:
    """A newsroom in which every operation finds something."""
    seeds = Seeds(desk, desk.section)
    site = desk.client.put("/desk/site", json=SITE, headers=ANY_STATE)
    assert site.status_code == 200, site.text
    person, topic = seeds.person(), seeds.topic()
    publication, speaker = seeds.publication(), seeds.speaker()
    work = seeds.work(publication_id=publication, url=CITED)
    asset = seeds.asset()
    stream, series = seeds.stream(public=True, on_air=True), seeds.series(public=True)
    live = desk.published(
        headline="The harbour reopens",
        citations=_citations(work, speaker),
        bylines=[{"person_id": person}],
        topic_ids=[topic],
        external_ids=[{"system": "wordpress", "id": "1787"}],
        published_at="2026-11-20T10:00:00Z",
        corrections=[{"text": "It was the second ferry."}],
        lead={"image": {"asset_id": asset}},
        episode={"series_id": series, "number": 1},
    )
    seeds.article, seeds.path = live.json()["id"], live.json()["live"]["path"]
    collection = seeds.collection(seeds.article)
    cited = desk.client.get(f"/v1/articles/{seeds.article}/citations")
    seeds.known = {
        "article_id": [seeds.article, seeds.draft()],
        "person_id": [person], "person": [person],
        "topic_id": [topic], "topic": [topic],
        "collection_id": [collection], "collection": [collection],
        "section_id": [seeds.section], "section": [seeds.section, "news"],
        "publication_id": [publication, seeds.publication()],
        "work_id": [work, seeds.work()],
        "speaker_id": [speaker, seeds.speaker()],
        "asset_id": [asset, seeds.asset()], "upload_id": [seeds.upload()],
        "citation_id": [each["id"] for each in cited.json()["items"]],
        "review_id": [seeds.review()],
        "extension": ["bib", "csl.json", "html"],
        "video_id": [seeds.video(work)], "track": ["en"], "language": ["en"],
        "stream_id": [stream, seeds.stream()], "stream": [stream],
        "series_id": [series, seeds.series()], "series": [series],
        "feed_id": [seeds.feed(public=True), seeds.feed(digest=True)],
        "partner_id": [seeds.partner()], "delivery_id": [seeds.delivery()],
        "key_id": [seeds.key()],
        "code": [seeds.edition()],
        "kind": ["article", "person"],
        "system": ["wordpress"], "external_id": ["1787"],
        "number": ["1"], "version": ["1"],
        "path": [seeds.path.removeprefix("/"), "news"],
        "year": ["2026"], "month": ["11"],
    }  # fmt: skip
    return seeds


def _citations(work: str, speaker: str) -> list[dict[str, Any]]:
    said = {"form": "paraphrase", "text": "There was fog.", "channel": "interview"}
    return [
        {"type": "reported_by", "work_id": work},
        {"type": "paraphrase", "statement": said | {"speaker_id": speaker}},
    ]


def _at(**path_parameters: str) -> Request:
    return {"path_parameters": path_parameters}


def _write(body: Any = None, **path_parameters: str) -> Request:
    request: Request = {"path_parameters": path_parameters, "headers": dict(ANY_STATE)}
    return request if body is None else request | {"body": body}


def _article(seeds: Seeds) -> Request:
    return {"headline": f"Fog {uuid4()}", "section_id": seeds.section, "body_markdown": "Fog."}


def _withhold(seeds: Seeds) -> Request:
    article = seeds.live()
    body = {"headline": "Changed", "section_id": seeds.section, "body_markdown": "Other fog."}
    for verb, address in (("PUT", ""), ("POST", "/publish")):
        answer = seeds.desk.client.request(
            verb, f"/desk/articles/{article}{address}", headers=ANY_STATE,
            json=body if verb == "PUT" else None,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
    return _write({"status": 410}, article_id=article, version="1")


def _take_out(seeds: Seeds) -> Request:
    return _write(collection_id=seeds.collection(seeds.article), article_id=seeds.article)


DESK: dict[str, Callable[[Seeds], Request]] = {
    "site_get": lambda seeds: {},
    "site_replace": lambda seeds: _write(SITE),
    "editions_list": lambda seeds: {},
    "editions_create": lambda seeds: _write(
        {"code": "fr", "name": "Français", "language": "fr", "path_prefix": "/fr"}
    ),
    "editions_get": lambda seeds: _at(code="en"),
    "editions_replace": lambda seeds: _write(
        {"name": "English", "language": "en", "path_prefix": ""}, code="en"
    ),
    "editions_delete": lambda seeds: _write(code=seeds.edition()),
    "sections_list": lambda seeds: {"query": {"edition": "en"}},
    "sections_create": lambda seeds: _write({"edition": "en", "name": "Weather"}),
    "sections_reorder": lambda seeds: _write(
        {
            "edition": "en",
            "parent_id": (parent := seeds.new_section()),
            "ids": [seeds.make("sections", edition="en", name="Below", parent_id=parent)],
        }
    ),
    "sections_get": lambda seeds: _at(section_id=seeds.section),
    "sections_replace": lambda seeds: _write({"name": "News"}, section_id=seeds.section),
    "sections_move": lambda seeds: _write(
        {"parent_id": seeds.section}, section_id=seeds.new_section()
    ),
    "sections_delete": lambda seeds: _write(section_id=seeds.new_section()),
    "people_list": lambda seeds: {"query": {"limit": 1}},
    "people_create": lambda seeds: _write({"name": "Juno Tarrowby"}),
    "people_get": lambda seeds: _at(person_id=seeds.person()),
    "people_replace": lambda seeds: _write({"name": "Juno T."}, person_id=seeds.person()),
    "people_delete": lambda seeds: _write(person_id=seeds.person()),
    "topics_list": lambda seeds: {"query": {"kind": "subject"}},
    "topics_create": lambda seeds: _write({"name": "Ferries"}),
    "topics_get": lambda seeds: _at(topic_id=seeds.topic()),
    "topics_replace": lambda seeds: _write({"name": "Boats"}, topic_id=seeds.topic()),
    "topics_delete": lambda seeds: _write(topic_id=seeds.topic()),
    "collections_list": lambda seeds: {"query": {"edition": "en"}},
    "collections_create": lambda seeds: _write(
        {"edition": "en", "title": "Editor's choice", "articles": [seeds.article]}
    ),
    "collections_get": lambda seeds: _at(collection_id=seeds.collection(seeds.article)),
    "collections_replace": lambda seeds: _write(
        {"title": "Choice"}, collection_id=seeds.collection(seeds.article)
    ),
    "collections_delete": lambda seeds: _write(collection_id=seeds.collection()),
    "collections_put_article": lambda seeds: _write(
        {"article_id": seeds.article}, collection_id=seeds.collection()
    ),
    "collections_take_out": _take_out,
    "articles_list": lambda seeds: {"query": {"q": "harbour", "live": "true"}},
    "articles_create": lambda seeds: _write(_article(seeds)),
    "articles_get_by_external": lambda seeds: _at(system="wordpress", external_id="1787"),
    "articles_upsert_by_external": lambda seeds: _write(
        _article(seeds), system="wordpress", external_id="1787"
    ),
    "articles_get": lambda seeds: _at(article_id=seeds.article),
    "articles_save": lambda seeds: _write(_article(seeds), article_id=seeds.draft()),
    "articles_delete": lambda seeds: _write(article_id=seeds.draft()),
    "articles_move_stage": lambda seeds: _write({"stage": "review"}, article_id=seeds.draft()),
    "articles_list_revisions": lambda seeds: _at(article_id=seeds.article),
    "articles_get_revision": lambda seeds: _at(article_id=seeds.article, number="1"),
    "articles_restore": lambda seeds: _write({"revision": 1}, article_id=seeds.draft()),
    "articles_preview": lambda seeds: _at(article_id=seeds.draft()),
    "articles_publish": lambda seeds: _write({"minor": False}, article_id=seeds.draft()),
    "articles_withdraw": lambda seeds: _write({"notice": "Not ours."}, article_id=seeds.live()),
    "articles_withhold_version": _withhold,
    "article_citations_get": lambda seeds: _at(article_id=seeds.article),
    "article_citations_replace": lambda seeds: _write(
        {"citations": _citations(seeds.known["work_id"][0], seeds.known["speaker_id"][0])},
        article_id=seeds.draft(),
    ),
    "article_citations_reanchor": lambda seeds: _write(article_id=seeds.article),
    "article_citations_lint": lambda seeds: _at(article_id=seeds.article),
    "publications_list": lambda seeds: {"query": {"q": "courier", "kind": "newspaper"}},
    "publications_create": lambda seeds: _write({"name": "The Courier", "kind": "newspaper"}),
    "publications_get": lambda seeds: _at(publication_id=seeds.publication()),
    "publications_replace": lambda seeds: _write(
        {"name": "A Courier", "kind": "magazine"}, publication_id=seeds.publication()
    ),
    "publications_delete": lambda seeds: _write(publication_id=seeds.publication()),
    "publications_merge": lambda seeds: _write(
        {"into": seeds.publication()}, publication_id=seeds.publication()
    ),
    "works_list": lambda seeds: {"query": {"q": "report", "cited": "false"}},
    "works_create": lambda seeds: _write({"kind": "report", "title": "Audit"}),
    "works_from_article": lambda seeds: _write(article_id=seeds.live()),
    "works_get": lambda seeds: _at(work_id=seeds.work()),
    "works_replace": lambda seeds: _write({"kind": "book", "title": "Audit"}, work_id=seeds.work()),
    "works_delete": lambda seeds: _write(work_id=seeds.work()),
    "works_merge": lambda seeds: _write({"into": seeds.work()}, work_id=seeds.work()),
    "works_archive": lambda seeds: _write(
        {"archive_url": "https://archive.example/1"}, work_id=seeds.work()
    ),
    "works_import": lambda seeds: _write(
        {"format": "ris", "content": f"TY  - RPRT\nTI  - Audit {uuid4()}\nER  - \n"}
    ),
    "works_resolve": lambda seeds: _write({"text": "doi:10.5555/12345678"}),
    "works_check": lambda seeds: _write(
        work_id=seeds.work(url=f"https://courier.example/{uuid4()}")
    ),
    "works_checks": lambda seeds: _at(work_id=seeds.work()),
    "links_list": lambda seeds: {"query": {"verdict": "not_found", "broken": "true"}},
    "links_summary": lambda seeds: {},
    "works_duplicates": lambda seeds: _at(work_id=seeds.work()),
    "works_list_events": lambda seeds: _at(work_id=seeds.work()),
    "works_record_event": lambda seeds: _write(
        {"kind": "correction", "severity": "material", "summary": "It was the other quay."},
        work_id=seeds.work(),
    ),
    "works_follow_up": lambda seeds: _at(work_id=seeds.work()),
    "citation_reviews_list": lambda seeds: {"query": {"open": "true", "severity": "fatal"}},
    "citation_reviews_get": lambda seeds: _at(review_id=seeds.review()),
    "citation_reviews_close": lambda seeds: _write(
        {"outcome": "no_change", "note": "It still holds."}, review_id=seeds.review()
    ),
    "speakers_list": lambda seeds: {"query": {"kind": "person"}},
    "speakers_create": lambda seeds: _write({"name": "Ines Valdo", "kind": "person"}),
    "speakers_get": lambda seeds: _at(speaker_id=seeds.speaker()),
    "speakers_replace": lambda seeds: _write(
        {"name": "Valdo", "kind": "person"}, speaker_id=seeds.speaker()
    ),
    "speakers_delete": lambda seeds: _write(speaker_id=seeds.speaker()),
    "speakers_merge": lambda seeds: _write({"into": seeds.speaker()}, speaker_id=seeds.speaker()),
    "streams_list": lambda seeds: {"query": {"edition": "en"}},
    "streams_create": lambda seeds: _write({"edition": "en", **STREAM}),
    "streams_get": lambda seeds: _at(stream_id=seeds.stream()),
    "streams_replace": lambda seeds: _write(STREAM, stream_id=seeds.stream()),
    "streams_set_on_air": lambda seeds: _write({"on_air": True}, stream_id=seeds.stream()),
    "streams_delete": lambda seeds: _write(stream_id=seeds.stream()),
    "streams_get_schedule": lambda seeds: _at(stream_id=seeds.stream()) | {"query": DAY},
    "streams_replace_schedule": lambda seeds: _write(
        DAY | {"entries": [SHOW | {"series_id": seeds.series()}]}, stream_id=seeds.stream()
    ),
    "series_list": lambda seeds: {"query": {"edition": "en"}},
    "series_create": lambda seeds: _write({"edition": "en", "title": "Lights"}),
    "series_get": lambda seeds: _at(series_id=seeds.series()),
    "series_replace": lambda seeds: _write(
        {"title": "Lights", "seasons": [{"number": 1}]}, series_id=seeds.series()
    ),
    "series_delete": lambda seeds: _write(series_id=seeds.series()),
    "feeds_list": lambda seeds: {"query": {"edition": "en"}},
    "feeds_create": lambda seeds: _write(
        {"edition": "en", "title": "Films", "query": {"section_ids": [seeds.section]}}
    ),
    "feeds_get": lambda seeds: _at(feed_id=seeds.feed()),
    "feeds_replace": lambda seeds: _write(
        {"title": "Films", "query": {"has_video": True}, "public": True}, feed_id=seeds.feed()
    ),
    "feeds_delete": lambda seeds: _write(feed_id=seeds.feed()),
    "feeds_issue": lambda seeds: _write(
        {"until": "2026-11-20T06:00:00Z"}, feed_id=seeds.feed(digest=True)
    ),
    "feeds_list_issues": lambda seeds: _at(feed_id=seeds.feed(digest=True)),
    "hubs_list": lambda seeds: {},
    "index_now_get": lambda seeds: {},
    "partners_list": lambda seeds: {"query": {"limit": 1}},
    "partners_create": lambda seeds: _write(
        {"name": "Bay Wire", "feed_ids": [seeds.feed()], "formats": ["rss"], "quota_per_day": 9}
    ),
    "partners_get": lambda seeds: _at(partner_id=seeds.partner(seeds.feed())),
    "partners_replace": lambda seeds: _write({"name": "Wire"}, partner_id=seeds.partner()),
    "partners_delete": lambda seeds: _write(partner_id=seeds.partner()),
    "partners_usage": lambda seeds: (
        _at(partner_id=seeds.partner()) | {"query": {"since": "2026-11-01", "until": "2026-11-20"}}
    ),
    "partners_list_keys": lambda seeds: _at(partner_id=seeds.partner()),
    "partners_create_key": lambda seeds: _write({"name": "Theirs"}, partner_id=seeds.partner()),
    "partners_revoke_key": lambda seeds: _write(
        partner_id=(partner := seeds.partner()), key_id=seeds.partner_key(partner)
    ),
    "partner_feeds_read": lambda seeds: seeds.partner_feed(),
    "deliveries_list": lambda seeds: {"query": {"limit": 1}},
    "deliveries_create": lambda seeds: _write(seeds.delivered()),
    "deliveries_get": lambda seeds: _at(delivery_id=seeds.delivery()),
    "deliveries_replace": lambda seeds: _write(seeds.delivered(), delivery_id=seeds.delivery()),
    "deliveries_delete": lambda seeds: _write(delivery_id=seeds.delivery()),
    "deliveries_push": lambda seeds: _write(delivery_id=seeds.delivery()),
    "deliveries_receipts": lambda seeds: _at(delivery_id=seeds.delivery()),
    "assets_list": lambda seeds: {"query": {"kind": "image", "without_alt": "true"}},
    "assets_register": lambda seeds: _write(
        {"kind": "document", "url": "https://pictures.example/plan.pdf"}
    ),
    "assets_import": lambda seeds: _write(
        {"kind": "image", "url": "https://pictures.example/quay.jpg"}
    ),
    "assets_upload": lambda seeds: {
        "body": {"file": PICTURE, "fields": '{"alt": "Fog"}'},
        "media_type": "multipart/form-data",
    },
    "assets_get": lambda seeds: _at(asset_id=seeds.asset()),
    "assets_replace": lambda seeds: _write({"alt": "Fog"}, asset_id=seeds.asset()),
    "assets_delete": lambda seeds: _write(asset_id=seeds.asset()),
    "assets_prepare": lambda seeds: _write(asset_id=seeds.broken()),
    "assets_file": lambda seeds: _at(asset_id=seeds.picture()),
    "assets_rendition": lambda seeds: _at(asset_id=seeds.picture(), name="w640", end="jpg"),
    "uploads_options": lambda seeds: {},
    "uploads_begin": lambda seeds: {"headers": TUS | {"Upload-Length": "8"}},
    "uploads_state": lambda seeds: _at(upload_id=seeds.upload()) | {"headers": dict(TUS)},
    "uploads_go_on": lambda seeds: (
        _at(upload_id=seeds.upload())
        | {
            "headers": TUS | {"Upload-Offset": "0"},
            "body": b"%PDF-1.7",
            "media_type": "application/offset+octet-stream",
        }
    ),
    "uploads_give_up": lambda seeds: _at(upload_id=seeds.upload()) | {"headers": dict(TUS)},
    "captions_list": lambda seeds: _at(asset_id=seeds.film("en")),
    "captions_get": lambda seeds: _at(asset_id=seeds.film("en"), kind="captions", language="en"),
    "captions_put": lambda seeds: _write(
        CAPTIONS, asset_id=seeds.film("en"), kind="captions", language="en"
    ),
    "captions_delete": lambda seeds: _write(
        asset_id=seeds.film("en"), kind="captions", language="en"
    ),
    "stream_checks_list": lambda seeds: {"query": {"dead": "true", "owner_kind": "asset"}},
    "tv_report": lambda seeds: {"query": {"target": "roku_feed", "missing": "token_required"}},
    "tv_rails_get": lambda seeds: {"query": {"edition": "en"}},
    "tv_rails_replace": lambda seeds: (
        _write({"rails": [{"kind": "live"}, {"kind": "section", "section_id": seeds.section}]})
        | {"query": {"edition": "en"}}
    ),
    "tv_rails_reset": lambda seeds: (
        _write() | {"query": {"edition": "en", "section": seeds.section}}
    ),
    "schemas_list": lambda seeds: {},
    "schemas_get": lambda seeds: _at(kind="person"),
    "schemas_replace": lambda seeds: _write(SCHEMA, kind="person"),
    "schemas_delete": lambda seeds: _write(kind="topic"),
    "me_get": lambda seeds: {},
    "keys_list": lambda seeds: {},
    "keys_create": lambda seeds: _write({"name": "Website", "role": "front-end"}),
    "keys_get": lambda seeds: _at(key_id=seeds.key()),
    "keys_revoke": lambda seeds: _write(key_id=seeds.key()),
}

DELIVERY: dict[str, Callable[[Seeds], Request]] = {
    "readSite": lambda seeds: {},
    "readSectionTree": lambda seeds: {"query": {"edition": "en"}},
    "readSection": lambda seeds: _at(section="news"),
    "readPerson": lambda seeds: _at(person=seeds.known["person"][0]),
    "readTopic": lambda seeds: _at(topic=seeds.known["topic"][0]),
    "readCollection": lambda seeds: _at(collection=seeds.known["collection"][0]),
    "listArticles": lambda seeds: {"query": {"section": "news", "limit": 1}},
    "readArticle": lambda seeds: _at(article_id=seeds.article) | {"query": {"view": "app"}},
    "readAsset": lambda seeds: _at(asset_id=seeds.known["asset_id"][0]),
    "listArticleVersions": lambda seeds: _at(article_id=seeds.article),
    "readArticleVersion": lambda seeds: _at(article_id=seeds.article, version="1"),
    "readPage": lambda seeds: _at(path=seeds.path.removeprefix("/")),
    "resolveUrl": lambda seeds: {"query": {"url": f"https://old.example.org{seeds.path}/amp"}},
    "readArchiveMonth": lambda seeds: _at(year="2026", month="11"),
    "listArticleCitations": lambda seeds: _at(article_id=seeds.article),
    "exportArticleCitations": lambda seeds: _at(article_id=seeds.article, extension="csl.json"),
    "readArticleSourcing": lambda seeds: _at(article_id=seeds.article),
    "listCitations": lambda seeds: {"query": {"type": "reported_by", "limit": 1}},
    "readCitation": lambda seeds: _at(citation_id=seeds.known["citation_id"][0]),
    "formatCitation": lambda seeds: (
        _at(citation_id=seeds.known["citation_id"][0]) | {"query": {"style": "chicago-author-date"}}
    ),
    "findWorkCitations": lambda seeds: {"query": {"url": f"{CITED}?utm_source=x"}},
    "readWork": lambda seeds: _at(work_id=seeds.known["work_id"][0]),
    "listWorkCitations": lambda seeds: _at(work_id=seeds.known["work_id"][0]),
    "listPublications": lambda seeds: {"query": {"limit": 1}},
    "readPublication": lambda seeds: _at(publication_id=seeds.known["publication_id"][0]),
    "listPublicationCitations": lambda seeds: _at(publication_id=seeds.known["publication_id"][0]),
    "readSpeaker": lambda seeds: _at(speaker_id=seeds.known["speaker_id"][0]),
    "listSpeakerStatements": lambda seeds: _at(speaker_id=seeds.known["speaker_id"][0]),
    "listVideos": lambda seeds: {"query": {"section": "news", "limit": 1}},
    "readVideo": lambda seeds: _at(video_id=seeds.known["video_id"][0]),
    "readVideoCaptions": lambda seeds: _at(video_id=seeds.known["video_id"][0], track="en"),
    "readVideoAttributionsVtt": lambda seeds: _at(video_id=seeds.known["video_id"][0]),
    "readVideoAttributions": lambda seeds: _at(video_id=seeds.known["video_id"][0]),
    "playVideo": lambda seeds: _at(video_id=seeds.known["video_id"][0]),
    "listStreams": lambda seeds: {"query": {"on_air": "true", "edition": "en"}},
    "readStream": lambda seeds: _at(stream=seeds.known["stream"][0]),
    "readStreamSchedule": lambda seeds: _at(stream=seeds.known["stream"][0]) | {"query": DAY},
    "listSeries": lambda seeds: {"query": {"edition": "en"}},
    "readSeries": lambda seeds: _at(series=seeds.known["series"][0]),
    "listSeriesEpisodes": lambda seeds: (
        _at(series=seeds.known["series"][0]) | {"query": {"order": "episode"}}
    ),
    "readIndexNowKey": lambda seeds: {},
    "readFeed": lambda seeds: _at(place="sections/news", format="rss"),
    "listFeeds": lambda seeds: {"query": {"kind": "saved", "limit": 1}},
    "readSitemapIndex": lambda seeds: {},
    "readSitemap": lambda seeds: _at(edition="en", file_name="sections"),
    "readRobots": lambda seeds: {},
    "readTrust": lambda seeds: {},
    "readWellKnownTrust": lambda seeds: {},
    "readOpenSearch": lambda seeds: {},
    "readFeedsAsOpml": lambda seeds: {"query": {"edition": "en"}},
    "readTvGuide": lambda seeds: {"query": {"edition": "en"}},
    "readArticleJsonLd": lambda seeds: _at(article_id=seeds.article),
    "readArticleAppleNews": lambda seeds: _at(article_id=seeds.article),
    "readArticleHead": lambda seeds: _at(article_id=seeds.article),
    "readOembed": lambda seeds: {"query": {"url": f"https://www.example.org{seeds.path}"}},
    "readTvHome": lambda seeds: {"query": {"edition": "en", "platform": "roku"}},
    "readCitationStats": lambda seeds: {"query": {"group_by": "level", "since": "2026-01"}},
}
