"""The little of a shell that the examples use: variables, `curl`, `masthead`, `| jq`.

So that they run in the test's own process, against the test's own newsroom, on any machine.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.imaging.drawing import jpeg, landscape

PROGRAM = str(Path(sys.executable).with_name("masthead"))

_ASSIGNMENT = re.compile(r"([A-Z]+)=(.*)", re.DOTALL)
_VARIABLE = re.compile(r"\$([A-Z]+)")
_FIELD = re.compile(r"\.(?:[a-z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*)?")


@dataclass
class Shell:
    """`reader` sends the requests; `database` is what `masthead` works on."""

    reader: httpx.AsyncClient
    database: str
    variables: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    answer: httpx.Response | None = None
    """The last one."""
    shown: Any = None
    """What the last command wrote: a text, or JSON from `jq`."""

    async def run(self, command: str) -> None:
        """One command, with all its lines."""
        if assignment := _ASSIGNMENT.fullmatch(command):
            name, value = assignment.groups()
            if value.startswith("$("):
                await self._pipe(value.removeprefix("$(").removesuffix(")"))
                self.variables[name] = str(self.shown).strip()
            else:
                [self.variables[name]] = self._words(value)
            return
        await self._pipe(command)

    async def _pipe(self, command: str) -> None:
        first, *rest = _stages(self._words(command))
        if first[0] == "curl":
            self.answer = await self._curl(first[1:])
            self.shown = self.answer.text
        elif first[0].endswith("masthead"):
            self.shown = self._masthead(first[1:])
        else:
            raise ValueError(f"{first[0]} is not a command that examples may use")
        for name, *words in rest:
            assert name == "jq"
            self.shown = _picked(json.loads(self.shown), words)

    async def _curl(self, words: list[str]) -> httpx.Response:
        method, url, body, saved = None, "", None, None
        headers: dict[str, str] = {}
        form: dict[str, Any] = {}
        given = iter(words)
        for word in given:
            if word == "-X":
                method = next(given)
            elif word == "-H":
                name, _, value = next(given).partition(": ")
                headers[name] = value
            elif word == "-d":
                body = next(given)
            elif word == "-F":
                name, _, value = next(given).partition("=")
                form[name] = _part(value)
            elif word == "-o":
                next(given)
            elif word == "--etag-save":
                saved = next(given)
            elif word == "--etag-compare":
                headers["If-None-Match"] = self.files[next(given)]
            elif not word.startswith("-"):
                url = word
            elif word not in ("-s", "-i"):
                raise ValueError(f"curl {word}: say in tests/docs/shell.py what that does")
        path = re.sub(r"^https?://[^/]+", "", url)
        answer = await self.reader.request(
            method or ("GET" if body is None and not form else "POST"),
            path, headers=headers, content=body, files=form or None,
        )  # fmt: skip
        if saved:
            self.files[saved] = answer.headers["ETag"]
        return answer

    def _masthead(self, words: list[str]) -> str:
        environment = os.environ | {"MASTHEAD_DATABASE_URL": self.database}
        done = subprocess.run(
            [PROGRAM, *words], env=environment, check=True, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip
        return done.stdout

    def _words(self, command: str) -> list[str]:
        """As a shell parts them: variables are put in, but not between single quotes."""
        pieces = re.split(r"('[^']*')", command)
        marked = [
            piece if piece.startswith("'") else _VARIABLE.sub("\x00\\1\x00", piece)
            for piece in pieces
        ]
        return [
            re.sub("\x00([A-Z]+)\x00", lambda found: self.variables[found[1]], word)
            for word in shlex.split("".join(marked))
        ]


def _part(value: str) -> tuple[str | None, bytes | str]:
    """Of a form: a text, or a file, which is a picture that is drawn here."""
    if not value.startswith("@"):
        return None, value
    return value[1:], jpeg(landscape(1600, 1200))


def commands(text: str) -> list[str]:
    """The commands of a block: one for each line, but for quotes and brackets that go on."""
    found: list[str] = []
    for line in text.replace("\\\n", " ").splitlines():
        if found and not _is_whole(found[-1]):
            found[-1] += "\n" + line
        elif line.strip() and not line.startswith("#"):
            found.append(line)
    return found


def _is_whole(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return command.count("$(") == 0 or command.rstrip().endswith(")")


def _stages(words: list[str]) -> list[list[str]]:
    stages: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            stages.append([])
        else:
            stages[-1].append(word)
    return stages


def _picked(document: Any, words: list[str]) -> Any:
    [path] = [word for word in words if not word.startswith("-")] or ["."]
    if not _FIELD.fullmatch(path):
        raise ValueError(f"jq {path}: say in tests/docs/shell.py what that does")
    for name, number in re.findall(r"([a-z_]+)(?:\[(\d+)\])?", path):
        document = document[name]
        document = document[int(number)] if number else document
    return document
