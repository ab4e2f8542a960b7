"""Deliveries of files: into a bucket, and by SFTP, to real servers."""

import hashlib
from uuid import uuid4

import httpx
import pytest

from app.dispatch.deliveries import by_s3
from app.dispatch.deliveries.parcel import Parcel
from app.dispatch.outcomes import failed
from app.dispatch.reaching import Reaching
from tests.dispatch.office import Office, office, public_line, sftp, titles
from tests.dispatch.sftp_server import Server
from tests.outbound.playing import Stranger, reply

__all__ = ["office", "sftp"]


async def test_a_file_is_put_into_a_bucket(office: Office, s3_endpoint: str) -> None:
    bucket = f"b{uuid4().hex}"
    async with httpx.AsyncClient() as client:
        (await client.put(f"{s3_endpoint}/{bucket}")).raise_for_status()
    address = f"s3://{bucket}/in/news.xml?endpoint={s3_endpoint}&region=us-east-1"
    delivery = await office.deliver(address, secret="bucket")

    [receipt] = await office.receipts(delivery)
    assert receipt["ok"], receipt
    signed = {"Authorization": "AWS newsroom:unchecked"}
    async with httpx.AsyncClient() as client:
        there = await client.get(f"{s3_endpoint}/{bucket}/in/news.xml", headers=signed)
    assert titles(there.content) == {"Fog at sea"}
    assert there.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert receipt["sha256"] == hashlib.sha256(there.content).hexdigest()


async def test_a_bucket_that_is_not_there_is_told_of(office: Office, s3_endpoint: str) -> None:
    address = f"s3://not-there/news.xml?endpoint={s3_endpoint}"
    delivery = await office.deliver(address, secret="bucket")

    [receipt] = await office.receipts(delivery)
    assert not receipt["ok"]
    assert receipt["reason"].startswith("s3://not-there: ")
    assert "the-secret-of-acme" not in receipt["reason"]


async def test_a_bucket_that_is_closed_to_us_leads_to_the_secret_of_the_delivery(
    office: Office, there: Stranger
) -> None:
    there.pages["/acme/news.xml"] = reply(403, "<Error><Code>AccessDenied</Code></Error>")
    address = f"s3://acme/news.xml?endpoint={there.url('')}"
    delivery = await office.deliver(address, secret="bucket")
    await office.later()

    [receipt] = await office.receipts(delivery)
    assert "the secret of this delivery" in receipt["reason"]
    assert "environment" not in receipt["reason"]


