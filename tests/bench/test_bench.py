"""The bench runs, with numbers too small to mean anything: never its timing is tested."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.sources import ROOT

READS = [
    "article", "page", "list", "section-list", "section", "rss", "roku", "not-modified",
    "feed-not-modified",
]  # fmt: skip


def bench(output: Path, *options: str) -> dict[str, Any]:
    tiny = ["--articles", "21", "--rounds", "1", "--seconds", "0.2", "--connections", "2"]
    command = [sys.executable, "-m", "bench", *tiny, "--output", str(output), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(output) in done.stdout.replace("\n", "")
    return json.loads(output.read_text())


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_every_row_is_measured_on_every_server(tmp_path: Path) -> None:
    found = bench(tmp_path / "bench.json", "--publishes", "8", "--generator", "python")

    assert list(found["reads"]) == READS
    for name, row in found["reads"].items():
        assert set(row["servers"]) == {"masthead", "bare", "one-row"}
        for server in row["servers"].values():
            assert server["per_second"] > 0
            assert server["failed"] == 0
        assert row["of_bare"] > 0
        assert row["of_one_row"] > 0
        assert (row["mean_bytes"] == 0) == name.endswith("not-modified")
    assert [(each["writers"], each["count"]) for each in found["publishes"]] == [(1, 8), (8, 8)]
    assert found["machine"]["durability"].startswith("fsync on")


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed")
def test_wrk_asks_for_what_it_is_told(tmp_path: Path) -> None:
    only = "not-modified,section-list"
    found = bench(tmp_path / "bench.json", "--only", only, "--generator", "wrk")

    assert list(found["reads"]) == ["section-list", "not-modified"]
    assert found["publishes"] == []
    for row in found["reads"].values():
        assert all(server["failed"] == 0 for server in row["servers"].values())
        assert all(server["per_second"] > 0 for server in row["servers"].values())
