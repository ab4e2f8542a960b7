"""Assets at the desk, from the upload to what readers get of them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.editing.requests import pointers
from tests.imaging.drawing import jpeg, landscape, plain, xmp
from tests.newsroom import Newsroom

SAID = xmp(
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Fog over the mole</rdf:li></rdf:Alt>'
    "</dc:description>",
    'photoshop:Credit="Bay Pictures" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
    ' exif:GPSLatitude="54,30.00N"',
)
XMP = (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SAID)


async def changed(newsroom: Newsroom, asset_id: str, **fields: Any) -> httpx.Response:
    """The answer to telling this of an asset, and nothing else."""
    asset = await newsroom.desk.get(f"/desk/assets/{asset_id}")
    return await newsroom.desk.put(
        f"/desk/assets/{asset_id}", json=fields, headers={"If-Match": asset.headers["ETag"]}
    )


def urls(document: Any) -> set[str]:
    """Every address of a file of ours in a document."""
    if isinstance(document, dict):
        return set().union(*map(urls, document.values()))
    if isinstance(document, list):
        return set().union(*map(urls, document))
    return {document} if isinstance(document, str) and document.startswith("/media/") else set()


async def test_from_the_upload_to_the_reader(newsroom: Newsroom) -> None:
    sent = await newsroom.upload(jpeg(landscape(2000, 1500), XMP), "DSC_01.JPG", alt="A mole")
    asset = sent.json()
    assert (asset["kind"], asset["state"], asset["file_name"]) == ("image", "waiting", "DSC_01.JPG")

    await newsroom.drain()
    asset = (await newsroom.desk.get(sent.headers["Location"])).json()
    assert (asset["state"], asset["width"], asset["height"]) == ("ready", 2000, 1500)
    assert (asset["alt"], asset["caption"]) == ("A mole", "Fog over the mole")
    assert asset["credit"] == "Bay Pictures"
    assert asset["embedded"]["caption"] == "Fog over the mole"
    assert (await newsroom.desk.get(asset["preview_url"])).headers["Content-Type"] == "image/jpeg"
    await newsroom.read(f"/v1/assets/{asset['id']}", 404)

    article = await newsroom.published(
        lead={"image": {"asset_id": asset["id"]}},
        body=[
            {"type": "image", "asset_id": asset["id"], "caption": "As it says here"},
            {"type": "gallery", "images": [{"asset_id": asset["id"]}]},
        ],
    )
    document = await newsroom.read(f"/v1/articles/{article.json()['id']}")
    lead = document["lead"]["image"]
    assert (lead["alt"], lead["caption"], lead["credit"]) == (
        "A mole", "Fog over the mole", "Bay Pictures",
    )  # fmt: skip
    assert document["body"][0]["image"]["caption"] == "As it says here"
    assert document["image"]["url"] == lead["url"]
    assert lead["placeholder"].startswith("data:image/")
    assert set(lead["crops"]) == {
        "16x9", "4x3", "1x1", "2x3", "tv-1920", "tv-1280", "tv-800",
    }  # fmt: skip
    webp = [each for each in lead["srcset"] if each["media_type"] == "image/webp"]
    assert [each["width"] for each in webp] == [320, 640, 960, 1280, 1600, 1920]
    for url in (lead["url"], webp[1]["url"], lead["crops"]["2x3"]):
        answer = await newsroom.reader.get(url)
        assert (answer.status_code, answer.headers["Content-Type"][:6]) == (200, "image/")
        assert (b"Bay Pictures" in answer.content, b"54,30" in answer.content) == (True, False)
    public = await newsroom.read(f"/v1/assets/{asset['id']}")
    assert (public["media_kind"], public["image"]) == ("image", lead)


async def test_what_expires_leaves_readers_by_itself(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(landscape(900, 600)), alt="A ferry")
    body = [{"type": "image", "asset_id": asset_id}, {"type": "paragraph", "text": "It left."}]
    lead = {"image": {"asset_id": asset_id}}
    article = await newsroom.published(lead=lead, body=body)
    address = f"/v1/articles/{article.json()['id']}"
    shown = await newsroom.read(address)
    assert urls(shown)
    assert urls(await newsroom.read("/v1/articles"))

    soon = datetime.now(UTC) + timedelta(seconds=1)
    answer = await changed(
        newsroom, asset_id, alt="A ferry", rights={"expires_at": soon.isoformat()}
    )
    assert answer.status_code == 200, answer.text
    await newsroom.drain()
    assert urls(await newsroom.read(address))
    await asyncio.sleep(1.1)
    await newsroom.expire()
    await newsroom.drain()

    document = await newsroom.read(address)
    assert (urls(document), document["lead"], document["image"]) == (set(), None, None)
    assert [block["type"] for block in document["body"]] == ["paragraph"]
    assert document["updated_at"] == shown["updated_at"]
    assert urls(await newsroom.read("/v1/articles")) == set()
    await newsroom.read(f"/v1/assets/{asset_id}", 410)
    assert (await newsroom.reader.get(shown["lead"]["image"]["url"])).status_code == 410

    present = await newsroom.desk.get(f"/desk/articles/{article.json()['id']}")
    saved = await newsroom.save(present, headline="It left again")
    refused = await newsroom.desk.post(
        f"/desk/articles/{article.json()['id']}/publish",
        json={}, headers={"If-Match": saved.headers["ETag"]},
    )  # fmt: skip
    assert refused.status_code == 422
    assert pointers(refused) == ["/body/0/asset_id", "/lead/image/asset_id"]
    assert "rights" in refused.json()["errors"][0]["detail"]

    later = datetime.now(UTC) + timedelta(days=1)
    await changed(newsroom, asset_id, alt="A ferry", rights={"expires_at": later.isoformat()})
    await newsroom.drain()
    assert urls(await newsroom.read(address)) == urls(shown)


async def test_what_expires_leaves_earlier_versions_too(newsroom: Newsroom) -> None:
    site = await newsroom.desk.get("/desk/site")
    told = {name: value for name, value in site.json().items() if name not in ("id", "changed_at")}
    told |= {"history": "all"}
    answer = await newsroom.desk.put(
        "/desk/site", json=told, headers={"If-Match": site.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text
    asset_id = await newsroom.picture(jpeg(landscape(900, 600)), alt="A ferry")
    body = [
        {"type": "gallery", "images": [{"asset_id": asset_id}]},
        {"type": "image", "asset_id": asset_id},
        {"type": "paragraph", "text": "It left."},
    ]
    article = await newsroom.published(lead={"image": {"asset_id": asset_id}}, body=body)
    await newsroom.publish(await newsroom.save(article, lead=None, body=body[2:]))
    first = f"/v1/articles/{article.json()['id']}/versions/1"
    before = await newsroom.reader.get(first)
    assert asset_id in before.text

    await changed(newsroom, asset_id, rights={"expires_at": "2026-01-01T00:00:00Z"})
    await newsroom.drain()

    for view in ("full", "app"):
        kept = await newsroom.read(f"{first}?view={view}")
        assert asset_id not in str(kept)
        assert (kept["lead"], kept["image"], kept["share"]["image"]) == (None, None, None)
        assert [block["type"] for block in kept["body"]] == ["paragraph"]
    after = await newsroom.reader.get(first)
    assert after.headers["ETag"] != before.headers["ETag"]


async def test_what_is_told_of_it_reaches_everything_that_shows_it(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(landscape(900, 600)), alt="A ferry")
    person = await newsroom.desk.post(
        "/desk/people", json={"name": "Juno Tarrowby", "image": {"asset_id": asset_id}}
    )
    article = await newsroom.published(bylines=[{"person_id": person.json()["id"]}])
    await newsroom.drain()
    portrait = (await newsroom.read(f"/v1/people/{person.json()['id']}"))["image"]
    assert portrait["asset_id"] == asset_id
    assert (await newsroom.reader.get(portrait["crops"]["1x1"])).status_code == 200

    answer = await changed(newsroom, asset_id, alt="Juno", focus={"x": 0.25, "y": 0.8})
    assert answer.json()["focus"] == {"x": 0.25, "y": 0.8}
    await newsroom.drain()
    moved = (await newsroom.read(f"/v1/people/{person.json()['id']}"))["image"]
    assert (moved["alt"], "25x80" in moved["crops"]["1x1"]) == ("Juno", True)
    assert (await newsroom.reader.get(moved["crops"]["1x1"])).status_code == 200
    assert (await newsroom.reader.get(portrait["crops"]["1x1"])).status_code == 404

    present = await newsroom.desk.get(f"/desk/people/{person.json()['id']}")
    await newsroom.desk.put(
        f"/desk/people/{person.json()['id']}",
        json={"name": "Juno Tarrowby"}, headers={"If-Match": present.headers["ETag"]},
    )  # fmt: skip
    await newsroom.drain()
    await newsroom.read(f"/v1/assets/{asset_id}", 410)
    assert article.status_code == 200


async def test_it_is_public_while_a_live_article_shows_it(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(plain(400, 300)), alt="A plain")
    article = await newsroom.published(image={"asset_id": asset_id})
    await newsroom.read(f"/v1/assets/{asset_id}")
    asset = await newsroom.desk.get(f"/desk/assets/{asset_id}")
    assert asset.json()["used_in"] == [article.json()["id"]]
    refused = await newsroom.desk.delete(
        f"/desk/assets/{asset_id}", headers={"If-Match": asset.headers["ETag"]}
    )
    assert refused.status_code == 409

    without = await newsroom.save(article, image=None)
    await newsroom.publish(without)
    await newsroom.drain()
    await newsroom.read(f"/v1/assets/{asset_id}", 410)
    gone = await newsroom.desk.delete(
        f"/desk/assets/{asset_id}", headers={"If-Match": asset.headers["ETag"]}
    )
    assert gone.status_code == 204
    assert (await newsroom.desk.get(f"/desk/assets/{asset_id}")).status_code == 404


async def test_what_cannot_be_used_is_refused_at_its_place(newsroom: Newsroom) -> None:
    video = await newsroom.desk.post(
        "/desk/assets",
        json={"kind": "video", "playback": {"sources": [{"url": "https://cdn.example.org/a.mp4"}]}},
    )
    assert video.status_code == 201, video.text
    section = await newsroom.section("News")
    refused = await newsroom.desk.post(
        "/desk/articles",
        json={
            "headline": "A ferry", "section_id": section,
            "lead": {"image": {"asset_id": video.json()["id"]}},
            "body": [{"type": "video", "asset_id": section}],
        },
    )  # fmt: skip
    assert (refused.status_code, pointers(refused)) == (
        422, ["/body/0/asset_id", "/lead/image/asset_id"],
    )  # fmt: skip
    both = await newsroom.desk.post(
        "/desk/articles",
        json={
            "headline": "A ferry", "section_id": section,
            "lead": {"image": {"asset_id": section, "url": "https://cdn.example.org/a.jpg"}},
        },
    )  # fmt: skip
    assert (both.status_code, pointers(both)) == (422, ["/lead/image"])

    waiting = (await newsroom.upload(jpeg(plain(40, 30)))).json()["id"]
    assert pointers(await changed(newsroom, waiting, width=5)) == ["/width"]
    film = await newsroom.upload(b"\0\0\0\x18ftypisom\0\0\0\1isommp41", width=640, height=360)
    assert (film.json()["width"], film.json()["height"]) == (640, 360)
    draft = await newsroom.article(lead={"image": {"asset_id": waiting}})
    refused = await newsroom.desk.post(
        f"/desk/articles/{draft.json()['id']}/publish",
        json={}, headers={"If-Match": draft.headers["ETag"]},
    )  # fmt: skip
    assert (refused.status_code, pointers(refused)) == (422, ["/lead/image/asset_id"])
    remote = {"kind": "image", "url": "https://cdn.example.org/a.jpg", "alt": "A", "width": 900}
    picture = (await newsroom.desk.post("/desk/assets", json=remote)).json()
    article = await newsroom.published(image={"asset_id": picture["id"]})
    shown = (await newsroom.read(f"/v1/articles/{article.json()['id']}"))["image"]
    assert (shown["url"], shown["width"], shown["srcset"]) == (remote["url"], 900, [])
    for asset in ({"kind": "image"}, {"kind": "video", "url": "https://cdn.example.org/a"}):
        assert (await newsroom.desk.post("/desk/assets", json=asset)).status_code == 422


async def test_a_document_is_public_while_an_article_links_to_it(newsroom: Newsroom) -> None:
    report = (await newsroom.upload(b"%PDF-1.7\n1 0 obj", "audit.pdf", title="Audit")).json()
    assert (report["kind"], report["state"]) == ("document", "ready")
    assert (await newsroom.reader.get(report["file_url"])).status_code == 404
    link = f'<a href="{report["file_url"]}">the audit</a>'
    items = [{"html": "One"}, {"html": "Two", "items": [{"html": f"See {link}."}]}]
    article = await newsroom.published(body=[{"type": "list", "items": items}])

    file = await newsroom.reader.get(report["file_url"])
    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/pdf")
    document = await newsroom.read(f"/v1/assets/{report['id']}")
    assert (document["media_kind"], document["title"]) == ("document", "Audit")
    assert document["file"]["url"] == report["file_url"]

    without = await newsroom.save(article, body=[{"type": "paragraph", "text": "Nothing."}])
    await newsroom.publish(without)
    await newsroom.drain()
    assert (await newsroom.reader.get(report["file_url"])).status_code == 410
    lost = report["file_url"].replace(report["id"], await newsroom.section("News"))
    refused = await newsroom.desk.post(
        "/desk/articles",
        json={
            "headline": "Lost", "section_id": await newsroom.section("News"),
            "body_html": f'<p><a href="{lost}">lost</a></p>',
        },
    )  # fmt: skip
    assert (refused.status_code, pointers(refused)) == (422, ["/body/0"])


async def test_the_address_of_a_file_of_ours_counts_as_its_use(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(landscape(900, 600)))
    shown = await newsroom.published(image={"asset_id": asset_id})
    url = (await newsroom.read(f"/v1/articles/{shown.json()['id']}"))["image"]["url"]
    copied = await newsroom.published("Copied", body=[{"type": "image", "url": url}])
    await newsroom.publish(await newsroom.save(shown, image=None))
    await newsroom.drain()
    assert (await newsroom.reader.get(url)).status_code == 200
    used_in = (await newsroom.desk.get(f"/desk/assets/{asset_id}")).json()["used_in"]
    assert used_in == [copied.json()["id"]]


async def test_duplicates_are_reported(newsroom: Newsroom) -> None:
    first = await newsroom.picture(jpeg(landscape(900, 600)))
    smaller = await newsroom.picture(jpeg(landscape(900, 600).resize(0.4)))
    await newsroom.picture(jpeg(plain(400, 300)))
    again = await newsroom.upload(jpeg(landscape(900, 600)))
    assert again.json()["duplicates"] == [{"asset_id": first, "same_file": True, "distance": 0}]
    await newsroom.drain()
    found = (await newsroom.desk.get(again.headers["Location"])).json()["duplicates"]
    assert [(each["asset_id"], each["same_file"]) for each in found] == [
        (first, True), (smaller, False),
    ]  # fmt: skip


async def test_one_key_gives_one_asset(newsroom: Newsroom) -> None:
    def send(content: bytes) -> Any:
        return newsroom.desk.post(
            "/desk/assets/files",
            files={"file": ("a.jpg", content)}, headers={"Idempotency-Key": "once"},
        )  # fmt: skip

    first, second = await send(jpeg(plain(40, 30))), await send(jpeg(plain(40, 30)))
    assert (first.status_code, first.json()) == (201, second.json())
    other = await send(jpeg(plain(60, 30)))
    assert (other.status_code, other.json()["type"][-21:]) == (422, ":idempotency-mismatch"[-21:])
    assert len((await newsroom.desk.get("/desk/assets")).json()["items"]) == 1


async def test_forms_that_are_none(newsroom: Newsroom) -> None:
    async def send(content: bytes, kind: str = "multipart/form-data; boundary=x") -> Any:
        return await newsroom.desk.post(
            "/desk/assets/files", content=content, headers={"Content-Type": kind}
        )

    def part(head: bytes, content: bytes) -> bytes:
        return b"--x\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content + b"\r\n"

    file = part(b'name="file"; filename="a.jpg"', jpeg(plain(40, 30)))
    assert (await send(b"{}", "application/json")).status_code == 415
    assert (await send(file, "multipart/form-data")).status_code == 415
    assert (await send(b"nonsense")).status_code == 400
    assert (await send(file)).status_code == 400
    assert pointers(await send(b"--x--\r\n")) == ["/file"]
    assert pointers(await send(file + file + b"--x--\r\n")) == ["/file"]
    assert pointers(await send(part(b'name="other"', b"1") + b"--x--\r\n")) == ["/other"]
    told = part(b'name="fields"', b'{"alt": 1, "rights": {"expires_at": "soon"}}')
    assert pointers(await send(told + file + b"--x--\r\n")) == [
        "/fields/alt", "/fields/rights/expires_at",
    ]  # fmt: skip
    assert (await newsroom.desk.get("/desk/assets")).json()["items"] == []
