"""Publishing as the desk API takes it."""

from typing import Literal

from pydantic import Field

from app.editing.inputs import Input, ShortLine, Switch, example


class Publish(Input):
    model_config = example(minor=False)

    minor: Switch = Field(
        default=False,
        description="Readers need not be told of the difference: `updated_at` stays as it is.",
    )
    despite: ShortLine = Field(
        default=None,
        description="Why it must go out although citations have errors, such as words that are no "
        "longer in the text. It is logged with your name.",
    )


class Withdraw(Input):
    model_config = example(status=410, notice="The photograph was not ours to publish.")

    status: Literal[410, 451] = Field(default=410, description="451 where the law demands it")
    notice: str | None = Field(default=None, max_length=2_000, description="Public: why it is gone")


class Withhold(Input):
    model_config = example(status=410)

    status: Literal[410, 451] = 410
