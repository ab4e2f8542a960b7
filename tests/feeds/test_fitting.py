"""As much as goes below a size, found without making it too often."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.feeds.fitting import fitted


class Made:
    """A document of items that are so long each, behind a head; it counts how often it is made."""

    def __init__(self, head: int, lengths: Sequence[int]) -> None:
        self.head, self.lengths, self.times = head, lengths, 0

    def __call__(self, count: int) -> bytes:
        self.times += 1
        return b"h" * self.head + b"".join(b"i" * each for each in self.lengths[:count])


@given(
    head=st.integers(1, 50),
    lengths=st.lists(st.integers(0, 40), max_size=60),
    limit=st.integers(1, 900),
)
def test_one_more_would_be_too_many(head: int, lengths: list[int], limit: int) -> None:
    made = Made(head, lengths)
    sizes = [len(made(count)) for count in range(len(lengths) + 1)]
    best = max((count for count, size in enumerate(sizes) if size < limit), default=0)

    assert len(fitted(made, len(lengths), limit)) == sizes[best]
    assert made.times - len(sizes) <= 2 + 2 * 6, "twice as often as by halves, at worst"


def test_items_of_one_length_are_found_at_once() -> None:
    made = Made(900, [2_300] * 400)

    assert len(fitted(made, 400, 500_000)) == 900 + 216 * 2_300
    assert made.times == 4, "all, none, as many as go, and one more"
