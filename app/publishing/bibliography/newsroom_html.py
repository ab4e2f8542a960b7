"""The newsroom's own style as HTML: a list to be put into a page. All of it is escaped.

Links carry where the archived copy is (Robust Links), and lead there where the address is dead.
"""

from html import escape

from app.published.citations import Citation, Link, WorkRef
from app.publishing.bibliography.listed import Listed
from app.publishing.bibliography.newsroom import Piece, line
from app.publishing.bibliography.relays import works_read
from app.publishing.bibliography.wording.languages import words_of

WEB = ("http://", "https://")


def write(listed: Listed) -> bytes:
    """A list whose items can be linked to: `#citation-` and the id."""
    works, words = works_read(listed.citations), words_of(listed.language)
    items = "".join(
        f'<li id="citation-{citation.id}"{_numbered(citation.marker)}>'
        f"{one(citation, listed.language, works.get(citation.id))}</li>\n"
        for citation in listed.citations
    )
    attributes = f'class="citations" lang="{words.language}" dir="{words.direction}"'
    return f"<ol {attributes}>\n{items}</ol>\n".encode()


def one(citation: Citation, language: str, work: WorkRef | None) -> str:
    """The line of one citation."""
    return "".join(_markup(piece) for piece in line(citation, words_of(language), work))


def _numbered(marker: str) -> str:
    return f' value="{marker}"' if marker.isascii() and marker.isdigit() else ""


def _markup(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.role == "name":
        text = f"<bdi>{text}</bdi>"
    elif piece.role == "title":
        language = f' lang="{escape(piece.language)}"' if piece.language else ""
        text = f'<cite{language} dir="auto">{text}</cite>'
    elif piece.role == "notice":
        text = f'<span class="notice">{text}</span>'
    return _linked(text, piece.link) if piece.link else text


def _linked(markup: str, link: Link) -> str:
    preferred = [link.archive_url, link.url] if link.broken else [link.url, link.archive_url]
    target = next((url for url in preferred if url and url.startswith(WEB)), None)
    if target is None:
        return markup
    attributes = {"href": target}
    if link.archive_url:
        attributes["data-originalurl"] = link.url or ""
        attributes["data-versionurl"] = link.archive_url
        attributes["data-versiondate"] = link.archived_on.isoformat() if link.archived_on else ""
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<a {written}>{markup}</a>"
