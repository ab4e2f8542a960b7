"""Citations as a revision holds them, and as the desk sends them.

They are part of the content: what a revision restores, copies or compares it does with its
citations. A statement belongs to its citation and not to a register of statements: were it shared,
changing it for a draft would change what is live elsewhere, and its id would tie an unnamed
source's words together across articles.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app import ids
from app.editing.edtf import Edtf
from app.editing.inputs import Input, Note, Switch
from app.editing.languages import Language
from app.editing.plain_fields import Line, Prose, line
from app.published import citation_words as words

CitationType = Literal[words.CITATION_TYPES]  # type: ignore[valid-type]
Intent = Literal[words.INTENTS]  # type: ignore[valid-type]
Form = Literal[words.STATEMENT_FORMS]  # type: ignore[valid-type]
Channel = Literal[words.CHANNELS]  # type: ignore[valid-type]
Level = Literal[words.ATTRIBUTION_LEVELS]  # type: ignore[valid-type]
Affiliation = Literal[words.AFFILIATIONS]  # type: ignore[valid-type]
Function = Literal[words.FUNCTIONS]  # type: ignore[valid-type]
RoleStatus = Literal[words.ROLE_STATUSES]  # type: ignore[valid-type]
Corroboration = Literal[words.CORROBORATIONS]  # type: ignore[valid-type]
Reason = Literal[words.ANONYMITY_REASONS]  # type: ignore[valid-type]
Relation = Literal[words.RELATIONS]  # type: ignore[valid-type]

MOST = 200
"""Citations in one article."""

LONGEST_CHAIN = 6
"""Hops: depth 0 to 5."""

DIRECT = frozenset({"direct", "partial_direct"})
"""Forms that stand in quotation marks."""

Label = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(line)]
Millisecond = Annotated[int, Field(strict=True, ge=0, le=360_000_000)]
Offset = Annotated[int, Field(strict=True, ge=0, le=2_000_000)]


class Locator(Input):
    """The place in the work: a page, a section, a minute."""

    label: Literal[words.LOCATOR_LABELS] = "page"  # type: ignore[valid-type]
    value: str = Field(min_length=1, max_length=100)


class Anonymity(Input):
    """Why a source is not named, and who agreed to it."""

    reason: Reason
    reason_public: Line = Field(
        default=None, description="The reason in words for readers; they see it if you set it"
    )
    granted_by: Literal["us", "relay"] = Field(
        default="relay", description="Whether we know who it is, or whoever reported it does"
    )
    approved_by: Line = Field(
        default=None,
        description="The editor who agreed; needed before publishing where we granted it",
    )


class Descriptor(Input):
    """An unnamed source, as it may be described. There is no field for who it is."""

    kind: Literal["person", "group"] = "person"
    label: Label = Field(examples=["current and former officials"])
    count: Literal[words.COUNTS] = "unknown"  # type: ignore[valid-type]
    affiliation: Affiliation | None = None
    role_status: RoleStatus | None = None
    anonymity: Anonymity | None = None
    public: list[Literal["affiliation", "role_status", "count"]] = Field(
        default=[], max_length=3, description="What readers see beside the label"
    )


class Statement(Input):
    """What was said or asserted: by a speaker, by an unnamed source, or by a document or data."""

    form: Form
    text: str = Field(min_length=1, max_length=20_000)
    language: Language | None = None
    text_original: Prose = None
    language_original: Language | None = None
    translated_by: Literal["us", "relay", "machine_checked"] | None = None
    speaker_id: UUID | None = None
    unnamed: Descriptor | None = None
    role_at_time: Line = Field(default=None, examples=["Former harbour master, Port of Calder"])
    role_status: RoleStatus | None = None
    affiliation: Affiliation | None = None
    function: Function | None = None
    channel: Channel
    attribution_level: Level = "on_the_record"
    said_on: Edtf | None = None
    place: Line = None
    timecode_ms: tuple[Millisecond, Millisecond] | None = None
    corroboration: Corroboration | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> "Statement":
        alone = self.channel in words.SPEAKERLESS_CHANNELS
        given = (self.speaker_id is not None) + (self.unnamed is not None)
        if given > 1 or (given == 0 and not alone):
            raise _fault(
                "one_origin",
                "Give `speaker_id` or `unnamed`: neither only where the channel is one of "
                + ", ".join(words.SPEAKERLESS_CHANNELS) + ".",
            )  # fmt: skip
        if given == 1 and alone and self.channel != "document":
            raise _fault("no_speaker", f"Nobody speaks through the channel {self.channel}.")
        if self.attribution_level == "deep_background" and self.form in DIRECT:
            raise _fault("deep_background", "What is said on deep background is not quoted.")
        if self.unnamed and self.attribution_level == "on_the_record":
            raise _fault("on_the_record", "On the record means by name: use `speaker_id`.")
        if self.unnamed and (self.said_on or self.place or self.role_at_time):
            raise _fault(
                "traces",
                "Of an unnamed source neither `said_on` nor `place` nor `role_at_time` is kept: "
                "they could tell who it is. Say in `unnamed.label` what may be said.",
            )
        if self.speaker_id and self.attribution_level != "on_the_record":
            raise _fault("not_by_name", "By name means on the record: use `unnamed`.")
        return self


class ChainHop(Input):
    """One step from what we read to where it comes from: exactly one of the four."""

    publication_id: UUID | None = None
    work_id: UUID | None = None
    speaker_id: UUID | None = None
    unnamed: Descriptor | None = None
    relation: Relation = "reported"

    @model_validator(mode="after")
    def _is_one(self) -> "ChainHop":
        parties = (self.publication_id, self.work_id, self.speaker_id, self.unnamed)
        if sum(party is not None for party in parties) != 1:
            raise _fault(
                "one_party",
                "Give exactly one of `publication_id`, `work_id`, `speaker_id` and `unnamed`.",
            )
        return self

    @property
    def identity(self) -> str:
        if self.unnamed is None:
            return "named"
        granted = self.unnamed.anonymity.granted_by if self.unnamed.anonymity else "relay"
        return f"withheld_by_{granted}"


class Anchor(Input):
    """Where it stands. `exact` finds the place again when the text changes.

    `start`, `end`, `state` and `score` are the desk's own findings: sent back as they came, they
    change nothing, but for `state: anchored`, which confirms a place that was in doubt.
    """

    target: Literal["body", "headline", "standfirst", "caption", "media"] = "body"
    block_id: str | None = Field(default=None, max_length=64)
    exact: str | None = Field(default=None, min_length=1, max_length=5_000)
    prefix: str | None = Field(default=None, max_length=200)
    suffix: str | None = Field(default=None, max_length=200)
    start: Offset | None = None
    end: Offset | None = None
    time_ms: tuple[Millisecond, Millisecond] | None = None
    page: Annotated[int, Field(strict=True, ge=1, le=100_000)] | None = None
    state: Literal["anchored", "needs_review", "orphaned"] = "anchored"
    score: float | None = Field(default=None, strict=True, ge=0, le=1, allow_inf_nan=False)

    @model_validator(mode="after")
    def _points_somewhere(self) -> "Anchor":
        if self.target == "body" and self.exact is None and self.block_id is None:
            raise _fault("no_place", "Give the words (`exact`) or the block (`block_id`).")
        if self.target in ("headline", "standfirst") and self.exact is None:
            raise _fault("no_place", "Give the words (`exact`).")
        if self.time_ms and self.time_ms[0] > self.time_ms[1]:
            raise _fault("time", "The end comes before the start.")
        return self


class Citation(Input):
    """One use of a work or a statement in the article."""

    id: UUID = Field(default_factory=ids.public)
    type: CitationType
    intent: Intent | None = None
    work_id: UUID | None = None
    statement: Statement | None = None
    via_citation_id: UUID | None = Field(
        default=None, description="The citation of this article through which it came"
    )
    locator: Locator | None = None
    prefix: Line = Field(default=None, examples=["see"])
    suffix: Line = None
    attribution_text: Line = Field(
        default=None,
        description="As it is printed",
        examples=["the Northgate Courier reported Friday, citing current and former officials"],
    )
    chain: list[ChainHop] = Field(
        default=[],
        max_length=LONGEST_CHAIN,
        description="From what we read to the origin; left out, it is made of the work and the "
        "statement",
    )
    verified_independently: Switch = False
    visibility: Literal["public", "internal"] = "public"
    anchors: list[Anchor] = Field(default=[], max_length=50)
    note_internal: Note = None

    @model_validator(mode="after")
    def _is_sound(self) -> "Citation":
        statement = self.statement
        if self.work_id is None and statement is None:
            raise _fault("no_source", "Give a `work_id`, a `statement`, or both.")
        if self.type == "quotation" and (statement is None or statement.form not in DIRECT):
            raise _fault(
                "quotation", "A quotation has a statement whose form is direct or partial_direct."
            )
        if self.type == "media_credit" and any(each.target != "media" for each in self.anchors):
            raise _fault("media_credit", "A media credit is anchored to media.")
        if any(hop.identity == "withheld_by_us" for hop in self.chain[:-1]):
            raise _fault("withheld_by_us", "Only the last hop can be withheld by us.")
        is_open = statement is None or statement.attribution_level == "on_the_record"
        if not is_open and self.chain and self.chain[-1].speaker_id:
            raise _fault("not_by_name", "By name means on the record: end with `unnamed`.")
        if self.via_citation_id == self.id:
            raise _fault("via_itself", "A citation cannot come through itself.")
        return self

    @property
    def hides_its_source(self) -> bool:
        """Whether readers are not even told that there is one."""
        statement = self.statement
        return statement is not None and statement.attribution_level == "deep_background"


def _fault(kind: str, detail: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "{detail}", {"detail": detail})
