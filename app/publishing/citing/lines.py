"""PURE: text made to fit a line, whatever script it is in."""

from app.editing.citations import graphemes

_ISOLATES, _EMBEDDINGS = "\u2066\u2067\u2068", "\u202a\u202b\u202d\u202e"
_ENDS = {"\u2069": _ISOLATES, "\u202c": _EMBEDDINGS}


def shortened(text: str, maximum: int) -> str:
    """At most `maximum` code points, the ellipsis included: cut between words, or where there are
    none between characters as readers see them. No control of direction reaches beyond it."""
    text = _balanced(text)
    if len(text) <= maximum:
        return text
    at = text.rfind(" ", 0, maximum)
    if at <= 0:
        at = graphemes.before(text, maximum - 1)
    return _balanced(text[:at].rstrip(" ,;:–—-")) + "…"


def _balanced(text: str) -> str:
    """Without the controls of direction that are opened and not closed, or closed and not opened:
    what is not isolated turns around all that follows on the screen."""
    lost, opened = set(), list[int]()
    for at, sign in enumerate(text):
        if sign in _ISOLATES or sign in _EMBEDDINGS:
            opened.append(at)
        elif sign in _ENDS:
            if opened and text[opened[-1]] in _ENDS[sign]:
                opened.pop()
            else:
                lost.add(at)
    lost.update(opened)
    return "".join(sign for at, sign in enumerate(text) if at not in lost) if lost else text
