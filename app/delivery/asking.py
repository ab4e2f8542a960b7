"""A public read as endpoints see it."""

from typing import Annotated, NamedTuple

from fastapi import Depends

from app.delivery.csl_styles import Styles
from app.delivery.playback_tokens import Signers
from app.delivery.reader import Reader
from app.delivery.rendered import Rendered
from app.web.answers import Head


class Ask(NamedTuple):
    """`head` is the request's header fields by lower-case name; `signers` make playback tokens;
    `rendered` is what was made for others already."""

    reader: Reader
    head: Head
    styles: Styles
    signers: Signers
    rendered: Rendered


def _answered_by_the_lane() -> Ask:
    raise RuntimeError("Public reads are answered by app.delivery.lane, ahead of FastAPI.")


Asked = Annotated[Ask, Depends(_answered_by_the_lane)]
"""The first parameter of every endpoint. To FastAPI, which only documents them, a dependency."""
