"""Names of RIS: family, given, suffix; as CSL-JSON has them."""

Name = dict[str, str]


def name(written: str) -> Name:
    """Without a comma, or with one at its end, it is one whole name.

    Words in lower case before the family name, or behind the given name, are particles.
    """
    family, comma, rest = written.partition(",")
    if not comma or written.rstrip().endswith(","):
        return {"literal": written.strip().rstrip(",")}
    given, _, suffix = rest.partition(",")
    family_words, given_words = family.split(), given.split()
    before = _leading(family_words)
    behind = _leading(given_words[::-1])
    parts = {
        "family": family_words[before:],
        "given": given_words[: len(given_words) - behind],
        "non-dropping-particle": family_words[:before],
        "dropping-particle": given_words[len(given_words) - behind :],
        "suffix": suffix.split(),
    }
    return {part: " ".join(words) for part, words in parts.items() if words}


def _leading(words: list[str]) -> int:
    """How many words are particles: in lower case, with another word behind them."""
    for place, word in enumerate(words[:-1]):
        if not word[0].islower():
            return place
    return max(len(words) - 1, 0)
