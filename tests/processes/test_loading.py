"""A process of ours begins without looking for garbage, and looks for it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import gc
print(gc.isenabled())

def main(line_file, socket_file):
    print(gc.isenabled(), gc.get_freeze_count() > 0, line_file + socket_file)
"""


def test_its_main_is_run_once_all_is_loaded(tmp_path: Path):
    (tmp_path / "watched.py").write_text(PROGRAM)

    ended = subprocess.run(
        [sys.executable, "-P", "-m", "app.processes.loading", "watched", "3", "4"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.split() == ["False", "True", "True", "7"]
