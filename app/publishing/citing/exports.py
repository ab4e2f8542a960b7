"""PURE: the public citations of an article in the formats of the world."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.published.citations import Citation
from app.published.writes import Exported
from app.publishing.bibliography.formats import FORMATS
from app.publishing.bibliography.listed import Listed


def exported(
    shown: Sequence[dict[str, Any]],
    *,
    url: str,
    headline: str,
    language: str,
    names: Mapping[UUID, Mapping[str, Any]],
) -> list[Exported]:
    """`shown` as in the document; `url` is where readers find it, `names` those of speakers that
    were taken apart, as CSL has them."""
    listed = Listed(
        citations=[Citation.model_validate(each) for each in shown],
        url=url,
        headline=headline,
        language=language,
        names=names,
    )
    return [
        Exported(name=name, media_type=form.media_type, body=form.write(listed))
        for name, form in FORMATS.items()
    ]
