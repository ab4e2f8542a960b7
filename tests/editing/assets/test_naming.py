"""What else names assets, and what they name: agencies, the publisher's logo, links of pictures."""

from typing import Any

import httpx

from tests.editing.merges import merged
from tests.editing.requests import create, delete, pointers
from tests.imaging.drawing import jpeg, plain, xmp
from tests.newsroom import Newsroom

SAID = xmp(
    "",
    f'photoshop:Headline="{"H" * 600}" photoshop:Credit="Bay Pictures"'
    ' photoshop:DateCreated="2020-01-02T03:04:05.123456789Z"'
    ' xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' e:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/notThereYet"',
)


async def test_an_agency_stays_or_is_followed_when_it_is_merged(newsroom: Newsroom) -> None:
    goes = await create(newsroom, "publications", name="Bay Wire", kind="news_agency")
    stays = await create(newsroom, "publications", name="Coast Wire", kind="news_agency")
    asset_id = await newsroom.picture(jpeg(plain(40, 30)), agency_id=goes.json()["id"])
    await newsroom.published(image={"asset_id": asset_id})
    refused = await delete(newsroom, "publications", goes)
    assert (refused.status_code, asset_id in refused.json()["detail"]) == (409, True)

    await merged(newsroom, "publications", goes, stays)
    await newsroom.drain()
    agency = (await newsroom.read(f"/v1/assets/{asset_id}"))["agency"]
    assert (agency["id"], agency["name"]) == (stays.json()["id"], "Coast Wire")
    later = await newsroom.upload(jpeg(plain(30, 40)), agency_id=goes.json()["id"])
    assert later.json()["agency_id"] == stays.json()["id"]
    present = await newsroom.desk.get(stays.headers["Location"])
    assert (await delete(newsroom, "publications", present)).status_code == 409


async def test_the_publishers_logo_cannot_be_deleted(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(jpeg(plain(40, 30)), alt="Our logo")

    async def show(logo: dict[str, Any] | None) -> None:
        site = await newsroom.desk.get("/desk/site")
        publisher = site.json()["publisher"] | {"logo": logo}
        kept = {name: site.json()[name] for name in ("name", "addresses")}
        answer = await newsroom.desk.put(
            "/desk/site",
            json=kept | {"publisher": publisher},
            headers={"If-Match": site.headers["ETag"]},
        )
        assert answer.status_code == 200, answer.text

    async def deleted() -> httpx.Response:
        present = await newsroom.desk.get(f"/desk/assets/{asset_id}")
        return await delete(newsroom, "assets", present)

    await show({"asset_id": asset_id})
    assert (await deleted()).status_code == 409
    await show(None)
    assert (await deleted()).status_code == 204


async def test_a_document_is_public_where_a_picture_links_to_it(newsroom: Newsroom) -> None:
    report = (await newsroom.upload(b"%PDF-1.7\n1 0 obj", "audit.pdf")).json()
    picture = await newsroom.picture(jpeg(plain(40, 30)), decorative=True)
    block = {"type": "image", "asset_id": picture, "alt": "The audit", "href": report["file_url"]}
    article = await newsroom.published(body=[block])
    assert (await newsroom.reader.get(report["file_url"])).status_code == 200
    [shown] = (await newsroom.read(f"/v1/articles/{article.json()['id']}"))["body"]
    assert (shown["image"]["alt"], shown["image"]["decorative"]) == ("The audit", False)


async def test_what_a_file_says_of_itself_can_be_sent_back(newsroom: Newsroom) -> None:
    asset_id = await newsroom.picture(
        jpeg(plain(40, 30), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SAID))
    )
    asset = await newsroom.desk.get(f"/desk/assets/{asset_id}")
    assert (asset.json()["credit"], len(asset.json()["embedded"]["headline"])) == (
        "Bay Pictures", 600,
    )  # fmt: skip
    names = ("title", "alt", "caption", "credit", "creator", "captured_at", "digital_source_type")
    told = {name: asset.json()[name] for name in names}
    assert told["captured_at"] == "2020-01-02T03:04:05.123456789Z"
    answer = await newsroom.desk.put(
        f"/desk/assets/{asset_id}", json=told, headers={"If-Match": asset.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text


async def test_what_is_wrong_beside_a_file_is_named_where_it_stands(newsroom: Newsroom) -> None:
    lost = await newsroom.section("News")
    for told in ({"agency_id": lost}, {"poster_id": lost}, {"extras": {"shelf": 1}}):
        refused = await newsroom.upload(jpeg(plain(40, 30)), status=422, **told)
        assert set(pointers(refused)) == {f"/fields/{name}" for name in told}
