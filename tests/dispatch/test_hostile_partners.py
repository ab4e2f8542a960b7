"""Partners whose servers misbehave, and secrets that are of no use: each push comes to an end, and
has a receipt that says why."""

import asyncio

import asyncssh
import pytest

from app.dispatch.deliveries import by_http, by_sftp
from app.dispatch.deliveries.parcel import Parcel
from app.dispatch.outcomes import LONGEST_REASON, failed
from app.dispatch.reaching import Reaching
from tests.dispatch.office import Office, office, sftp
from tests.outbound.playing import Stranger, reply

__all__ = ["office", "sftp"]


async def test_what_a_server_says_is_kept_though_no_database_takes_it(
    office: Office, there: Stranger
) -> None:
    there.pages["/in"] = reply(500, b"Out of \0 paper\x1b[2J", content_type="text/plain")
    delivery = await office.deliver(there.url("/in"))

    [receipt] = await office.receipts(delivery)
    assert receipt["reason"] == r"It answered 500: Out of \x00 paper\x1b[2J"


def test_a_long_story_is_cut() -> None:
    assert failed("x" * 100_000).reason == "x" * LONGEST_REASON


class _Deaf(asyncssh.SSHServerSession[bytes]):
    """Says hello as SFTP servers do, if it says anything; and never hangs up."""

    def __init__(self, polite: bool) -> None:
        self._hello = b"\0\0\0\5\2\0\0\0\3" if polite else b""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def subsystem_requested(self, subsystem: str) -> bool:
        return True

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        self._channel.write(self._hello)
        self._hello = b""

    def eof_received(self) -> bool:
        return True


class _Account(asyncssh.SSHServer):
    def __init__(self, polite: bool) -> None:
        self._polite = polite

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        return _Deaf(self._polite)


@pytest.mark.parametrize("polite", [True, False])
async def test_a_deaf_server_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, polite: bool) -> None:
    for name, seconds in (("WHOLE", 0.3), ("CONNECT", 0.2), ("PATIENCE", 0.3)):
        monkeypatch.setattr(by_sftp, name, seconds)
    key = asyncssh.generate_private_key("ssh-ed25519")
    async with asyncssh.listen(
        "127.0.0.1", 0, server_factory=lambda: _Account(polite), server_host_keys=[key],
        encoding=None,
    ) as server:  # fmt: skip
        port = server.get_port()
        parcel = _parcel(
            f"sftp://courier@127.0.0.1:{port}/in/news.xml", "password:theirs",
            key.export_public_key().decode().strip(),
        )  # fmt: skip
        outcome = await asyncio.wait_for(
            by_sftp.carry(parcel, Reaching(on=True, allowed={("127.0.0.1", port)})), 5
        )

    assert (outcome.ok, outcome.may_pass) == (False, True)
    assert outcome.reason == "The server took too long."


async def test_a_secret_that_is_of_no_use_is_told_of(there: Stranger) -> None:
    """The settings look at the form alone."""
    reach = Reaching(on=True, allowed={there.endpoint})
    posted = await by_http.carry(_parcel(there.url("/in"), "whsec_" + "A" * 33), reach)
    pem = "key:-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
    address = f"sftp://courier@{there.address}:{there.port}/in/news.xml"
    line = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    uploaded = await by_sftp.carry(_parcel(address, pem, line), reach)

    assert posted == failed("The secret of this delivery is not in base64.")
    assert uploaded == failed("The secret of this delivery is no private key that can be read.")
    assert there.asked == []


def _parcel(address: str, secret: str, host_key: str | None = None) -> Parcel:
    return Parcel(
        name="1", address=address, content=b"<rss/>", media_type="application/rss+xml",
        secret=secret, host_key=host_key, agent="Masthead",
    )  # fmt: skip
