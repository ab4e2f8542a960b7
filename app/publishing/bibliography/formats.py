"""The formats in which an article's citations can be had, by the end of their address."""

from collections.abc import Callable
from typing import NamedTuple

from app.publishing.bibliography import (
    biblatex,
    csl_json,
    jsonld,
    newsroom_html,
    newsroom_text,
    ris,
)
from app.publishing.bibliography.listed import Listed


class Format(NamedTuple):
    media_type: str
    write: Callable[[Listed], bytes]


FORMATS = {
    "csl.json": Format("application/vnd.citationstyles.csl+json", csl_json.write),
    "bib": Format("application/x-bibtex; charset=utf-8", biblatex.write),
    "ris": Format("application/x-research-info-systems; charset=utf-8", ris.write),
    "jsonld": Format("application/ld+json", jsonld.write),
    "txt": Format("text/plain; charset=utf-8", newsroom_text.write),
    "html": Format("text/html; charset=utf-8", newsroom_html.write),
}
