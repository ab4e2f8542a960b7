"""PURE: where the content of an article shows files by their addresses, and assets instead."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

Content = dict[str, Any]
"""As a revision holds it."""

_TOLD = ("title", "alt", "caption", "credit")
_PICTURE = re.compile(r"\.(jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_SCALED = re.compile(r"-(\d{1,5}x\d{1,5}|scaled)(?=\.\w+$)")
"""How WordPress calls the smaller ones that it makes of a picture."""

_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """What one picture or player shows: one address, or that of each form of a video."""

    kind: str
    urls: tuple[str, ...]

    @property
    def name(self) -> str:
        """As it is remembered where it comes from."""
        return "\n".join(self.urls)


@dataclass(frozen=True)
class Place:
    """A file, and what is told of it there."""

    file: File
    told: Mapping[str, str]


class Hosts:
    """The old system, by its host names; with a port only that one is meant."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(name.lower() for name in names)

    def have(self, url: str) -> bool:
        try:
            address = urlsplit(url)
        except ValueError:
            return False
        return bool({address.hostname, address.netloc.lower()} & self._names)


def shown(content: Content) -> list[Place]:
    """Every file that is shown by addresses, whosever they are."""
    found = []
    for kind, part in _parts(content):
        if file := _file(kind, part):
            told = {name: part[name] for name in _TOLD if isinstance(part.get(name), str)}
            found.append(Place(file, told))
    return found


def put_in(content: Content, assets: Mapping[File, UUID], hosts: Hosts) -> Content | None:
    """The content with these assets in the place of their files; None if it shows none of them.

    What is said in place stays, but for the size, which was that of the old file; and a click on a
    picture no longer leads to its old file.
    """
    content = deepcopy(content)
    has_changed = False
    for kind, part in _parts(content):
        file = _file(kind, part)
        if file is None or file not in assets:
            continue
        for name in ("url", "sources", "width", "height"):
            part.pop(name, None)
        part["asset_id"] = str(assets[file])
        href = part.get("href")
        if href and hosts.have(href) and _PICTURE.search(urlsplit(href).path):
            del part["href"]
        has_changed = True
    return content if has_changed else None


def candidates(url: str) -> list[str]:
    """Where the file may be: in full, if this address names a smaller one of it; and as it says."""
    address = urlsplit(url)
    full = _SCALED.sub("", address.path) if _PICTURE.search(address.path) else address.path
    return list(dict.fromkeys([address._replace(path=full).geturl(), url]))


def addresses(content: Content) -> Iterator[str]:
    """Of all files, one by one."""
    for place in shown(content):
        yield from place.file.urls


def names_otherwise(content: Content, hosts: Hosts) -> bool:
    """Whether these hosts are named in it elsewhere: by links, or in HTML of its own."""
    shown_ones = set(addresses(content))
    return any(hosts.have(url) for url in _urls(content) if url not in shown_ones)


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _URL.findall(value)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _urls(each)


def _file(kind: str, part: dict[str, Any]) -> File | None:
    if kind == "image":
        url = part.get("url")
        return File(kind, (url,)) if url else None
    urls = tuple(source["url"] for source in part.get("sources") or ())
    return File(kind, urls) if urls else None


def _parts(content: Content) -> Iterator[tuple[str, dict[str, Any]]]:
    lead = content.get("lead") or {}
    for kind in ("image", "video", "audio"):
        if lead.get(kind):
            yield from _media(kind, lead[kind])
    if content.get("image"):
        yield "image", content["image"]
    yield from _blocks(content.get("body") or [])


def _blocks(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        kind = block["type"]
        if kind in ("image", "video", "audio"):
            yield from _media(kind, block)
        elif kind == "gallery":
            yield from (("image", image) for image in block["images"])
        elif kind == "embed" and block.get("thumbnail"):
            yield "image", block["thumbnail"]
        elif kind == "factbox":
            yield from _blocks(block["blocks"])


def _media(kind: str, part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield kind, part
    if part.get("poster"):
        yield "image", part["poster"]
