"""PURE: a document that must stay below a size, with as much in it as goes."""

from collections.abc import Callable


def fitted(make: Callable[[int], bytes], most: int, limit: int) -> bytes:
    """What `make` gives for the largest number of items, at most `most`, that is shorter than
    `limit`. More items never make it shorter.

    Making is dear: items are about as long as each other, so the number is guessed from that, and
    only where that leads nowhere is the middle tried.
    """
    whole = make(most)
    if len(whole) < limit:
        return whole
    fits, best = 0, make(0)
    too_many, too_long = most, len(whole)
    guess = True
    while too_many - fits > 1:
        between = too_many - fits
        share = (limit - 1 - len(best)) / (too_long - len(best)) if guess else 0.5
        at = min(max(fits + int(between * share), fits + 1), too_many - 1)
        made = make(at)
        if len(made) < limit:
            fits, best = at, made
        else:
            too_many, too_long = at, len(made)
        guess = (too_many - fits) * 2 <= between + 1
    return best
