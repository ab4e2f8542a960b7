"""Somebody else's server, as well or badly behaved as a test wants it: real sockets, real TLS."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AGENT = "Masthead (+https://courier.example)"


@dataclass(frozen=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    """By their names in lower case; of those that come twice, the last."""
    body: bytes = b""


Play = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Stranger:
    """A server and what it was asked. `pages` are by target; what is not among them is 404."""

    address: str = ""
    port: int = 0
    pages: dict[str, Play] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    scheme: str = "http"

    @property
    def endpoint(self) -> tuple[str, int]:
        return self.address, self.port

    def url(self, target: str, host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.address}:{self.port}{target}"

    @property
    def targets(self) -> list[str]:
        return [each.target for each in self.asked]


def reply(status: int = 200, body: bytes | str = b"", **headers: str) -> Play:
    """A plain answer. Headers are written with underscores: `content_type`."""
    content = body.encode() if isinstance(body, str) else body
    fields = {"content-type": "text/html; charset=utf-8"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in fields.items())]
    lines.append(f"content-length: {len(content)}")
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head if asked.method == "HEAD" else head + content)

    return play


def redirect(to: str, status: int = 302) -> Play:
    return reply(status, "Elsewhere", location=to)


def endless(*, content_encoding: str = "identity", chunk: bytes = b"x" * 65_536) -> Play:
    """A body that goes on until the other side hangs up."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-encoding: {content_encoding}\r\n\r\n"
        writer.write(head.encode())
        while True:
            writer.write(chunk)
            await writer.drain()

    return play


async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Takes the question and never answers."""
    await asyncio.Event().wait()


async def gibberish(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.9\r\n")


@asynccontextmanager
async def stranger(
    *, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Stranger]:
    playing = Stranger(address, scheme="https" if tls else "http")
    talking = set[asyncio.Task[None]]()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talking.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            asked = await _question(reader)
            playing.asked.append(asked)
            await playing.pages.get(asked.target, reply(404, "Not here"))(asked, writer)
            await writer.drain()
        writer.close()
        talking.discard(task)

    server = await asyncio.start_server(talk, address, port, ssl=tls)
    playing.port = server.sockets[0].getsockname()[1]
    try:
        yield playing
    finally:
        server.close()
        for task in list(talking):
            task.cancel()


async def _question(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    told = {name.lower(): value for name, value in headers.items()}
    return Asked(method, target, told, await reader.readexactly(int(told.get("content-length", 0))))


@dataclass(frozen=True)
class Authority:
    """`trust` believes in it; `proof` is the certificate of a server of these names."""

    trust: ssl.SSLContext
    proof: ssl.SSLContext


def authority(folder: Path, *names: str) -> Authority:
    """An authority of our own, and a certificate for these names and 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    ours = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A test's own authority")])
    known: Sequence[x509.GeneralName] = [
        *(x509.DNSName(name) for name in names), x509.IPAddress(ip_address("127.0.0.1")),
    ]  # fmt: skip
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(ours)
        .issuer_name(ours)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    both = folder / "both.pem"
    both.write_bytes(secret + pem)
    proof = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    proof.load_cert_chain(both)
    return Authority(ssl.create_default_context(cadata=pem.decode()), proof)
