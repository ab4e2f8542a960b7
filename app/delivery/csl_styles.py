"""Entries of bibliographies in the styles of the Citation Style Language (CSL).

pandoc makes them, a program of its own that comes with the extra `csl`: one item in each run, so
that no entry can be taken for another one's, in a sandbox, and never many at once.
"""

import asyncio
import hashlib
import re
from collections import OrderedDict
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import nh3
import structlog
from lxml import etree, html

from app.errors import Unavailable

BUILT_IN = "chicago-author-date"
"""The style that pandoc has by itself."""

LOCALES = (
    "af-ZA", "ar", "bg-BG", "ca-AD", "cs-CZ", "cy-GB", "da-DK", "de-AT", "de-CH", "de-DE", "el-GR",
    "en-GB", "en-US", "es-CL", "es-ES", "es-MX", "et-EE", "eu", "fa-IR", "fi-FI", "fr-CA", "fr-FR",
    "gl-ES", "he-IL", "hi-IN", "hr-HR", "hu-HU", "id-ID", "is-IS", "it-IT", "ja-JP", "km-KH",
    "ko-KR", "la", "lt-LT", "lv-LV", "mn-MN", "ms-MY", "nb-NO", "nl-NL", "nn-NO", "pl-PL", "pt-BR",
    "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sl-SI", "sr-RS", "sv-SE", "th-TH", "tr-TR", "uk-UA",
    "ur-PK", "vi-VN", "zh-CN", "zh-TW",
)  # fmt: skip
"""Those of CSL, which go by their languages, too. Others would only make pandoc run again."""

MOST_AT_ONCE = 2
MOST_WAITING = 20
LONGEST_SECONDS = 5
MOST_REMEMBERED = 2_000

_CSL = "http://purl.org/net/xbiblio/csl"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MEMORY = ("+RTS", "-M512M", "-RTS")
_MARKUP = {"a", "b", "em", "i", "span", "strong", "sub", "sup"}
_ENVIRONMENT = {"LANG": "C.UTF-8", "HOME": "/nonexistent"}
"""Styles in somebody's home would change what the built-in one is."""


log = structlog.get_logger()


def is_locale(tag: str) -> bool:
    """Whether words of styles are written in it."""
    return tag in LOCALES or any(each.startswith(f"{tag}-") for each in LOCALES)


class Entry(NamedTuple):
    text: str
    html: str


class Styles:
    """The styles that this process can write, and what it has written with them."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds more styles: each file `name.csl` is the style `name`. What is none, or
        only names another style, is left out with a warning."""
        files = sorted(folder.glob("*.csl")) if folder else []
        self._files = {each.stem: each.resolve() for each in files if _is_style(each)}
        self._turn = asyncio.Semaphore(MOST_AT_ONCE)
        self._waiting = 0
        self._remembered: OrderedDict[tuple[bytes, str, str], Entry | None] = OrderedDict()

    @property
    def names(self) -> tuple[str, ...]:
        """None of them where the extra `csl` is not installed."""
        if find_spec("pypandoc") is None:
            return ()
        return (BUILT_IN, *(name for name in self._files if name != BUILT_IN))

    async def entry(self, item: bytes, style: str, locale: str) -> Entry | None:
        """The entry of an item of CSL-JSON in one of `names`; None where the style has none for
        items of its type. Raises Unavailable where that takes too long."""
        key = (hashlib.blake2b(item, digest_size=16).digest(), style, locale)
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key]
        entry = _read(await self._written(item, style, locale))
        self._remembered[key] = entry
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return entry

    async def _written(self, item: bytes, style: str, locale: str) -> bytes:
        if self._waiting >= MOST_WAITING:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_SECONDS), self._turn:
                return await _pandoc(item, self._files.get(style), locale)
        except TimeoutError as error:
            raise _busy() from error
        finally:
            self._waiting -= 1


def _is_style(file: Path) -> bool:
    reason = None if _NAME.fullmatch(file.stem) else "its name"
    reason = reason or _fault(file)
    if reason:
        log.warning("csl_style_left_out", file=file.name, reason=reason)
    return reason is None


def _fault(file: Path) -> str | None:
    """What keeps it from being used."""
    try:
        root = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        return str(error)
    if root.tag != f"{{{_CSL}}}style":
        return "it is no CSL style"
    # pandoc would fetch that from another server, for each entry.
    if root.find(f"{{{_CSL}}}info/{{{_CSL}}}link[@rel='independent-parent']") is not None:
        return "it only leads to another style: take that one"
    return None


async def _pandoc(item: bytes, style: Path | None, locale: str) -> bytes:
    """What pandoc makes of the item, as HTML."""
    arguments = [*_MEMORY, "--sandbox", "--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
    arguments.append(f"--metadata=lang:{locale}")
    if style is not None:
        arguments.append(f"--csl={style}")
    process = await asyncio.create_subprocess_exec(
        await asyncio.to_thread(_program),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_ENVIRONMENT,
    )
    try:
        made, complaint = await process.communicate(b"[%b]" % item)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"pandoc failed: {complaint.decode(errors='replace')[:1_000]}")
    return made


@lru_cache(maxsize=1)
def _program() -> str:
    return str(import_module("pypandoc").get_pandoc_path())


def _read(made: bytes) -> Entry | None:
    """The one entry in what pandoc wrote."""
    found = html.fragment_fromstring(made.decode(), create_parent="div").find_class("csl-entry")
    if not found:
        return None
    # The number in a list of its own says nothing.
    for number in found[0].find_class("csl-left-margin"):
        number.drop_tree()
    text = " ".join(str(found[0].text_content()).split())
    inner = html.tostring(found[0], encoding="unicode", with_tail=False)
    markup = nh3.clean(
        inner,
        tags=_MARKUP,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    return Entry(text, " ".join(markup.split())) if text else None


def _busy() -> Unavailable:
    error = Unavailable("Too many citations are being formatted at the moment.")
    error.retry_after = 1
    return error
