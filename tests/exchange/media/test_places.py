"""Where articles show files, and what an asset in their place leaves as it was."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from app.exchange.media import places
from app.exchange.media.places import File, Hosts

OLD = "https://old.example.org"
HOSTS = Hosts("old.example.org")
ASSET = UUID("5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11")


def image(name: str, **fields: Any) -> dict[str, Any]:
    return {"url": f"{OLD}/{name}.jpg", **fields}


def film(name: str, *endings: str, **fields: Any) -> dict[str, Any]:
    return {"sources": [{"url": f"{OLD}/{name}.{each}"} for each in endings], **fields}


CONTENT: dict[str, Any] = {
    "headline": "Fog",
    "lead": {"video": film("v", "mp4", "webm", poster=image("poster"))},
    "image": image("card"),
    "body": [
        {"type": "paragraph", "html": f'<a href="{OLD}/report.pdf">Report</a>'},
        {"type": "image", "id": "a", "href": f"{OLD}/i-full.jpg",
         **image("i", alt="Fog", caption="Dawn", credit="Photo: M", width=300, height=200)},
        {"type": "gallery", "images": [image("g1"), image("g2")]},
        {"type": "audio", **film("s", "mp3", title="Sound")},
        {"type": "embed", "url": "https://video.example.org/1", "thumbnail": image("t")},
        {"type": "factbox", "blocks": [{"type": "image", **image("f")}]},
        {"type": "image", "url": "https://elsewhere.example/x.jpg"},
        {"type": "image", "url": "/own.jpg"},
        {"type": "image", "asset_id": str(ASSET)},
    ],
}  # fmt: skip


def test_every_place_is_found() -> None:
    found = places.shown(CONTENT)

    ours = [each for each in found if all(map(HOSTS.have, each.file.urls))]
    assert [(each.file.kind, each.file.urls[0].rpartition("/")[2]) for each in ours] == [
        ("video", "v.mp4"), ("image", "poster.jpg"), ("image", "card.jpg"), ("image", "i.jpg"),
        ("image", "g1.jpg"), ("image", "g2.jpg"), ("audio", "s.mp3"), ("image", "t.jpg"),
        ("image", "f.jpg"),
    ]  # fmt: skip
    assert ours[0].file.urls == (f"{OLD}/v.mp4", f"{OLD}/v.webm")
    assert ours[3].told == {"alt": "Fog", "caption": "Dawn", "credit": "Photo: M"}
    assert ours[6].told == {"title": "Sound"}
    assert len(found) == len(ours) + 2


def test_an_asset_takes_the_place_of_the_address_and_of_nothing_else() -> None:
    before = deepcopy(CONTENT)
    every = {each.file: ASSET for each in places.shown(CONTENT)}

    content = places.put_in(CONTENT, every, HOSTS)

    assert content is not None
    assert before == CONTENT
    assert content["body"][1] == {
        "type": "image", "id": "a", "asset_id": str(ASSET), "alt": "Fog", "caption": "Dawn",
        "credit": "Photo: M",
    }  # fmt: skip
    assert content["lead"]["video"] == {
        "asset_id": str(ASSET), "poster": {"asset_id": str(ASSET)},
    }  # fmt: skip
    assert list(places.addresses(content)) == []
    assert content["body"][0] == CONTENT["body"][0]
    assert places.put_in(content, every, HOSTS) is None
    assert places.put_in(CONTENT, {}, HOSTS) is None


def test_only_its_own_hosts_are_the_old_system() -> None:
    hosts = Hosts("Old.Example.org", "media.example.org:8080")

    for url in (f"{OLD}/a", "HTTP://OLD.EXAMPLE.ORG:81/a", "http://media.example.org:8080/a"):
        assert hosts.have(url), url
    for url in ("https://www.old.example.org/a", "http://media.example.org/a", "/a", "http://[/a",
                "https://example.com/old.example.org"):  # fmt: skip
        assert not hosts.have(url), url


def test_smaller_ones_of_a_picture_lead_to_it_in_full() -> None:
    for url, full in (
        (f"{OLD}/a-300x200.jpg", f"{OLD}/a.jpg"),
        (f"{OLD}/a-scaled.jpeg?w=3", f"{OLD}/a.jpeg?w=3"),
    ):
        assert places.candidates(url) == [full, url]
    for url in (f"{OLD}/a.jpg", f"{OLD}/a-1080x720.mp4", f"{OLD}/a-300x200"):
        assert places.candidates(url) == [url]


def test_what_names_the_hosts_otherwise() -> None:
    assert places.names_otherwise(CONTENT, HOSTS)
    assert not places.names_otherwise({"image": image("a"), "body": []}, HOSTS)
    assert File("image", ("a", "b")).name == "a\nb"
