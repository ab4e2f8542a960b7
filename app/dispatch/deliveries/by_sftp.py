"""A delivery by SFTP: written under another name, then renamed, so that nobody reads half of it.

The server is believed only where it shows the host key that the delivery names.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from posixpath import split

import asyncssh

from app.dispatch import outcomes
from app.dispatch.deliveries import host_keys
from app.dispatch.deliveries.parcel import Parcel, SftpPlace, sftp_place
from app.dispatch.outcomes import Outcome
from app.dispatch.reaching import Reaching
from app.outbound import targets
from app.outbound.page import Refused, Unreachable

CONNECT, WHOLE = 15, 180
"""Seconds."""

PATIENCE = 15
"""So many seconds more a server has to say goodbye."""

_FOR_GOOD = (
    asyncssh.SFTPNoSuchFile,
    asyncssh.SFTPNoSuchPath,
    asyncssh.SFTPPermissionDenied,
    asyncssh.SFTPWriteProtect,
    asyncssh.SFTPInvalidFilename,
)


async def carry(parcel: Parcel, reach: Reaching) -> Outcome:
    place = sftp_place(parcel.address)
    try:
        found = await targets.public(place.host, place.port, reach.resolve, reach.allowed, 5)
        async with (
            asyncio.timeout(WHOLE),
            _connected(place, found[0][0], parcel) as connection,
            _cut_off(connection, WHOLE + PATIENCE),
            connection.start_sftp_client() as sftp,
        ):
            await _put(sftp, place.path, parcel.content)
    except (Refused, Unreachable) as error:
        return outcomes.of_failure(error)
    except TimeoutError:
        return outcomes.failed("The server took too long.", may_pass=True)
    except asyncssh.HostKeyNotVerifiable:
        return outcomes.failed(
            "The server does not show the host key of this delivery. Ask the partner whether it "
            "has a new one."
        )
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        return outcomes.failed("The secret of this delivery is no private key that can be read.")
    except asyncssh.PermissionDenied:
        return outcomes.failed("The server refused the user, or the secret.")
    except asyncssh.SFTPError as error:
        return outcomes.failed(
            f"The server says: {error.reason}.", may_pass=not isinstance(error, _FOR_GOOD)
        )
    except (asyncssh.Error, OSError) as error:
        said = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
        return outcomes.failed(f"The connection failed: {said}.", may_pass=True)
    return Outcome(ok=True)


def _connected(
    place: SftpPlace, address: str, parcel: Parcel
) -> AbstractAsyncContextManager[asyncssh.SSHClientConnection]:
    """To the address that was looked at, with nothing of this account's own: no keys, no agent, no
    configuration."""
    scheme, _, secret = (parcel.secret or "").partition(":")
    return asyncssh.connect(
        address,
        place.port,
        username=place.user,
        password=secret if scheme == "password" else None,
        client_keys=[asyncssh.import_private_key(secret)] if scheme == "key" else None,
        known_hosts=(_trusted(parcel.host_key or ""), [], []),
        host_key_alias=place.host,
        agent_path=None,
        config=None,
        gss_host=None,
        connect_timeout=CONNECT,
        login_timeout=CONNECT,
        keepalive_interval=15,
    )


@asynccontextmanager
async def _cut_off(connection: asyncssh.SSHClientConnection, seconds: float) -> AsyncIterator[None]:
    """Whatever the server does, nobody talks to it for longer: it is asked to close what is open
    also after the time is over, and need not answer."""
    cut = asyncio.get_running_loop().call_later(seconds, connection.abort)
    try:
        yield
    finally:
        cut.cancel()


def _trusted(text: str) -> list[asyncssh.SSHKey]:
    return [asyncssh.import_public_key(key) for key in host_keys.read(text)]


async def _put(sftp: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    folder, name = split(path)
    part = f"{folder.rstrip('/')}/.{name}.{secrets.token_hex(4)}.part"
    try:
        async with sftp.open(part, "wb") as file:
            await file.write(content)
        size = (await sftp.stat(part)).size
        if size is not None and size != len(content):
            raise asyncssh.SFTPFailure(f"it kept {size} bytes of {len(content)}")
        await _rename(sftp, part, path)
    except BaseException:
        with suppress(asyncssh.Error, OSError):
            await asyncio.wait_for(sftp.remove(part), CONNECT)
        raise


async def _rename(sftp: asyncssh.SFTPClient, part: str, path: str) -> None:
    """Over what is there. Old servers cannot: there the file is away for a moment."""
    try:
        await sftp.posix_rename(part, path)
    except asyncssh.SFTPOpUnsupported:
        with suppress(asyncssh.SFTPNoSuchFile):
            await sftp.remove(path)
        await sftp.rename(part, path)
