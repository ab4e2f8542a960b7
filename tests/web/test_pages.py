"""Pages of lists: links that go on where the page ended, and only in their own list."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import Invalid
from app.web.pages import PageQuery


class _Query(PageQuery):
    q: str | None = None


def _next(query: PageQuery, path: str, found: list[str]) -> dict[str, str]:
    link = query.next_link(path, found, lambda row: (row,))
    assert link is not None
    parts = urlsplit(link)
    assert parts.path == path
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_the_last_page_has_no_next() -> None:
    assert PageQuery(limit=2).next_link("/x", ["a", "b"], lambda row: (row,)) is None
    assert PageQuery(limit=2).next_link("/x", [], lambda row: (row,)) is None


def test_the_link_goes_on_behind_the_last_row_shown_and_keeps_what_was_asked() -> None:
    sent = _next(_Query(limit=2, q="é & ü"), "/x", ["a", "b", "c"])

    assert (sent["limit"], sent["q"]) == ("2", "é & ü")
    again = _Query.model_validate(sent)
    assert again.after("/x", (str,)) == ("b",)
    assert _next(again, "/x", ["c", "d", "e"])["cursor"] != sent["cursor"]


def test_what_was_not_sent_is_not_in_the_link() -> None:
    assert _next(_Query(), "/x", ["a"] * 51).keys() == {"cursor"}


def test_a_cursor_of_a_list_narrowed_otherwise_is_refused() -> None:
    cursor = _next(_Query(limit=1, q="a"), "/x", ["a", "b"])["cursor"]

    assert _Query(limit=9, q="a", cursor=cursor).after("/x", (str,)) == ("a",)
    for query, path in ((_Query(q="b", cursor=cursor), "/x"), (_Query(cursor=cursor), "/x"),
                        (_Query(q="a", cursor=cursor), "/y")):  # fmt: skip
        with pytest.raises(Invalid):
            query.after(path, (str,))
