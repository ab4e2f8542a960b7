"""Captions as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.captions.decoding import LARGEST
from app.editing.assets.words import CAPTION_KINDS
from app.editing.inputs import Input, ShortLine, example

CaptionKind = Literal[CAPTION_KINDS]  # type: ignore[valid-type]


class CaptionInput(Input):
    model_config = example(
        text="WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nThe water came at six.\n", label="English"
    )

    text: Annotated[str, Field(min_length=1, max_length=LARGEST)] = Field(
        description="A whole WebVTT or SubRip (SRT) file; which of them it is, its beginning tells"
    )
    label: ShortLine = Field(
        default=None, description="What viewers choose it by; without one the language"
    )


class CaptionSummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    language: str
    kind: str = Field(description="captions, subtitles or descriptions")
    label: str
    origin: str = Field(description="What it was sent as: webvtt or srt")
    changed_at: datetime


class CaptionView(CaptionSummary):
    text: str = Field(description="WebVTT in normal form: what players get")


class CaptionSaved(CaptionView):
    cues: int
    warnings: list[str] = Field(description="What of the file was left out or changed, by line")


class CaptionList(BaseModel):
    items: list[CaptionSummary]
