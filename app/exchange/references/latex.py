"""LaTeX as reference managers write it into BibTeX files, as plain text.

Only what stands for letters and signs is known; other commands fall away and leave their text. Each
character is looked at once, whatever the file holds.
"""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    '"': "\u0308", "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_SIGNS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "o": "ø", "O": "Ø", "oe": "œ", "OE": "Œ",
    "l": "ł", "L": "Ł", "ss": "ß", "SS": "ẞ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ",
    "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "dots": "…", "ldots": "…",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textasciigrave": "`", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textdollar": "$", "textquotesingle": "'",
    "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«",
    "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "textendash": "–",
    "textemdash": "—", "textellipsis": "…", "texteuro": "€", "textsterling": "£",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "textbullet": "•", "textperiodcentered": "·", "textexclamdown": "¡", "textquestiondown": "¿",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "newline": " ", "par": " ",
    "quad": " ", "qquad": " ",
}  # fmt: skip
_LIGATURES = {
    "---": "—", "--": "–", "``": "“", "''": "”", ",,": "„", "<<": "«", ">>": "»", "?`": "¿",
    "!`": "¡", "~": " ",
}  # fmt: skip
_BREAKS = {"\\": " ", "-": "", "/": "", ",": " ", ";": " ", ":": " ", "!": "", "@": ""}

_TOKEN = re.compile(
    r"""\\(?:
        (?P<mark>[`'^"~=.])\s*
        (?:\{\s*(?P<within>\\?[^\W\d_])\s*\}|(?P<behind>\\[ij](?![A-Za-z])|[^\W\d_]))
      | (?P<letter>[uvHcdbrkt])(?:\s*\{\s*(?P<inside>\\?[^\W\d_])\s*\}|\s+(?P<after>[^\W\d_]))
      | (?P<command>[A-Za-z]+)\*?(?:\{\}|[ \t\r\n]*)
      | (?P<escaped>.)
      )
    | (?P<ligature>---?|``|\'\'|,,|<<|>>|[?!]`|~)
    | [{}]
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_ADDRESS = re.compile(
    r"\\(?:(?P<command>[A-Za-z]+)(?:\{\}|[ \t]*)|(?P<escaped>.))|[{}\s]", re.DOTALL
)


def text(latex: str) -> str:
    """Plain text in NFC; line ends stay."""
    return unicodedata.normalize("NFC", _TOKEN.sub(_plain, latex))


def address(latex: str) -> str:
    """An address: TeX takes it as it stands, but many escape it all the same."""
    return _IN_ADDRESS.sub(_escaped, latex)


def _plain(found: re.Match[str]) -> str:
    mark = found["mark"] or found["letter"]
    if mark:
        base = found["within"] or found["behind"] or found["inside"] or found["after"]
        return base.removeprefix("\\") + _ACCENTS[mark]
    if ligature := found["ligature"]:
        return _LIGATURES[ligature]
    return _escaped(found)


def _escaped(found: re.Match[str]) -> str:
    if command := found["command"]:
        return _SIGNS.get(command, "")
    if escaped := found["escaped"]:
        return _BREAKS.get(escaped, escaped)
    return ""
