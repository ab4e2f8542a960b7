"""`masthead sweep`, run as users run it."""

import os
import time

import pytest

from app.editing.assets import sweeping
from app.storage import keys
from tests.cli.programs import Place


def test_files_without_an_asset_go_unless_they_are_many(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "ALWAYS_FEW", 2)
    assert place.run("migrate").returncode == 0
    folder = place.directory / "var" / "media"
    files = [folder / keys.original(f"{number:064x}") for number in range(3)]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%PDF-1.7")
        os.utime(file, (time.time() - 2 * 86_400,) * 2)

    dry = place.run("sweep", "--dry-run")
    refused = place.run("sweep")
    assert (dry.returncode, refused.returncode) == (0, 2), dry.stderr
    assert "3 files older than a day, 3 without an asset" in dry.stdout
    assert "--many" in refused.stderr
    assert all(file.exists() for file in files)

    assert place.run("sweep", "--many").returncode == 0
    assert not any(file.exists() for file in files)
    assert "0 files" in place.run("sweep").stdout
