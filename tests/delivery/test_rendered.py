"""What was rendered is kept for the next, and who asks for what nobody else does pushes nothing
out of memory that others ask for."""

from app.delivery.rendered import AROUND, Product, Rendered

SIZE = 400
"""Bytes: too few to be compressed as well."""


class Counted:
    """Renders, and counts how often it had to."""

    def __init__(self, size: int = SIZE) -> None:
        self.times, self._size = 0, size

    async def make(self) -> Product:
        self.times += 1
        return Product("state", b"x" * self._size, [])


async def test_it_is_made_once_and_forgotten_for_what_is_asked_for_more() -> None:
    rendered, counted = Rendered(4 * 4 * (SIZE + AROUND)), Counted()

    for _ in range(3):
        await rendered.get("feed", "state", counted.make)
    assert counted.times == 1

    for number in range(12):
        await rendered.get(f"feed {number}", "state", Counted().make)
    await rendered.get("feed", "state", counted.make)
    assert counted.times == 2, "there is room for twelve"


async def test_pages_that_begin_anywhere_push_no_feed_out() -> None:
    rendered, feed, page = Rendered(4 * 4 * (SIZE + AROUND)), Counted(), Counted()
    await rendered.get("feed", "state", feed.make)
    await rendered.get("page", "state", page.make, one_of_many=True)

    for number in range(1_000):
        await rendered.get(f"page {number}", "state", Counted().make, one_of_many=True)

    await rendered.get("feed", "state", feed.make)
    await rendered.get("page", "state", page.make, one_of_many=True)
    assert (feed.times, page.times) == (1, 2)


async def test_what_is_larger_than_all_the_room_pushes_nothing_out() -> None:
    rendered, feed, large = Rendered(4 * 4 * (SIZE + AROUND)), Counted(), Counted(100_000)
    await rendered.get("feed", "state", feed.make)

    for _ in range(2):
        assert len((await rendered.get("large", "state", large.make)).body) == 100_000

    await rendered.get("feed", "state", feed.make)
    assert (feed.times, large.times) == (1, 2)
