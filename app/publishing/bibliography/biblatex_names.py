"""Names for BibLaTeX: `von Last, Jr, First` where that says it all, else each part by its name."""

import re
from collections.abc import Iterable

from app.publishing.bibliography.latex import escaped
from app.publishing.bibliography.names import CslName

_BREAKS = re.compile(r"[,=]|\band\b", re.IGNORECASE)
"""What would be taken for the end of a name or of a part."""


def names(written: Iterable[CslName]) -> str:
    return " and ".join(_name(name) for name in written)


def _name(name: CslName) -> str:
    if literal := name.get("literal"):
        return f"{{{escaped(literal)}}}"
    family, given, suffix = (name.get(part, "") for part in ("family", "given", "suffix"))
    dropping, particle = name.get("dropping-particle"), name.get("non-dropping-particle")
    if not (family and given) or dropping or (particle and not _is_lower(particle.split()[-1])):
        prefix = " ".join(filter(None, (dropping, particle)))
        return _in_parts(family, given, suffix, prefix, keeps=bool(particle))
    # Of several words those in lower case, or that look so to a parser, would become particles.
    last = _braced(family) if _is_lower(family) or len(family.split()) > 1 else _safe(family)
    before = f"{escaped(particle)} " if particle else ""
    return ", ".join(part for part in (before + last, _safe(suffix), _safe(given)) if part)


def _in_parts(family: str, given: str, suffix: str, prefix: str, *, keeps: bool) -> str:
    """As biber reads them. `keeps`: the prefix belongs to the name wherever it stands."""
    parts = {"family": family, "given": given, "suffix": suffix, "prefix": prefix}
    written = [f"{part}={_braced(text)}" for part, text in parts.items() if text]
    if prefix:
        written.append(f"useprefix={'true' if keeps else 'false'}")
    return ", ".join(written)


def _is_lower(word: str) -> bool:
    """Whether it would be taken for a particle."""
    letter = next(filter(str.isalpha, word), "")
    return letter.islower()


def _safe(text: str) -> str:
    return _braced(text) if _BREAKS.search(text) else escaped(text)


def _braced(text: str) -> str:
    return f"{{{escaped(text)}}}"
