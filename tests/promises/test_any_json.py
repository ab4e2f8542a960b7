"""Whatever JSON is sent as an article: it is refused with a 4xx, or all of it works to the end."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.promises import serving
from tests.promises.serving import Desk

ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(["", " ", "\0", "​", "x" * 400, "2026-11-20T10:00:00Z", "https://a.example/"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)

WHOLE: dict[str, Any] = {
    "headline": "Fog at sea",
    "headline_short": "Fog",
    "kicker": "Weather",
    "standfirst": "It came at dawn.",
    "summary": None,
    "slug": "fog",
    "path": None,
    "byline_text": None,
    "bylines": [{"name": "Juno Tarrowby", "role": "Correspondent", "organisation": None}],
    "dateline": "KESTREL BAY",
    "format": "text",
    "genre": "news",
    "section_ids": [],
    "topic_ids": [],
    "lead": {"image": {"url": "https://media.example.org/a.jpg", "alt": "Fog", "width": 3}},
    "access": {"level": "subscriber", "preview_blocks": 1},
    "sponsor": {"name": "The port", "label": "Paid content", "url": "https://port.example/"},
    "rights": {"license": "https://example.org/licence", "tdm": "reserved"},
    "flags": {"graphic": False},
    "comments": {"enabled": True, "closes_at": "2027-01-01T00:00:00Z"},
    "seo": {"title": "Fog", "robots": "noindex"},
    "corrections": [{"kind": "update", "text": "It lifted.", "at": "2026-11-20T10:00:00Z"}],
    "related_ids": [],
    "syndicated_from": {"name": "The Courier", "url": "https://courier.example/"},
    "extras": {},
    "published_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-20T11:00:00Z",
    "note_internal": "Call them back.",
    "external_ids": [{"system": "wordpress", "id": "1"}],
    "body": [
        {"type": "paragraph", "html": "Fog <b>lay</b> on <a href='https://a.example/'>it</a>."},
        {"type": "heading", "text": "What now", "level": 3},
        {"type": "list", "items": [{"text": "wait", "items": [{"text": "see"}]}]},
        {"type": "quote", "text": "We wait.", "attribution": "A pilot"},
        {"type": "table", "rows": [[{"text": "a", "header": True}, {"html": "<i>b</i>"}]]},
        {"type": "factbox", "title": "Fog", "blocks": [{"type": "paragraph", "text": "Wet."}]},
        {"type": "video", "sources": [{"url": "https://media.example.org/a.mp4"}]},
        {"type": "embed", "url": "https://video.example/watch?v=1"},
        {"type": "custom", "name": "tide-table", "data": {"high": [1, 2]}},
        {"type": "code", "text": "a = 1"},
    ],
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places(member, (*path, name))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from places(element, (*path, index))


def changed(changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    """The article with other values, or other members, at some places."""
    content: Any = copy.deepcopy(WHOLE)
    for path, value in changes:
        if not path:
            return value
        holder = content
        try:
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return content


PLACES = [path for path in places(WHOLE) if path]
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(PLACES)
        | st.builds(lambda path, name: (*path, name), st.sampled_from(PLACES), st.text(max_size=8)),
        ANY,
    ),
    min_size=0,
    max_size=3,
).map(changed)

REFUSALS = {400, 409, 422}


@pytest.mark.parametrize(
    "examples", [100, pytest.param(1_500, marks=[pytest.mark.prove, pytest.mark.timeout(3_000)])]
)
def test_any_json_is_refused_or_can_be_saved_and_published(
    database_url: str, examples: int
) -> None:
    with serving.opened(database_url) as desk:
        accepted: list[int] = []

        @settings(
            max_examples=examples, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(ARTICLES | ANY, ARTICLES | ANY)
        def tried(first: Any, second: Any) -> None:
            made = send(desk, "POST", "/desk/articles", first)
            if made.status_code in REFUSALS:
                return
            assert made.status_code == 201, made.text
            accepted.append(201)
            address = f"/desk/articles/{made.json()['id']}"
            saved = send(desk, "PUT", address, second, made)
            assert saved.status_code in {200} | REFUSALS, saved.text
            works_to_the_end(desk, address)

        tried()
        assert len(accepted) > examples / 10


def send(
    desk: Desk, method: str, address: str, content: Any, read: httpx.Response | None = None
) -> httpx.Response:
    if isinstance(content, dict):
        content = {"section_id": desk.section, **content}
        own = {"slug": f"fog-{uuid4()}", "external_ids": [{"system": "a", "id": str(uuid4())}]}
        content |= {name: own[name] for name in own if content.get(name) == WHOLE[name]}
    headers = {"If-Match": read.headers["ETag"]} if read else {}
    return desk.client.request(method, address, json=content, headers=headers)


def works_to_the_end(desk: Desk, address: str) -> None:
    """What the desk took it can show, preview and publish, or say what stands in the way."""
    shown = desk.client.get(address)
    assert shown.status_code == 200, shown.text
    for view in ("card", "full", "app"):
        preview = desk.client.get(f"{address}/preview?view={view}")
        assert preview.status_code in (200, 409, 422), preview.text
    published = desk.client.post(f"{address}/publish", headers={"If-Match": shown.headers["ETag"]})
    assert published.status_code in (200, 409, 422), published.text
    if published.status_code == 200:
        document = desk.client.get(f"/v1/articles/{shown.json()['id']}")
        assert document.status_code == 200, document.text
        page = desk.client.get(f"/v1/pages{document.json()['path']}")
        assert page.json() == document.json()
        assert desk.client.get("/v1/articles?limit=100").status_code == 200
        content = {**shown.json()["content"], "external_ids": []}
        kept = send(desk, "PUT", address, content, published)
        assert kept.status_code == 200, kept.text
