"""Does what a page says, from top to bottom, and compares what comes with what it shows.

- ```http with a request is sent; at the desk with all rights, unless it brings its own key.
- ```sh run is carried out, command by command.
- An answer after them (```http or ```json) must be the answer, shortened with `…` or not.
"""

import json
import re
from pathlib import Path

import httpx

from tests.docs import markdown
from tests.docs.likeness import Reading, Unlike, shortened_json
from tests.docs.markdown import Fence
from tests.docs.shell import Shell, commands
from tests.newsroom import BASE, Newsroom

_REQUEST = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE) (/\S*)$")
_STATUS = re.compile(r"HTTP/1.1 (\d{3}) ")


async def follow(page: Path, newsroom: Newsroom) -> int:
    """Returns how many requests and commands there were. Raises Unlike, with the line."""
    ours = {"URL": BASE, "AUTH": f"Authorization: {newsroom.desk.headers['Authorization']}"}
    shell = Shell(newsroom.reader, newsroom.url, ours)
    reading, count = Reading(), 0
    for fence in markdown.fences(page):
        try:
            if fence.words == ("sh", "run"):
                for command in commands(fence.text):
                    await shell.run(reading.real(command))
                    count += 1
            elif fence.language == "http" and _REQUEST.match(fence.text.partition("\n")[0]):
                shell.answer = await _send(reading.real(fence.text), newsroom)
                shell.shown = shell.answer.text
                count += 1
            elif fence.language == "http":
                _compare_answer(fence, shell.answer, reading)
            elif fence.language == "json":
                shown = shell.shown
                real = json.loads(shown) if isinstance(shown, str) else shown
                reading.compare(shortened_json(fence.text), real)
        except (Unlike, ValueError, AssertionError) as error:
            raise Unlike(f"{page.name}:{fence.line}: {error}\n{_told(shell.answer)}") from error
    return count


def requests(page: Path) -> list[tuple[str, str]]:
    """Method and path of each request in an ```http block."""
    found = []
    for fence in markdown.fences(page):
        if fence.language == "http" and (request := _REQUEST.match(fence.text.partition("\n")[0])):
            found.append((request[1], request[2].partition("?")[0]))
    return found


async def _send(text: str, newsroom: Newsroom) -> httpx.Response:
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    request = _REQUEST.match(first)
    assert request, first
    headers = dict(line.split(": ", 1) for line in lines)
    client = newsroom.reader if "Authorization" in headers else newsroom.desk
    if not request[2].startswith("/desk"):
        client = newsroom.reader
    if request[1] == "GET":
        await newsroom.drain()  # as a worker would have by then
    if body.strip():
        headers.setdefault("Content-Type", "application/json")
    return await client.request(
        request[1], request[2], headers=headers, content=body.encode() or None
    )


def _compare_answer(fence: Fence, answer: httpx.Response | None, reading: Reading) -> None:
    assert answer is not None, "an answer without a request"
    head, _, body = fence.text.partition("\n\n")
    first, *lines = head.splitlines()
    status = _STATUS.match(first)
    assert status, first
    assert answer.status_code == int(status[1]), f"it is {answer.status_code}"
    for line in lines:
        if line != "…":
            name, value = line.split(": ", 1)
            assert name in answer.headers, f"there is no header {name}"
            reading.compare(value, answer.headers[name], name)
    if body.strip():
        reading.compare(shortened_json(body), answer.json())


def _told(answer: httpx.Response | None) -> str:
    return f"{answer.status_code} {answer.text[:2000]}" if answer is not None else "no answer yet"