async def test_a_bucket_of_a_partner_sees_nothing_of_our_own_credentials(
    office: Office, there: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "OUROWNKEY"), ("AWS_SECRET_ACCESS_KEY", "our own secret"),
        ("AWS_SESSION_TOKEN", "our own token"), ("AWS_ENDPOINT", "http://127.0.0.1:1"),
        ("AWS_REGION", "our-own-1"), ("AWS_SKIP_SIGNATURE", "true"),
        ("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true"), ("AWS_DEFAULT_REGION", "our-own-2"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    there.pages["/acme/in/news.xml"] = reply(200, etag='"1"')

    await office.deliver(
        f"s3://acme/in/news.xml?endpoint={there.url('')}&region=eu-central-1", secret="bucket"
    )

    [asked] = there.asked
    assert (asked.method, asked.target) == ("PUT", "/acme/in/news.xml")
    authorization = asked.headers["authorization"]
    assert authorization.startswith("AWS4-HMAC-SHA256 Credential=KEYOFACME/")
    assert "/eu-central-1/s3/" in authorization
    assert "own" not in str(asked.headers).lower()


@pytest.mark.parametrize(
    ("endpoint", "reason"),
    [
        ("http://bucket.example:{port}", "The endpoint of a bucket must be https."),
        ("https://127.0.0.1\\.bucket.example:{port}", "It names no host."),
    ],
)
async def test_a_name_that_may_mean_another_host_later_is_not_called(
    there: Stranger, endpoint: str, reason: str
) -> None:
    """It means an address that is allowed while we look."""

    async def resolve(host: str, port: int) -> list[str]:
        return [there.address]

    address = f"s3://acme/in/news.xml?endpoint={endpoint.format(port=there.port)}"
    parcel = Parcel(
        name="1", address=address, content=b"<rss/>", media_type="application/rss+xml",
        secret="s3:KEYOFACME:the-secret-of-acme", host_key=None, agent="Masthead",
    )  # fmt: skip
    reach = Reaching(on=True, allowed={there.endpoint}, resolve=resolve)

    assert await by_s3.carry(parcel, reach) == failed(reason)
    assert there.asked == []


@pytest.mark.parametrize("secret", ["password", "key"])
async def test_a_file_is_uploaded_by_sftp(office: Office, sftp: Server, secret: str) -> None:
    (sftp.folder / "incoming" / "news.xml").write_bytes(b"yesterday's")
    delivery = await office.deliver(
        sftp.address("/incoming/news.xml"), secret=secret, host_key=sftp.line
    )

    [receipt] = await office.receipts(delivery)
    assert (receipt["ok"], receipt["reason"]) == (True, None)
    assert sftp.files.keys() == {"incoming/news.xml"}
    content = sftp.files["incoming/news.xml"]
    assert titles(content) == {"Fog at sea"}
    assert receipt["sha256"] == hashlib.sha256(content).hexdigest()
    assert set(sftp.logins) == {secret}
    for seen in sftp.seen:  # while it was written, what lay there did
        assert len(seen) == 2
        [part] = seen - {"incoming/news.xml"}
        assert part.startswith("incoming/.news.xml.")


async def test_servers_that_cannot_rename_over_a_file_get_it_too(
    office: Office, sftp: Server
) -> None:
    sftp.renames = False
    (sftp.folder / "incoming" / "news.xml").write_bytes(b"yesterday's")

    await office.deliver(sftp.address("/incoming/news.xml"), secret="password", host_key=sftp.line)

    assert sftp.files.keys() == {"incoming/news.xml"}
    assert titles(sftp.files["incoming/news.xml"]) == {"Fog at sea"}


async def test_a_server_with_another_host_key_gets_neither_secret_nor_file(
    office: Office, sftp: Server
) -> None:
    delivery = await office.deliver(
        sftp.address("/incoming/news.xml"), secret="password", host_key=public_line()
    )

    [receipt] = await office.receipts(delivery)
    assert "does not show the host key" in receipt["reason"]
    assert (sftp.logins, sftp.files) == ([], {})
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert view["next_at"] is None


@pytest.mark.parametrize(
    ("path", "secret", "reason"),
    [
        ("/incoming/news.xml", "wrong", "The server refused the user, or the secret."),
        ("/nowhere/news.xml", "password", "The server says: No such file"),
    ],
)
async def test_what_will_not_pass_is_not_tried_again(
    office: Office, sftp: Server, path: str, secret: str, reason: str
) -> None:
    delivery = await office.deliver(sftp.address(path), secret=secret, host_key=sftp.line)
    await office.later()

    [receipt] = await office.receipts(delivery)
    assert receipt["reason"].startswith(reason)
    assert sftp.files == {}


async def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    office: Office, sftp: Server
) -> None:
    (sftp.folder / "incoming" / "news.xml").write_bytes(b"yesterday's")
    sftp.full = True
    delivery = await office.deliver(
        sftp.address("/incoming/news.xml"), secret="password", host_key=sftp.line
    )
    assert sftp.files == {"incoming/news.xml": b"yesterday's"}
    [receipt] = await office.receipts(delivery)
    assert receipt["reason"] == "The server says: the disk is full."

    sftp.full = False
    await office.later()

    assert titles(sftp.files["incoming/news.xml"]) == {"Fog at sea"}


async def test_a_server_that_is_not_there_is_tried_again(office: Office) -> None:
    delivery = await office.deliver(
        "sftp://courier@127.0.0.1:9/news.xml", secret="password", host_key=public_line()
    )

    [receipt] = await office.receipts(delivery)
    assert receipt["reason"].startswith("The connection failed: ")
    view = (await office.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}")).json()
    assert view["next_at"] is not None
