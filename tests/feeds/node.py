"""Feed parsers from npm, in one Node process for all that is asked of them.

They come with `npm install --prefix tests/node`; without them, or without Node, it is skipped.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

FOLDER = Path(__file__).parents[1] / "node"
PACKAGES = ("feedsmith", "rss-parser")

Parser = Literal["feedsmith", "rss-parser"]
Parse = Callable[[Parser, bytes], Any]


@contextmanager
def parsers() -> Iterator[Parse]:
    """`parse(parser, document)` gives what it read, as it would be written in JSON."""
    node = shutil.which("node")
    if node is None or not all((FOLDER / "node_modules" / each).exists() for each in PACKAGES):
        pytest.skip("needs Node and its parsers of feeds: npm install --prefix tests/node")
    with subprocess.Popen(
        [node, "feeds.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        asked, told = process.stdin, process.stdout

        def parse(parser: Parser, document: bytes) -> Any:
            asked.write(json.dumps({"parser": parser, "text": document.decode()}).encode() + b"\n")
            asked.flush()
            answer = json.loads(told.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        yield parse
        asked.close()
