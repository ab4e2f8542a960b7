"""What a WordPress export holds, as plain data: texts as they stand in the file, trimmed."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Author:
    login: str
    name: str


@dataclass(frozen=True)
class Category:
    """`slug` is its key in the file: posts and other categories name it by that."""

    id: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True)
class Tag:
    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file of the media library, uploaded to the post `parent`."""

    id: str
    url: str
    parent: str
    position: int
    title: str
    alt: str
    caption: str
    credit: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Label:
    """A term on a post. `domain` says of which kind: category, post_tag, author…"""

    domain: str
    slug: str
    name: str


@dataclass(frozen=True)
class Post:
    """Anything with an id of its own. `meta` has only the fields that the import knows; by `guid`
    feed readers know it."""

    id: str
    type: str
    status: str
    title: str
    link: str
    author: str
    slug: str
    date: str
    date_gmt: str
    modified_gmt: str
    content: str
    excerpt: str
    password: str
    sticky: bool
    comments_open: bool
    labels: tuple[Label, ...]
    meta: dict[str, str]
    guid: str = ""

    def labelled(self, domain: str) -> list[Label]:
        return [label for label in self.labels if label.domain == domain]


@dataclass
class Survey:
    """All of a file but its posts: what they refer to, and how many there are.

    `patterns` has the content of reusable blocks by id, `terms` how many there are of each other
    taxonomy, `types` how many items of each type. `labels` and `fields` count what posts have and
    the import does not read: labels by their taxonomy, custom fields by their name.
    """

    version: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    authors: dict[str, Author] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    control_characters: int = 0
