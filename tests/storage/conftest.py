"""Storages of both kinds: a folder, and a bucket of an S3 API that runs in its own process."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx
import pytest

from app.storage.opening import opened
from app.storage.stored import Storage
from tests.cluster import MEMORY
from tests.storage.making import files_below


@dataclass(frozen=True)
class Bucket:
    """A bucket as an operator sees it, past our own code."""

    endpoint: str
    name: str

    @property
    def address(self) -> str:
        return f"s3://{self.name}/media?endpoint={self.endpoint}&region=us-east-1"

    def unfinished(self) -> int:
        return self._get("?uploads").count("<Upload>")

    def headers(self, key: str) -> httpx.Headers:
        url = f"{self.endpoint}/{self.name}/media/{key}"
        asked = httpx.head(url, headers={"Authorization": "AWS newsroom:unchecked"})
        return asked.raise_for_status().headers

    def _get(self, query: str) -> str:
        return httpx.get(f"{self.endpoint}/{self.name}{query}").raise_for_status().text


@dataclass(frozen=True)
class Place:
    """A storage, and where it keeps what is not whole."""

    storage: Storage
    behind: Path | Bucket

    def leftovers(self) -> int:
        if isinstance(self.behind, Bucket):
            return self.behind.unfinished()
        return len(files_below(self.behind / ".incoming"))


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder where hundreds of writes to a disk take no time, where there is one."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path / "disk"
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("s3") / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            stdout=output,
            stderr=output,
        )
    try:
        yield _address(server, log)
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "newsroom")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-to-be-told")
    made = Bucket(s3_endpoint, f"b{uuid4().hex}")
    httpx.put(f"{made.endpoint}/{made.name}").raise_for_status()
    return made


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "disk":
        return Place(opened(str(tmp_path / "media")), tmp_path / "media")
    bucket: Bucket = request.getfixturevalue("bucket")
    return Place(opened(bucket.address), bucket)


@pytest.fixture
def storage(place: Place) -> Storage:
    return place.storage


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up and server.poll() is None:
        if said := re.search(r"Running on (http://127\.0\.0\.1:\d+)", log.read_text()):
            return said[1]
        time.sleep(0.02)
    raise RuntimeError(log.read_text())
