"""A real SFTP server in this process, on a folder of its own, with one user."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "courier", "pass: with a colon"


@dataclass
class Server:
    """`before` is awaited before each file is written to; `renames` off: it knows no renaming over
    what is there, as old servers."""

    folder: Path
    host_key: asyncssh.SSHKey
    user_key: asyncssh.SSHKey
    port: int = 0
    logins: list[str] = field(default_factory=list)
    seen: list[set[str]] = field(default_factory=list)
    renames: bool = True
    full: bool = False

    @property
    def line(self) -> str:
        """As `ssh-keyscan` prints it."""
        return f"127.0.0.1 {self.host_key.export_public_key().decode().strip()}"

    def address(self, path: str) -> str:
        return f"sftp://{USER}@127.0.0.1:{self.port}{path}"

    @property
    def files(self) -> dict[str, bytes]:
        return {
            each.relative_to(self.folder).as_posix(): each.read_bytes()
            for each in self.folder.rglob("*")
            if each.is_file()
        }


class _Login(asyncssh.SSHServer):
    def __init__(self, server: Server) -> None:
        self._server = server

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._server.logins.append("password")
        return (username, password) == (USER, PASSWORD)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        self._server.logins.append("key")
        ours = self._server.user_key.convert_to_public()
        return username == USER and key.public_data == ours.public_data


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    server = Server(
        folder,
        asyncssh.generate_private_key("ssh-ed25519"),
        asyncssh.generate_private_key("ssh-ed25519"),
    )

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: Any) -> None:
            super().__init__(channel, chroot=str(folder).encode())

        def write(self, file_obj: Any, offset: int, data: bytes) -> int:
            server.seen.append(set(server.files))
            if server.full:
                raise asyncssh.SFTPNoSpaceOnFilesystem("the disk is full")
            return super().write(file_obj, offset, data)  # type: ignore[return-value]

        def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
            if not server.renames:
                raise asyncssh.SFTPOpUnsupported("not here")
            super().posix_rename(oldpath, newpath)

    listening = await asyncssh.create_server(
        lambda: _Login(server), "127.0.0.1", 0, server_host_keys=[server.host_key],
        sftp_factory=Files, allow_scp=False,
    )  # fmt: skip
    server.port = listening.get_port()
    try:
        yield server
    finally:
        listening.close()
        await asyncio.wait_for(listening.wait_closed(), 5)
