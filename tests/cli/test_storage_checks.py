"""What `masthead doctor` says of the storage, and of the CDN before it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.cli.checks.finding import Finding, Mark
from app.cli.checks.storage import NOWHERE, cdn, storage
from app.published import media_urls
from app.settings import Settings
from tests.cli.programs import Place

PROBLEM = "application/problem+json"


@contextmanager
def a_cdn(status: int, media_type: str, location: str | None = None) -> Iterator[str]:
    """A server that always answers like this, to whoever asks for a file that is not there."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == f"/files{NOWHERE}" else 500)
            self.send_header("Content-Type", media_type)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/files/"
    finally:
        server.shutdown()
        server.server_close()


def said_of(url: str) -> Finding:
    [found] = cdn(Settings(_env_file=None, media_url=url))
    return found


def test_a_folder_that_keeps_what_it_is_given_and_one_that_does_not(tmp_path: Path) -> None:
    [good] = storage(Settings(_env_file=None, data_dir=tmp_path))
    assert (good.mark, good.detail) == (Mark.GOOD, f"{tmp_path}/media keeps what it is given")
    assert [each for each in (tmp_path / "media").rglob("*") if each.is_file()] == []

    (tmp_path / "file").write_bytes(b"")
    [bad] = storage(Settings(_env_file=None, media_storage=str(tmp_path / "file")))
    assert bad.mark is Mark.BAD
    assert "MASTHEAD_MEDIA_STORAGE" in (bad.way_out or "")


def test_a_cdn_that_gets_files_from_here_and_others_that_do_not() -> None:
    assert media_urls.read(NOWHERE) is not None
    assert list(cdn(Settings(_env_file=None))) == []
    with a_cdn(404, PROBLEM) as url:
        assert said_of(url).mark is Mark.GOOD
    with a_cdn(307, PROBLEM, location="/again") as url:
        itself = said_of(url)
    assert itself.mark is Mark.BAD
    assert "CDN-Loop" in (itself.way_out or "")
    for status, media_type in ((404, "text/html"), (200, "text/html"), (503, PROBLEM)):
        with a_cdn(status, media_type) as url:
            assert said_of(url).mark is Mark.DOUBTFUL
    assert "does not answer" in said_of(url).detail  # it is closed by now


@pytest.mark.parametrize("command", [("doctor",), ("serve", "--port", "0")])
def test_an_address_that_makes_no_sense_is_refused_at_once(
    bare: Place, command: tuple[str, ...]
) -> None:
    seen = bare.run(*command, MASTHEAD_MEDIA_STORAGE="ftp://files.example")

    assert seen.returncode == 2
    assert "MASTHEAD_MEDIA_STORAGE: Nothing can be stored at ftp://" in seen.stderr
