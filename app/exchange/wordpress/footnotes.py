"""PURE: the footnotes of the block editor, taken out of a post and made citations.

The marks stand in the text, the notes beside it, as JSON. A note with links cites what they lead
to, one without them a work of that title; what else it says goes before and after. A note that
does not fit, or that no mark leads to, stays in the list below the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from pydantic import ValidationError

from app.editing.body import inline, inline_text
from app.editing.plain_fields import line
from app.editing.works.schemas import WorkCreate
from app.exchange.wordpress.records import Post
from app.exchange.wordpress.sources import Source

MOST = 150
"""Citations from the footnotes of one post."""

LONGEST = 1_000
WORDS = 5
"""So many before the mark tell where it stood."""

BLOCK = re.compile(r"<!-- wp:footnotes(?: \{[^<>]{0,2000}\})? /-->")


@dataclass(frozen=True)
class Place:
    """The words before a mark, and what stands before them."""

    exact: str
    prefix: str


def lifted(post: Post, system: str) -> tuple[Post, list[Source]]:
    """The post without the footnotes that became citations, and these."""
    notes = _notes(post.meta.get("footnotes", ""))
    places = _places(post.content, {note["id"] for note in notes})
    sources: list[Source] = []
    left = []
    for note in notes:
        found = list(cited(note, system, post.id)) if note["id"] in places else []
        if not found or len(sources) + len(found) > MOST:
            left.append(note)
            continue
        anchors = [{"exact": at.exact, "prefix": at.prefix or None} for at in places[note["id"]]]
        sources += [replace(one, fields=one.fields | {"anchors": anchors}) for one in found]
    if not sources:
        return post, []
    taken = {note["id"] for note in notes} - {note["id"] for note in left}
    content = _MARK.sub(lambda mark: "" if mark["id"] in taken else mark[0], post.content)
    meta = post.meta | {"footnotes": orjson.dumps(left).decode()}
    return replace(post, content=content if left else BLOCK.sub("", content), meta=meta), sources


def standing(sources: Sequence[Source], texts: Sequence[str]) -> list[Source]:
    """The sources, anchored only at words that are in the text as it came out."""
    whole = "\n".join(" ".join(text.split()) for text in texts)
    kept = []
    for source in sources:
        anchors = [
            anchor
            for anchor in source.fields["anchors"]
            if anchor["exact"] and " ".join(anchor["exact"].split()) in whole
        ]
        kept.append(replace(source, fields=source.fields | {"anchors": anchors}))
    return kept


def _notes(written: str) -> list[dict[str, str]]:
    try:
        notes = orjson.loads(written) if written else []
    except orjson.JSONDecodeError:
        return []
    if not isinstance(notes, list):
        return []
    wanted = ("id", "content")
    whole = all(
        isinstance(note, dict) and all(isinstance(note.get(name), str) for name in wanted)
        for note in notes
    )
    return notes if whole and len({note["id"] for note in notes}) == len(notes) else []


def _places(html: str, known: set[str]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for mark in _MARK.finditer(html):
        if mark["id"] in known:
            before = html[max(0, mark.start() - _WINDOW) : mark.start()]
            found.setdefault(mark["id"], []).append(_place(before))
    return found


def _place(before: str) -> Place:
    text = _plain(_BOUNDARY.split(_MARK.sub("", before))[-1])
    last = re.search(rf"(?:\S+\s+){{0,{WORDS - 1}}}\S+$", text)
    exact = last[0] if last else ""
    return Place(exact, text[: len(text) - len(exact)][-60:])


def cited(note: Mapping[str, str], system: str, post_id: str) -> Iterator[Source]:
    """One for each link of the note, or the whole note as one; none where it is too long."""
    html = note["content"]
    if "<a" not in html:
        html = _ADDRESS.sub(lambda url: f'<a href="{url[0]}">{url[0]}</a>', html)
    first, *links = _LINK.split(html)
    texts = [_trimmed(first), *(_trimmed(text) for text in links[2::3])]
    labels = [line(_plain(label)) for label in links[1::3]]
    if any(text and len(text) > LONGEST for text in [*texts, *labels]):
        return
    name = f"{system}:{post_id}/footnotes/{note['id']}"
    if not links:
        if work := _work({"kind": "report", "title": line(_plain(html))}):
            yield _source(f"{name}/0", work)
        return
    for number, (href, label) in enumerate(zip(links[0::3], labels, strict=True)):
        before = texts[0] if number == 0 else None
        if label is None or _ADDRESS.match(label):
            label, before = before, None
        work = _work({"kind": "web_page", "url": unescape(href), "title": label})
        work = work or _work({"kind": "report", "title": label or unescape(href)[:LONGEST]})
        if work:
            yield _source(f"{name}/{number}", work, prefix=before, suffix=texts[number + 1])


def _source(name: str, work: WorkCreate, **around: str | None) -> Source:
    return Source({"id": uuid5(NAMESPACE_URL, name), "type": "see_also", **around}, work)


def _work(fields: dict[str, Any]) -> WorkCreate | None:
    try:
        return WorkCreate.model_validate(fields)
    except ValidationError:
        return None


def _trimmed(html: str) -> str | None:
    return line(_plain(html).strip(" \t\n,;:."))


def _plain(html: str) -> str:
    return inline_text.plain(inline.clean(html).html).strip()


_WINDOW = 5_000
_MARK = re.compile(
    r'<sup\b[^<>]{0,300}\bdata-fn="(?P<id>[^"<>]{1,100})"[^<>]{0,300}>(?:(?!</sup>).){0,1000}</sup>',
    re.DOTALL,
)
_LINK = re.compile(
    r"<a\b[^<>]{0,500}?\bhref=[\"'](https?://[^\"'<>]{1,2000})[\"'][^<>]{0,500}>"
    r"((?:(?!</a>).){0,2000})</a>",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:)]")
_BOUNDARY = re.compile(
    r"<!--.*?-->|</?(?:p|li|ul|ol|h[1-6]|div|blockquote|td|th|tr|table|figcaption|br|hr)\b[^<>]*>"
    r"|\n\s*\n",
    re.DOTALL | re.IGNORECASE,
)
