"""`masthead import media`, run as users run it, from an old system that is a server of its own."""

import asyncio
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.exchange.media import taking
from tests import newsroom as newsrooms
from tests.cli.programs import Place
from tests.imaging.drawing import jpeg, landscape

WORDS = ("import", "media")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def old(tmp_path: Path) -> Iterator[str]:
    """Its host and port; what it has is in `tmp_path`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"old.example.org:{server.server_port}"
    server.shutdown()
    server.server_close()


async def articles(url: str, *pictures: str) -> None:
    async with newsrooms.opened(url) as newsroom:
        for number, picture in enumerate(pictures):
            await newsroom.published(f"Story {number}", lead={"image": {"url": picture}})


def test_pictures_come_from_the_old_system(
    place: Place, database_url: str, old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PAUSE", 0.01)
    (tmp_path / "a.jpg").write_bytes(jpeg(landscape(200, 150)))
    asyncio.run(articles(database_url, f"http://{old}/a.jpg", f"http://{old}/b.jpg", "/own.jpg"))

    hosts = place.run(*WORDS)
    assert (hosts.returncode, f"2  {old}" in hosts.stdout) == (0, True), hosts.stderr
    assert "1  (addresses of this site" in hosts.stdout
    dry = place.run(*WORDS, "--host", old, "--dry-run")
    assert (dry.returncode, "2 files: 2 found" in dry.stdout) == (0, True), dry.stderr
    assert not (place.directory / "var" / "media").exists()

    inward = place.run(*WORDS, "--host", old)  # without --at, the name leads nowhere
    assert inward.returncode == 1
    assert "2 failed" in inward.stdout

    first = place.run(*WORDS, "--host", old, "--at", "127.0.0.1", "--report", "report.json")
    assert first.returncode == 1
    assert "2 files: 1 fetched, 1 failed" in first.stdout
    assert "1 articles changed: 1 republished" in first.stdout
    assert f"answers 404 there. (http://{old}/b.jpg)" in first.stdout
    report = json.loads((place.directory / "report.json").read_text())
    assert [each["outcome"] for each in report["files"]] in (
        ["fetched", "failed"], ["failed", "fetched"],
    )  # fmt: skip

    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.jpg").read_bytes())
    second = place.run(*WORDS, "--host", old, "--at", "127.0.0.1")
    assert (second.returncode, "1 files: 1 fetched" in second.stdout) == (0, True), second.stderr
    third = place.run(*WORDS, "--host", old, "--at", "127.0.0.1")
    assert "0 files: none" in third.stdout


def test_what_makes_no_sense_is_refused(place: Place) -> None:
    for words, told in (
        (("--host", "https://old.example.org"), "no name of a host"),
        (("--host", "a.example", "--at", "b.example"), "no IP address"),
        (("--at", "127.0.0.1"), "--host"),
        (("--host", "a.example", "--report", "no/r.json"), "no folder no"),
    ):
        refused = place.run(*WORDS, *words)
        assert (refused.returncode, told in refused.stderr) == (2, True), refused.stderr
    assert place.run("migrate").returncode == 0
    silent = place.run(*WORDS, "--host", "a.example", MASTHEAD_OUTBOUND="off")
    assert (silent.returncode, "MASTHEAD_OUTBOUND" in silent.stderr) == (1, True), silent.stderr
