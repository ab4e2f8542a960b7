"""What is sent of an answer: all, the head alone, or that nothing changed."""

import pytest

from app.web.answers import Answer, choose

LATE = b"Fri, 20 Nov 2026 12:00:00 GMT"
ANSWER = Answer(
    200,
    [
        (b"content-type", b"application/json"),
        (b"etag", b'"a"'),
        (b"last-modified", LATE),
        (b"cache-control", b"public, max-age=10"),
        (b"link", b'</v1/articles?cursor=x>; rel="next"'),
    ],
    b"{}",
)


def test_everything_is_sent_to_who_has_nothing() -> None:
    status, headers, body = choose(ANSWER, "GET", {})

    assert (status, body) == (200, b"{}")
    assert headers == [*ANSWER.headers, (b"content-length", b"2")]


def test_a_head_request_gets_the_same_without_the_body() -> None:
    assert choose(ANSWER, "HEAD", {}) == (*choose(ANSWER, "GET", {})[:2], b"")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ({b"if-none-match": b'"a"'}, 304),
        ({b"if-none-match": b'W/"a"'}, 304),
        ({b"if-none-match": b'"b", "a"'}, 304),
        ({b"if-none-match": b"*"}, 304),
        ({b"if-none-match": b'"b"'}, 200),
        ({b"if-none-match": b"a"}, 200),
        ({b"if-modified-since": LATE}, 200),
        ({b"if-none-match": b'"b"', b"if-modified-since": LATE}, 200),
        ({b"if-none-match": b'"a"', b"if-modified-since": b"yesterday"}, 304),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions_are_weighed(head: dict[bytes, bytes], status: int, method: str) -> None:
    assert choose(ANSWER, method, head)[0] == status


def test_a_304_tells_what_a_cache_must_know_and_no_more() -> None:
    _, headers, body = choose(ANSWER, "GET", {b"if-none-match": b'"a"'})

    assert body == b""
    assert [name for name, _ in headers] == [b"etag", b"last-modified", b"cache-control"]


@pytest.mark.parametrize("status", [301, 304, 404])
def test_conditions_are_for_what_is_there(status: int) -> None:
    answer = Answer(status, ANSWER.headers, b"")

    assert choose(answer, "GET", {b"if-none-match": b'"a"'})[0] == status


def test_without_an_etag_there_is_nothing_to_compare() -> None:
    answer = Answer(200, [], b"{}")

    assert choose(answer, "GET", {b"if-none-match": b'"a"'})[0] == 200
