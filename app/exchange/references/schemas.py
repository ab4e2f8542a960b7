"""A file of references as the desk API takes it, and what became of each of its entries."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.editing.inputs import Input, example
from app.exchange.references.reading import Format

LARGEST = 2_000_000
"""Characters of a file."""

Outcome = Literal["created", "found", "refused"]
FoundBy = Literal["identifier", "url", "text"]


class ReferencesImport(Input):
    model_config = example(
        format="ris",
        content="TY  - NEWS\nTI  - Dredgers leave early\nT2  - The Northgate Courier\n"
        "AU  - Okello, Sam\nDA  - 2026/11/20\n"
        "UR  - https://northgate-courier.example/2026/dredgers\nER  - \n",
    )

    format: Format = Field(examples=["ris"], description="BibLaTeX is `bibtex`, too")
    content: Annotated[str, Field(max_length=LARGEST)] = Field(
        description="The text of the file. Send a larger one in parts"
    )


class DroppedField(BaseModel):
    """A field of the entry that was not taken as it is."""

    field: str
    reason: str


class UnplacedField(BaseModel):
    """A field of the entry for which a work has none."""

    field: str
    value: str = Field(description="Its beginning, as it was read")


class LikelyDuplicate(BaseModel):
    """A work, of the desk or of this file, that may be the same."""

    work_id: UUID | None = Field(description="null in a dry run, where it is of this file")
    place: str | None = Field(description="Which entry of this file it is; null where it is none")
    title: str | None
    score: int = Field(description="100: the same title; less: alike")


class ImportedEntry(BaseModel):
    """What became of an entry."""

    place: str = Field(
        description="Where it is: `line 12`, in CSL-JSON a JSON Pointer into the content"
    )
    key: str | None = Field(description="What it is called in the file")
    title: str | None
    outcome: Outcome = Field(
        description="`found`: the work is there already, and was left as it is"
    )
    work_id: UUID | None = Field(description="null where there is none, or none yet in a dry run")
    found_by: FoundBy | None = Field(
        description="How it was found: an identifier, the address, or, where the entry has "
        "neither, that a work says the same in every word"
    )
    same_as: str | None = Field(
        description="Where the work was created for an entry before it: the place of that one"
    )
    reasons: list[str] = Field(description="Why it was refused")
    warnings: list[str]
    dropped: list[DroppedField]
    unplaced: list[UnplacedField]
    duplicates: list[LikelyDuplicate] = Field(
        description="Works with a title like it: look at them, and merge those that are the same"
    )


class ImportedPublication(BaseModel):
    """A publication that was not there."""

    id: UUID | None = Field(description="null in a dry run")
    name: str
    kind: str
    issn: list[str]


class Totals(BaseModel):
    entries: int
    created: int
    found: int
    refused: int


class ImportReport(BaseModel):
    dry_run: bool
    totals: Totals
    publications: list[ImportedPublication] = Field(description="Those that were created")
    entries: list[ImportedEntry] = Field(description="In the order of the file")
