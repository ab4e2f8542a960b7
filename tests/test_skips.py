"""In CI nothing is passed over in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
TESTS = """
import pytest

def test_one():
    pass

@pytest.mark.skip(reason="no moon tonight")
def test_other():
    pass
"""


@pytest.mark.parametrize(
    ("ci", "workers", "code"),
    [("true", "0", 1), pytest.param("", "2", 0, marks=pytest.mark.prove)],
)
def test_a_skipped_test_fails_the_run_in_ci(tmp_path: Path, ci: str, workers: str, code: int):
    (tmp_path / "test_tried.py").write_text(TESTS)
    environment = {name: value for name, value in os.environ.items() if "XDIST" not in name}

    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.conftest", "-n", workers),
            *("-c", str(PROJECT / "pyproject.toml"), str(tmp_path)),
        ],
        cwd=PROJECT,
        env=environment | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == code, run.stdout
    assert ("no moon tonight" in run.stdout) == bool(ci)
