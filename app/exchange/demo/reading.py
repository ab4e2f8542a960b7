"""The demo newsroom as it is written down: `newsroom.toml`, what it cites in `sources.toml`, its
pictures in `media.toml`, what TV has of it in `tv.toml`, and a Markdown file for each article.

An article begins with its fields in TOML between two lines of `+++`. In its text, a fence ```block
holds one desk block as JSON. Sections, topics, people, series, assets and other articles are named
by path, slug, key and file name; the file name of an article is its key.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.editing.body.markdown_body import from_markdown
from app.editing.collections.schemas import CollectionCreate
from app.editing.people.schemas import PersonCreate
from app.editing.sections.schemas import SectionCreate
from app.editing.site.schemas import EditionCreate, SiteReplace
from app.editing.topics.schemas import TopicCreate
from app.exchange.demo import channels, footage, sources
from app.exchange.demo.channels import Channels
from app.exchange.demo.footage import PlannedAsset
from app.exchange.demo.linking import named
from app.exchange.demo.parsing import Fields, Unreadable, toml, valid
from app.exchange.demo.sources import Sources

HERE = Path(__file__).parent
SLUGS_FROM_FILE_NAMES = ("en", "fr")
SOMETHING = UUID(int=0)
"""The id, in checks, of what will have one."""


@dataclass(frozen=True)
class Piece:
    """An article. `stage` is live, draft or review; `fields` are those of the desk that name
    nothing else of the newsroom, with the body as blocks."""

    edition: str
    key: str
    stage: str
    section: str
    sections: tuple[str, ...]
    topics: tuple[str, ...]
    related: tuple[str, ...]
    bylines: tuple[Fields, ...]
    citations: tuple[Fields, ...]
    translation: str | None
    fields: Fields

    @property
    def published(self) -> datetime | None:
        moment: datetime | None = self.fields.get("published_at")
        return moment

    @property
    def own_articles(self) -> list[str]:
        """The articles of its edition that it cites."""
        return [one["article"] for one in self.citations if "article" in one]


@dataclass(frozen=True)
class PlannedSection:
    """`parent` is the path of the section above."""

    parent: str | None
    path: str
    draft: SectionCreate


@dataclass(frozen=True)
class PlannedCollection:
    draft: CollectionCreate
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Newsroom:
    """All of it. Sections stand behind their parents, pieces in the order of their dates."""

    site: SiteReplace
    editions: list[EditionCreate]
    default_edition: str
    sections: list[PlannedSection]
    people: list[PersonCreate]
    topics: list[TopicCreate]
    collections: list[PlannedCollection]
    sources: Sources
    assets: dict[str, PlannedAsset]
    channels: Channels
    pieces: list[Piece]


def newsroom(folder: Path = HERE) -> Newsroom:
    """Read it all. Raises Unreadable."""
    file = folder / "newsroom.toml"
    written = toml(file.read_text("utf-8"), file.name)
    try:
        default = next(one["code"] for one in written["editions"] if one["default"])
        made = Newsroom(
            site=valid(SiteReplace, written["site"], "newsroom.toml, site"),
            editions=[_edition(one) for one in written["editions"]],
            default_edition=default,
            sections=list(_sections(written["sections"])),
            people=[_person(one, default) for one in written["people"]],
            topics=[_topic(one, default) for one in written["topics"]],
            collections=[_collection(one) for one in written["collections"]],
            sources=sources.read(folder / sources.FILE),
            assets=footage.read(folder / footage.FILE),
            channels=channels.read(folder / channels.FILE),
            pieces=sorted(_pieces(folder / "content"), key=_order),
        )
    except KeyError as error:
        raise Unreadable(f"newsroom.toml: {error} is missing") from None
    _check_names(made)
    return made


def _edition(one: Fields) -> EditionCreate:
    fields = {name: value for name, value in one.items() if name != "default"}
    return valid(EditionCreate, fields, f"newsroom.toml, edition {one['code']}")


def _sections(written: Sequence[Fields]) -> Iterator[PlannedSection]:
    order = [(one["path"].count("/"), one["position"], one["path"], one) for one in written]
    for _, _, path, one in sorted(order, key=lambda entry: entry[:3]):
        parent, _, slug = path.rpartition("/")
        fields = {"edition": one["edition"], "slug": slug, "name": one["name"],
                  "description": one["description"]}  # fmt: skip
        draft = valid(SectionCreate, fields, f"newsroom.toml, section {path}")
        yield PlannedSection(parent or None, path, draft)


def _person(one: Fields, language: str) -> PersonCreate:
    where = f"newsroom.toml, person {one['slug']}"
    return valid(PersonCreate, {**one, "name": one["names"][language]}, where)


def _topic(one: Fields, language: str) -> TopicCreate:
    where = f"newsroom.toml, topic {one['slug']}"
    return valid(TopicCreate, {**one, "name": one["names"][language]}, where)


def _collection(one: Fields) -> PlannedCollection:
    fields = {name: value for name, value in one.items() if name != "articles"}
    where = f"newsroom.toml, collection {one['slug']}"
    return PlannedCollection(valid(CollectionCreate, fields, where), tuple(one["articles"]))


def _pieces(content: Path) -> Iterator[Piece]:
    for file in sorted(content.glob("*/*.md")):
        yield _piece(file)


def _piece(file: Path) -> Piece:
    where = f"{file.parent.name}/{file.name}"
    parts = re.split(r"^\+\+\+\n", file.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0]:
        raise Unreadable(f"{where}: it must begin with fields between two lines of +++")
    written = toml(parts[1], where)
    try:
        return Piece(
            edition=file.parent.name,
            key=file.stem,
            stage=written.pop("stage", "draft" if written.pop("draft", False) else "live"),
            section=written.pop("section"),
            sections=tuple(written.pop("sections", ())),
            topics=tuple(written.pop("topics", ())),
            related=tuple(written.pop("related", ())),
            bylines=tuple(written.pop("bylines", ())),
            citations=tuple(written.pop("citations", ())),
            translation=written.pop("translation", None),
            fields=_fields(written, file) | {"body": list(_blocks(parts[2], where))},
        )
    except KeyError as error:
        raise Unreadable(f"{where}: {error} is missing") from None


def _fields(written: Fields, file: Path) -> Fields:
    fields = dict(written)
    for name, ours in (("published", "published_at"), ("updated", "updated_at")):
        if name in fields:
            fields[ours] = fields.pop(name)
    if file.parent.name in SLUGS_FROM_FILE_NAMES:
        fields.setdefault("slug", file.stem)
    if "image" in fields:
        fields.setdefault("lead", {"image": fields["image"]})
    return fields


def _blocks(text: str, where: str) -> Iterator[Fields]:
    for number, part in enumerate(_FENCE.split(text)):
        if number % 2 == 0:
            yield from from_markdown(part).blocks
            continue
        try:
            yield json.loads(part)
        except json.JSONDecodeError as error:
            raise Unreadable(f"{where}: block {number // 2 + 1} is no JSON: {error}") from None


def _check_names(made: Newsroom) -> None:
    """See that everything that is named is there."""
    keys = {(piece.edition, piece.key) for piece in made.pieces}
    sections = {(planned.draft.edition, planned.path) for planned in made.sections}
    people = {person.slug for person in made.people}
    topics = {topic.slug for topic in made.topics}
    for piece in made.pieces:
        mentioned = [
            *(("section", one, (piece.edition, one) in sections)
              for one in (piece.section, *piece.sections)),
            *(("topics", one, one in topics) for one in piece.topics),
            *(("related", one, (piece.edition, one) in keys) for one in piece.related),
            *(("bylines", one["person"], one["person"] in people)
              for one in piece.bylines if "person" in one),
            *(("citations", one, (piece.edition, one) in keys) for one in piece.own_articles),
            *(("assets", one, one in made.assets) for one in named(piece.fields, "asset")),
            *(("episode", one, one in made.channels.series)
              for one in named(piece.fields.get("episode"), "series")),
            *(("citations", one, made.sources.has(noun, one))
              for noun, one in sources.named(piece.citations)),
        ]  # fmt: skip
        for field, name, known in mentioned:
            if not known:
                raise Unreadable(f"{piece.edition}/{piece.key}.md: {field}: there is no {name}")
    for planned in made.collections:
        for key in planned.articles:
            if (planned.draft.edition, key) not in keys:
                raise Unreadable(f"newsroom.toml: collections: there is no article {key}")
    channels.check(
        made.channels,
        {
            "artwork": dict.fromkeys(made.assets, SOMETHING),
            "series": dict.fromkeys(made.channels.series, SOMETHING),
            "collection": dict.fromkeys((c.draft.slug or "" for c in made.collections), SOMETHING),
            "section": dict.fromkeys((one.path for one in made.sections), SOMETHING),
        },
    )


def _order(piece: Piece) -> tuple[float, str]:
    """By date; those without one first."""
    return piece.published.timestamp() if piece.published else 0.0, piece.key


_FENCE = re.compile(r"^```block\n(.*?)\n```[ \t]*$", re.DOTALL | re.MULTILINE)
