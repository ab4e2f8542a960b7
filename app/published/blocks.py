"""Body blocks as readers get them.

The union is open: clients must show `text` for a type they do not know. `full` documents give
inline HTML, `app` documents give runs, so that a TV app needs neither an HTML parser nor offsets.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from app.published.media import ImageShape, Playable
from app.published.shape import Shape

Mark = Literal[
    "strong", "em", "underline", "strike", "code", "sub", "sup", "mark", "small", "quote",
    "insert", "keyboard",
]  # fmt: skip


class Run(Shape):
    """A stretch of text with one set of marks. Marks are an open list: ignore unknown ones."""

    text: str
    marks: list[str] = Field(default=[], examples=[["strong"]])
    href: str | None = None
    language: str | None = Field(default=None, description="BCP 47, where it differs from the body")
    citation_ids: list[UUID] = []


class PublicBlock(Shape):
    id: str = Field(description="Stable across versions while the block is the same block")
    type: str
    text: str = Field(description="What to show where the type is not known")


class TextBlock(PublicBlock):
    """`html` in `full`, `runs` in `app`; the other one is null."""

    html: str | None = None
    runs: list[Run] | None = None


class Paragraph(TextBlock):
    type: Literal["paragraph"] = "paragraph"


class Heading(TextBlock):
    type: Literal["heading"] = "heading"
    level: int = Field(ge=2, le=6)


class ListItem(Shape):
    text: str
    html: str | None = None
    runs: list[Run] | None = None
    ordered: bool = Field(default=False, description="Whether its own `items` are numbered")
    items: list["ListItem"] = []


class ListBlock(PublicBlock):
    type: Literal["list"] = "list"
    ordered: bool = False
    start: int | None = None
    items: list[ListItem] = []


class Quote(TextBlock):
    """Somebody's words, as a block. `attribution` is plain text."""

    type: Literal["quote"] = "quote"
    attribution: str | None = None
    source_url: str | None = None


class Pullquote(TextBlock):
    """Words of the article itself, set large."""

    type: Literal["pullquote"] = "pullquote"
    attribution: str | None = None


class ImageBlock(PublicBlock):
    type: Literal["image"] = "image"
    image: ImageShape
    href: str | None = None


class Gallery(PublicBlock):
    type: Literal["gallery"] = "gallery"
    title: str | None = None
    caption: str | None = None
    images: list[ImageShape] = []


class VideoBlock(PublicBlock):
    type: Literal["video"] = "video"
    video: Playable


class AudioBlock(PublicBlock):
    type: Literal["audio"] = "audio"
    audio: Playable


class Embed(PublicBlock):
    """Something of another site. Show `thumbnail` and `text` until the reader consents."""

    type: Literal["embed"] = "embed"
    url: str
    provider: str | None = None
    consent: str = Field(
        default="third-party",
        description="Consent category to ask for: none, functional, third-party",
    )
    title: str | None = None
    caption: str | None = None
    html: str | None = Field(
        default=None, description="As the provider embeds it, without its script"
    )
    thumbnail: ImageShape | None = None


class TableCell(Shape):
    text: str
    html: str | None = None
    runs: list[Run] | None = None
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class TableBlock(PublicBlock):
    type: Literal["table"] = "table"
    caption: str | None = None
    rows: list[list[TableCell]] = []


class Factbox(PublicBlock):
    """A box beside the story: a title and blocks of text, lists or images."""

    type: Literal["factbox"] = "factbox"
    title: str | None = None
    blocks: list["Block"] = []


class Code(PublicBlock):
    """`text` is the code, verbatim."""

    type: Literal["code"] = "code"
    language: str | None = Field(default=None, examples=["python"])


class Divider(PublicBlock):
    type: Literal["divider"] = "divider"


class Custom(PublicBlock):
    """The outlet's own block: `name` says which, `data` is what the outlet put there."""

    type: Literal["custom"] = "custom"
    name: str
    data: dict[str, Any] = {}


class RawHtml(PublicBlock):
    """HTML that passed no cleaning: only actors with their own scope may write it."""

    type: Literal["html"] = "html"
    html: str


class UnknownBlock(PublicBlock):
    """A type that this version of the API does not know. Show `text`."""

    model_config = ConfigDict(extra="allow")


KnownBlock = Annotated[
    Paragraph | Heading | ListBlock | Quote | Pullquote | ImageBlock | Gallery | VideoBlock
    | AudioBlock | Embed | TableBlock | Factbox | Code | Divider | Custom | RawHtml,
    Field(discriminator="type"),
]  # fmt: skip

Block = KnownBlock
"""What the server writes. Clients should read `Block | UnknownBlock`."""

Factbox.model_rebuild()
ListItem.model_rebuild()
