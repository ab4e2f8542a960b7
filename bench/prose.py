"""Text that means nothing, in sentences of the usual lengths. Same seed, same text."""

from random import Random

_WORDS = (  # noqa: SIM905  a list of strings would be read by nobody
    "the a of to and in on at from with harbour ferry council tide mole gate storm quay bridge "
    "market school line vote budget survey plan night morning season crew keeper pilot mayor "
    "engineer report figures measure water stone timber signal lamp channel coast island valley "
    "opened closed said moved raised carried found asked agreed repaired counted measured waited "
    "new old early late open quiet heavy bright narrow public local northern southern second first"
).split()


def sentence(chance: Random, words: int = 0) -> str:
    chosen = chance.choices(_WORDS, k=words or chance.randint(9, 22))
    return " ".join(chosen).capitalize() + "."


def paragraph(chance: Random) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(2, 3)))


def headline(chance: Random) -> str:
    return sentence(chance, chance.randint(5, 9)).removesuffix(".")
