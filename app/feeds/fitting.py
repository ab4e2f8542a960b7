"""PURE: a document that must stay below a size, with as much in it as goes."""

from bisect import bisect_left
from collections.abc import Callable


def fitted(make: Callable[[int], bytes], most: int, limit: int) -> bytes:
    """What `make` gives for the largest number of items, at most `most`, that is shorter than
    `limit`. More items never make it shorter."""
    whole = make(most)
    if len(whole) < limit:
        return whole
    first_too_long = bisect_left(range(most), limit, key=lambda count: len(make(count)))
    return make(max(first_too_long - 1, 0))
