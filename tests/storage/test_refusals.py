"""What an operator is told when a bucket does not do what it should: by an API in its own process,
and by a server that gives one answer to everything."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.storage import keys, probing, reading
from app.storage.faults import BadAddress, Denied, Full, StorageFault, Unreachable
from app.storage.opening import Limits, opened
from app.storage.putting import put_original
from tests.storage.conftest import Bucket
from tests.storage.making import listed, made, sha

SHORT = Limits(request=0.5)
Answering = Callable[[int, str], str]


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "newsroom")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-to-be-told")


@pytest.fixture
def answering() -> Iterator[Answering]:
    """The address of a bucket that answers with this status and code, whatever is asked."""
    servers = list[ThreadingHTTPServer]()

    def start(status: int, code: str) -> str:
        class Answer(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(b"" if self.command == "HEAD" else body)

            do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"s3://newsroom/media?endpoint=http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "code", "fault", "words"),
    [
        (403, "AccessDenied", Denied, r"access denied \(AccessDenied\)\. Check the credentials"),
        (403, "SignatureDoesNotMatch", Denied, r"\(SignatureDoesNotMatch\)"),
        (403, "RequestTimeTooSkewed", Denied, "this machine's clock"),
        (401, "InvalidToken", Denied, "access denied"),
        (403, "QuotaExceeded", Full, r"no room \(QuotaExceeded\)\. Nothing was stored"),
        (507, "InsufficientStorage", Full, "no room"),
        (409, "XMinioStorageFull", Full, "no room"),
        (404, "NoSuchBucket", BadAddress, "no such bucket. Make it, or correct the address"),
        (400, "InvalidRequest", Unreachable, "400 Bad Request"),
        (503, "SlowDown", Unreachable, "Check the address and the network"),
    ],
)
async def test_an_answer_becomes_words(
    answering: Answering, tmp_path: Path, status: int, code: str, fault: type, words: str
):
    storage = opened(answering(status, code), SHORT)
    path, sha256 = made(tmp_path, b"picture")

    with pytest.raises(fault, match=words) as checked:
        await probing.check(storage)

    assert "not-to-be-told" not in str(checked.value)
    if status in (400, 401, 403):
        with pytest.raises(StorageFault):
            await put_original(storage, path, sha256)
        with pytest.raises(StorageFault):
            await reading.exists(storage, keys.original(sha(1)))
        with pytest.raises(StorageFault):
            await listed(storage)


async def test_a_server_that_is_not_there():
    storage = opened("s3://newsroom?endpoint=http://127.0.0.1:1", SHORT)

    with pytest.raises(Unreachable, match=r"s3://newsroom: .*Check the address and the network"):
        await probing.check(storage)


async def test_a_name_that_does_not_resolve():
    storage = opened("s3://newsroom?endpoint=http://s3.invalid", SHORT)

    with pytest.raises(Unreachable, match="Check the address and the network"):
        await probing.check(storage)


async def test_a_bucket_that_was_never_made(bucket: Bucket):
    address = bucket.address.replace(bucket.name, "never-made")

    with pytest.raises(BadAddress, match="no such bucket"):
        await probing.check(opened(address))


async def test_no_credentials(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:1")

    with pytest.raises(Denied, match=r"no credentials were found\. Set them in the environment"):
        await probing.check(opened("s3://newsroom?endpoint=http://127.0.0.1:1", SHORT))
