"""Publishing as the desk API takes it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.editing.inputs import Switch


class Publish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    minor: Switch = Field(
        default=False,
        description="Readers need not be told of the difference: `updated_at` stays as it is.",
    )


class Withdraw(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Literal[410, 451] = Field(default=410, description="451 where the law demands it")
    notice: str | None = Field(default=None, max_length=2_000, description="Public: why it is gone")


class Withhold(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Literal[410, 451] = 410
