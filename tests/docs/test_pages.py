"""What the pages must have: no dead links, every block type, every operation of both APIs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from app.published import blocks, media
from tests.architecture.sources import ROOT
from tests.docs import markdown
from tests.docs.following import requests
from tests.promises import documents

READERS = ("front-ends", "tv-apps")

_WORD = re.compile(r"`(\w+)`")
_OPERATION = re.compile(r"`(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE) (/[^`?]*)")


@pytest.mark.parametrize("page", markdown.all_pages(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in markdown.links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        there = target.is_file() and ROOT in target.parents
        if not there or (anchor and anchor not in markdown.anchors(target)):
            dead.append(link)

    assert dead == []


def test_every_page_is_linked_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link).resolve() for link in markdown.links(index)}
    linked |= {reference.resolve() for reference in [index, ROOT / "docs/reference/README.md"]}

    assert {page for page in (ROOT / "docs").rglob("*.md") if page not in linked} == set()


def test_every_block_type_stands_in_the_tables_of_blocks() -> None:
    assert _rows(markdown.guide("front-ends"), "type").keys() == _blocks().keys()
    assert _rows(markdown.guide("editors"), "block").keys() == _blocks().keys()


def test_every_field_of_a_block_stands_beside_its_type() -> None:
    rows = _rows(markdown.guide("front-ends"), "type")

    unsaid = [
        f"{kind}: {name}"
        for kind, block in _blocks().items()
        for name in block.model_fields.keys() - {"id", "type", "text"}
        if f"`{name}`" not in rows[kind]
    ]

    assert unsaid == []


def test_every_field_of_what_is_inside_blocks_is_named() -> None:
    shapes = (media.ImageShape, media.Playable, media.MediaSource, blocks.TableCell,
              blocks.ListItem, blocks.Run)  # fmt: skip
    said = set(_WORD.findall("".join(map(markdown.text, map(markdown.guide, READERS)))))

    assert {name for shape in shapes for name in shape.model_fields} - said == set()


def test_every_operation_is_in_a_guide_and_no_other() -> None:
    expected = set(_operations())

    said = {
        (method, re.sub(r"\{[^}]*\}", "{}", path.rstrip(".…")))
        for name in markdown.GUIDES
        for method, path in _OPERATION.findall(markdown.text(markdown.guide(name)))
    }
    # Some tell of addresses of other servers, or of the front end's own.
    said = {one for one in said if one in expected or one[1].startswith(("/v1/", "/desk/"))}

    assert expected - said == set()
    strangers = {one for one in said if not any(_fits(one, each) for each in expected)}
    assert strangers == set()


def test_every_request_of_the_guides_is_of_an_operation() -> None:
    expected = set(_operations())

    strangers = [
        f"{name}: {method} {path}"
        for name in markdown.GUIDES
        for method, path in requests(markdown.guide(name))
        if not any(_fits((method, path), each) for each in expected)
    ]

    assert strangers == []


def _operations() -> Iterator[tuple[str, str]]:
    """Method and path of each operation of both APIs, with `{}` for what varies."""
    for side, prefix in (("delivery", ""), ("desk", "/desk")):
        paths: dict[str, dict[str, Any]] = documents.document(side)["paths"]
        for path, methods in paths.items():
            for method in methods:
                yield method.upper(), prefix + re.sub(r"\{[^}]*\}", "{}", path)


def _fits(request: tuple[str, str], operation: tuple[str, str]) -> bool:
    """Whether a request with its values could be of this operation."""
    pattern = re.escape(operation[1]).replace(r"\{\}", "[^/]+")
    if operation[1] in ("/v1/pages/{}", "/v1/sections/{}", "/feeds/{}.{}"):
        pattern = pattern.replace("[^/]+", ".*")
    return request[0] == operation[0] and re.fullmatch(pattern, request[1]) is not None


def _rows(page: Path, heading: str) -> dict[str, str]:
    """The rows of the tables with this first heading, by the words in code spans at their left."""
    found: dict[str, str] = {}
    inside = False
    for line in markdown.text(page).splitlines():
        cells = line.split("|")
        if len(cells) < 3 or line[0] != "|":
            inside = False
        elif inside:
            found |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[1]), line)
        else:
            inside = cells[1].strip() == heading
    return found


def _blocks() -> dict[str, type[blocks.PublicBlock]]:
    """Every type of block that readers get, by its name."""
    union = get_args(get_args(blocks.KnownBlock)[0])
    return {get_args(block.model_fields["type"].annotation)[0]: block for block in union}
