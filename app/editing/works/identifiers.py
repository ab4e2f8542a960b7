"""The names of works in schemes of their own: DOI, ISBN, ECLI, …

In the schemes that are known here a value is checked and brought into one spelling; in any other
it is kept as it comes.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, Name
from app.published import standard_ids

SCHEME = r"^[a-z][a-z0-9._-]{0,29}$"


class Identifier(Input):
    scheme: str = Field(pattern=SCHEME, max_length=30, examples=["doi"])
    value: Name = Field(examples=["10.5555/12345678"])

    @model_validator(mode="after")
    def _is_spelled_as_all_are(self) -> "Identifier":
        self.value = normal(self.scheme, self.value)
        return self

    @property
    def pair(self) -> tuple[str, str]:
        return self.scheme, self.value


def normal(scheme: str, value: str) -> str:
    """The value in its one spelling. Raises what pydantic makes an error of where it is none."""
    spelled = standard_ids.spelled(scheme, value)
    if spelled is None:
        raise PydanticCustomError("identifier", "It is no {scheme}.", {"scheme": scheme.upper()})
    return spelled


def parsed(text: str) -> tuple[str, str]:
    """What `scheme:value` says, as a query parameter has it."""
    scheme, _, value = text.partition(":")
    return scheme, normal(scheme, value)


def _checked(text: str) -> str:
    parsed(text)
    return text


IdentifierFilter = Annotated[
    str | None,
    Field(
        max_length=231,
        pattern=r"^[a-z][a-z0-9._-]{0,29}:.",
        description="The one with this identifier",
        examples=["doi:10.5555/12345678"],
    ),
    AfterValidator(lambda text: text if text is None else _checked(text)),
]
