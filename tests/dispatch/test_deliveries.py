"""Deliveries: a feed is pushed by HTTP, again when it changes, and each push has a receipt."""

import asyncio
import hashlib
import hmac
from base64 import b64encode
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from app.identity.actor import SYSTEM
from app.publishing.commands import Options, publish_many
from tests.dispatch.office import ANYWAY, SIGNING, Office, office, public_line, sftp, titles
from tests.dispatch.saved import pull
from tests.dispatch.sftp_server import Server
from tests.outbound.playing import Stranger, reply, silent

__all__ = ["office", "sftp"]


async def test_a_feed_is_posted_signed_and_again_when_it_changes(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(202)
    delivery = await office.deliver(there.url("/in"), secret="signing")

    [asked] = there.asked
    assert (asked.method, asked.headers["content-type"]) == (
        "POST",
        "application/rss+xml; charset=utf-8",
    )
    assert titles(asked.body) == {"Fog at sea"}
    said = asked.headers
    signed = f"{said['webhook-id']}.{said['webhook-timestamp']}.".encode() + asked.body
    digest = hmac.digest(b"k" * 32, signed, "sha256")
    assert said["webhook-signature"] == f"v1,{b64encode(digest).decode()}"
    [receipt] = await office.receipts(delivery)
    assert (receipt["ok"], receipt["status"], receipt["attempts"]) == (True, 202, 1)
    assert receipt["sha256"] == hashlib.sha256(asked.body).hexdigest()
    assert (receipt["bytes"], receipt["reason"]) == (len(asked.body), None)

    await office.newsroom.published("The second ferry")
    await office.later()

    _, asked = there.asked
    assert titles(asked.body) == {"The second ferry", "Fog at sea"}
    newest, oldest = await office.receipts(delivery)
    assert newest["seq"] > oldest["seq"] == receipt["seq"]


async def test_the_library_of_a_receiver_believes_the_signature(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"), secret="signing", format="json")

    [asked] = there.asked
    feed = Webhook(SIGNING).verify(asked.body, asked.headers)
    assert [each["title"] for each in feed["items"]] == ["Fog at sea"]
    with pytest.raises(WebhookVerificationError):
        Webhook(SIGNING).verify(asked.body.replace(b"Fog", b"Fig"), asked.headers)


async def test_what_a_partner_gets_pushed_is_what_it_would_pull(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"))

    key = await office.newsroom.desk.post(
        f"/desk/partners/{office.partner}/keys", json={"name": "Theirs"}
    )
    pulled = await pull(office.newsroom, key.json()["key"], "/desk/partner-feeds/for-partners.rss")
    assert there.asked[0].body == pulled.content


async def test_nothing_is_sent_that_lies_there_already(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    short = {"title": "For partners", "size": 1}
    address = f"/desk/feeds/{office.feed}"
    await office.newsroom.desk.put(address, json=short, headers=ANYWAY)
    delivery = await office.deliver(there.url("/in"))
    # In the feed, but behind what it shows.
    await office.newsroom.published("Of long ago", published_at="2020-01-01T00:00:00Z")
    before = len(there.asked)
    await office.later()
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert (before, len(there.asked), view["next_at"]) == (1, 1, None)

    await office.push(delivery)

    assert len(there.asked) == 2
    assert there.asked[0].body == there.asked[1].body
    assert len(await office.receipts(delivery)) == 2


async def test_a_story_that_is_taken_away_is_pushed_away_too(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    live = await office.newsroom.published("Not for long")
    await office.deliver(there.url("/in"))
    assert titles(there.asked[-1].body) == {"Not for long", "Fog at sea"}

    await office.newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw", json={}, headers=ANYWAY
    )
    await office.later()

    assert titles(there.asked[-1].body) == {"Fog at sea"}


async def test_what_was_published_quietly_is_pushed_too(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    await office.deliver(there.url("/in"))
    imported = await office.newsroom.article("Of 1998")
    async with office.newsroom.database.write() as session:
        await publish_many(
            session, SYSTEM, [UUID(imported.json()["id"])], options=Options(quiet=True)
        )
    await office.later()

    assert titles(there.asked[-1].body) == {"Of 1998", "Fog at sea"}


async def test_a_push_that_dies_in_the_middle_is_made_again(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(500)
    delivery = await office.deliver(there.url("/in"))
    there.pages["/in"] = silent
    dying = asyncio.create_task(office.again(delivery))
    while len(there.asked) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert len(await office.receipts(delivery)) == 1

    there.pages["/in"] = reply(200)
    await office.later()

    assert len(there.asked) == 3
    assert (await office.receipts(delivery))[0]["ok"]
    assert len({asked.headers["webhook-id"] for asked in there.asked}) == 1


async def test_what_fails_is_tried_again_and_each_try_has_a_receipt(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(503, "Come back later", content_type="text/plain", retry_after="99")
    delivery = await office.deliver(there.url("/in"))
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert view["last"]["reason"] == "It answered 503: Come back later"
    async with office.newsroom.database.read() as session:
        wait = text("SELECT extract(epoch FROM next_at - tried_at) FROM desk.errands")
        assert (await session.execute(wait)).scalar_one() == pytest.approx(99)

    there.pages["/in"] = reply(200)
    await office.later()

    second, first = await office.receipts(delivery)
    assert (first["ok"], first["status"], first["attempts"]) == (False, 503, 1)
    assert (second["ok"], second["status"], second["attempts"]) == (True, 200, 2)
    assert there.asked[0].headers["webhook-id"] == there.asked[1].headers["webhook-id"]
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert (view["next_at"], view["last"]["ok"]) == (None, True)


async def test_a_private_address_gets_nothing(office: Office) -> None:
    for address, secret, key in (
        ("http://127.0.0.1:1/in", None, None),
        ("s3://acme/news.xml?endpoint=http://127.0.0.1:1", "bucket", None),
        ("sftp://courier@127.0.0.1:1/news.xml", "key", "x ssh-ed25519 " + "A" * 68),
    ):
        told = {"secret": secret} | ({"host_key": key} if key else {})
        if key:
            told["host_key"] = public_line()
        delivery = await office.deliver(address, **told)
        [receipt] = await office.receipts(delivery)
        assert receipt["reason"] == "It does not lead to the public internet.", address


async def test_what_a_partner_may_not_have_any_more_is_not_pushed(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"))
    place = f"/desk/partners/{office.partner}"
    await office.newsroom.desk.put(place, json={"name": "Them"}, headers=ANYWAY)

    await office.newsroom.published("Not for them")
    await office.later()

    assert len(there.asked) == 1
    [receipt, _] = await office.receipts(delivery)
    assert "may not have this feed any more" in receipt["reason"]
    assert (receipt["sha256"], receipt["bytes"]) == (None, None)


async def test_nothing_is_pushed_while_it_is_not_active(office: Office, there: Stranger) -> None:
    there.pages["/in"] = reply(200)
    delivery = await office.deliver(there.url("/in"), active=False)
    await office.newsroom.published("Another")
    await office.later()
    assert there.asked == []
    answer = await office.newsroom.desk.post(f"/desk/deliveries/{delivery['id']}/push")
    assert answer.status_code == 409

    await office.newsroom.desk.put(
        f"/desk/deliveries/{delivery['id']}",
        json=office.fields(there.url("/in")), headers=ANYWAY,
    )  # fmt: skip
    await office.later()
    assert len(there.asked) == 1

    gone = await office.newsroom.desk.delete(f"/desk/deliveries/{delivery['id']}", headers=ANYWAY)
    assert gone.status_code == 204
    await office.newsroom.published("And another")
    await office.later()
    assert len(there.asked) == 1


async def test_what_cannot_work_is_refused_at_the_desk(office: Office, sftp: Server) -> None:
    line = sftp.line
    assert await office.refused("ftp://partner.example/news.xml") == ["/address"]
    assert await office.refused("https://partner.example/in", format="pdf") == ["/format"]
    assert await office.refused("https://partner.example/in", secret="unknown") == ["/secret"]
    assert await office.refused("https://partner.example/in", secret="bucket") == ["/secret"]
    assert await office.refused("s3://acme/news.xml", secret="signing") == ["/secret"]
    assert await office.refused("s3://acme/") == ["/address"]
    assert await office.refused("s3://acme/a/../b", secret="bucket") == ["/address"]
    assert await office.refused("s3://acme/a?versioned=1", secret="bucket") == ["/address"]
    for port in ("0", "99999", "x"):
        place = f"s3://acme/a?endpoint=https://s3.example:{port}"
        assert await office.refused(place, secret="bucket") == ["/address"]
    assert await office.refused("sftp://partner.example/a", secret="key", host_key=line) == [
        "/address"
    ]
    for broken in ("AAAA", "", "\n ", "x ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3r0Yp8bJb6cQ1s0pZk"):
        where = await office.refused(sftp.address("/a"), secret="key", host_key=broken)
        assert where == ["/host_key"], broken
    assert await office.refused(sftp.address("/a"), secret="key") == ["/host_key"]
    assert await office.refused(sftp.address("/a"), host_key=line) == ["/secret"]
    assert await office.refused("https://a.example/in", host_key=line) == ["/host_key"]
    strange = str(uuid4())
    assert await office.refused("https://a.example/in", partner_id=strange) == ["/partner_id"]
    assert await office.refused("https://a.example/in", feed_id=strange) == ["/feed_id"]


async def test_a_partner_with_deliveries_is_not_deleted_by_mistake(
    office: Office, there: Stranger
) -> None:
    delivery = await office.deliver(there.url("/in"))
    place = f"/desk/partners/{office.partner}"

    refused = await office.newsroom.desk.delete(place, headers=ANYWAY)
    assert (refused.status_code, "deliveries" in refused.json()["detail"]) == (409, True)
    await office.newsroom.desk.delete(f"/desk/deliveries/{delivery['id']}", headers=ANYWAY)
    assert (await office.newsroom.desk.delete(place, headers=ANYWAY)).status_code == 204


async def test_a_feed_that_is_delivered_is_not_deleted_by_mistake(
    office: Office, there: Stranger
) -> None:
    await office.deliver(there.url("/in"))

    refused = await office.newsroom.desk.delete(f"/desk/feeds/{office.feed}", headers=ANYWAY)

    assert (refused.status_code, "deliver" in refused.json()["detail"]) == (409, True)


async def test_a_feed_that_is_deleted_meanwhile_is_not_one_of_the_partners(
    office: Office, there: Stranger
) -> None:
    with psycopg.connect(office.newsroom.url) as other:
        other.execute("DELETE FROM desk.feeds WHERE id = %s", [office.feed])
        refusing = asyncio.create_task(office.refused(there.url("/in")))
        await asyncio.sleep(0.3)
        assert not refusing.done()
        other.commit()

    assert await refusing == ["/feed_id"]
