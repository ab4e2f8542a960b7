"""Whatever is sent, the answer is a 4xx that says what is wrong: soon, leaving nothing behind."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.cluster import Cluster
from tests.promises import serving
from tests.promises.asking import ask, contents, head, soon, still_serves
from tests.promises.serving import Desk


@pytest.fixture(scope="module")
def desk(postgres: Cluster, migrated_template: str) -> Iterator[Desk]:
    """One for all of them: that they leave nothing behind is what they test."""
    with postgres.database(migrated_template) as url, serving.opened(url) as opened:
        yield opened


def body(content: Any) -> bytes:
    return json.dumps(content).encode()


def deep(levels: int) -> bytes:
    return b'{"headline":' + b"[" * levels + b"]" * levels + b"}"


GOOD = {"name": "Ferries"}

BODIES: dict[str, tuple[bytes, int]] = {
    "NUL": (rb'{"name": "a\u0000b"}', 422),
    "NUL in a name": (rb'{"na\u0000me": "a"}', 422),
    "a lone surrogate": (rb'{"name": "\ud800"}', 422),
    "a surrogate the wrong way round": (rb'{"name": "\udc00\ud800"}', 422),
    "NaN": (b'{"name": NaN}', 400),
    "Infinity": (b'{"name": -Infinity}', 400),
    "1e400": (b'{"name": 1e400}', 422),
    "a huge integer": (b'{"name": 9007199254740993}', 422),
    "5,000 digits": (b'{"name": ' + b"9" * 5000 + b"}", 422),
    "a member twice": (b'{"name": "a", "name": "b"}', 400),
    "a member twice, spelled otherwise": (rb'{"name": "a", "n\u0061me": "b"}', 400),
    "depth 33": (deep(33), 400),
    "depth 10,000": (deep(10_000), 400),
    "depth 1,000,000": (deep(1_000_000), 400),
    "a million values": (b"[" + b"0," * 1_000_000 + b"0]", 400),
    "broken UTF-8": (b'{"name": "\xff\xfe"}', 400),
    "an overlong NUL": (b'{"name": "\xc0\x80"}', 400),
    "a surrogate in UTF-8": (b'{"name": "\xed\xa0\x80"}', 400),
    "a byte order mark": (b"\xef\xbb\xbf" + body(GOOD), 400),
    "UTF-16": ("{}".encode("utf-16"), 400),
    "cut off": (b'{"name": "Ferr', 400),
    "two documents": (b"{} {}", 400),
    "trailing comma": (b'{"name": "a",}', 400),
    "no JSON": (b"name=Ferries", 400),
    "an array": (b"[]", 422),
    "a string": (b'"Ferries"', 422),
    "a number": (b"1", 422),
    "null": (b"null", 422),
    "only spaces": (b"    ", 400),
    "4 MB of text": (body({"name": "x" * 4_000_000}), 422),
    "1,000 unknown members": (b"{" + b",".join(b'"%d":0' % n for n in range(1000)) + b"}", 422),
    "150,000 members": (b"{" + b",".join(b'"%d":0' % n for n in range(150_000)) + b"}", 400),
}


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_is_no_good_is_refused(desk: Desk, case: str, method: str) -> None:
    sent, status = BODIES[case]
    target = "/desk/topics"
    if method == "PUT":
        target += "/" + desk.client.post("/desk/topics", json=GOOD).json()["id"]
    before = contents(desk)

    answer = ask(desk, method, target, sent, 'If-Match: "1"')

    assert answer.status == status, answer.body
    assert answer.problem["detail"]
    assert contents(desk) == before


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (["Content-Type: text/plain"], 415),
        (["Content-Type: application/json; charset=latin-1"], 415),
        (["Content-Type: multipart/form-data; boundary=x"], 415),
        (["Content-Type: application/x-www-form-urlencoded"], 415),
        ([], 415),
        (["Content-Type: application/json", "Content-Encoding: gzip"], 415),
        (["Content-Type: application/json", "Content-Type: text/plain"], 400),
        (["Content-Type: application/json", "Idempotency-Key: " + "x" * 300], 422),
        (["Content-Type: application/json", "Idempotency-Key: a", "Idempotency-Key: b"], 400),
        (["Content-Type: application/json", "X-Large: " + "x" * 200_000], 431),
        (["Content-Type: application/json", *(f"X-{n}: {'y' * 200}" for n in range(1000))], 431),
        (["Content-Type: application/json", "Host: evil.example"], 400),
    ],
    ids=lambda value: str(value)[:60],
)
def test_headers_that_are_no_good_are_refused(desk: Desk, fields: list[str], status: int) -> None:
    before = contents(desk)

    with soon():
        answer = desk.get(
            "/desk/topics", desk.authorization, *fields,
            f"Content-Length: {len(body(GOOD))}", method="POST", body=body(GOOD),
        )  # fmt: skip

    assert answer.status == status, answer.body
    assert answer.problem
    assert contents(desk) == before
    assert still_serves(desk)


@pytest.mark.parametrize("target", ["/desk/topics", "/v1/articles"])
def test_a_body_of_50_megabytes_is_refused_before_it_is_read(desk: Desk, target: str) -> None:
    fields = [desk.authorization, "Content-Type: application/json", f"Content-Length: {50_000_000}"]
    with soon(), desk.connect() as connection:
        connection.sendall(head("POST", target, *fields) + b'{"name": "' + b"x" * 100_000)
        answer = serving.read_answer(connection)

    assert answer.status == 413
    assert answer.problem
    assert still_serves(desk)


@pytest.mark.parametrize("target", ["/desk/topics", "/v1/articles"])
def test_a_chunked_body_without_end_is_refused(desk: Desk, target: str) -> None:
    fields = [desk.authorization, "Content-Type: application/json", "Transfer-Encoding: chunked"]
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with desk.connect() as connection:
        connection.sendall(head("POST", target, *fields))
        with suppress(OSError):  # it hangs up once it has answered
            for _ in range(200):
                connection.sendall(chunk)
        answer = serving.read_answer(connection)

    assert answer.status in (405, 413)
    assert answer.headers["connection"] == "close"
    assert still_serves(desk)


PARAMETERS = [
    ("?unknown=1", "unknown"),
    ("?limit=1&limit=2", "limit"),
    ("?limit=1&limi%74=2", "limit"),
    ("?limit=0", "limit"),
    ("?limit=101", "limit"),
    ("?limit=ten", "limit"),
    ("?limit=1e1", "limit"),
    ("?limit=99999999999999999999999999", "limit"),
    ("?limit=%00", "limit"),
    ("?limit=%ff", "limit"),
    ("?limit=%", "limit"),
    ("?limit", "limit"),
    ("?cursor=%F0%9F%92%A9", "cursor"),
    ("?cursor=" + "A" * 400, "cursor"),
    ("?cursor=AAAA", "cursor"),
    ("?genre=nonsense", "genre"),
    ("?since=yesterday", "since"),
    ("?since=0001-01-01T00:00:00%2B14:00", "since"),
    ("?until=9999-12-31T23:59:59-12:00", "until"),
    ("?section=%00", "section"),
    ("?ids=1", "ids"),
    ("?=1", ""),
    ("?__proto__=1", "__proto__"),
    ("?limit[$gt]=1", "limit[$gt]"),
    ("?where[note_internal][$contains]=x", "where[note_internal][$contains]"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "name"), PARAMETERS)
def test_parameters_that_are_no_good_are_named(desk: Desk, query: str, name: str) -> None:
    answer = ask(desk, "GET", f"/v1/articles{query}")

    assert answer.status == 422, answer.body
    assert name in [fault.get("parameter") for fault in answer.problem["errors"]]


DESK_PARAMETERS = [
    ("?unknown=1", "unknown"),
    ("?limit=1&limit=2", "limit"),
    ("?limit=0", "limit"),
    ("?limit=99999999999999999999", "limit"),
    ("?live=perhaps", "live"),
    ("?section=1", "section"),
    ("?changed_since=yesterday", "changed_since"),
    ("?changed_since=0001-01-01T00:00:00%2B14:00", "changed_since"),
    ("?changed_since=9999-12-31T23:59:59-12:00", "changed_since"),
    ("?changed_since=5", "changed_since"),
    ("?cursor=AAAA", "cursor"),
    ("?q=%00", "q"),
    ("?edition=xx", "edition"),
    ("?stage=published", "stage"),
]


@pytest.mark.parametrize(("query", "name"), DESK_PARAMETERS)
def test_the_desks_parameters_as_well(desk: Desk, query: str, name: str) -> None:
    answer = ask(desk, "GET", f"/desk/articles{query}")

    assert answer.status == 422, answer.body
    assert name in [fault.get("parameter") for fault in answer.problem["errors"]]


@pytest.mark.parametrize(
    "target",
    [
        "/v1/articles/%00", "/v1/articles/%ff", "/v1/articles/%", "/v1/articles/..%2f..%2fetc",
        "/v1/articles/" + "9" * 200, "/v1/articles/x/versions/99999999999999999999999",
        "/v1/pages/%ed%a0%80", "/v1/pages/" + "x/" * 2000, "/v1/archive/9999/12",
        "/v1/archive/0000/00", "/v1/archive/99999999/1", "/v1/sections/%25%32%30",
        "/v1/people/%F0%9F%92%A9", "/v1/collections/a'%20OR%20'1'='1", "/v1/" + "y" * 20_000,
        "/desk/articles/1", "/desk/articles/%00", "/desk/keys/me", "/desk/editions/%2e%2e",
        "/desk/articles/00000000-0000-0000-0000-000000000000/revisions/99999999999999999999",
        "/desk/articles/by-external/%00/1", "/desk/schemas/nothing", "//v1/articles", "/v1//site",
    ],
)  # fmt: skip
def test_addresses_that_are_no_good_are_refused(desk: Desk, target: str) -> None:
    answer = ask(desk, "GET", target)

    assert 400 <= answer.status < 500 or answer.body.startswith(b'{"edition"'), answer.body


def test_there_is_nothing_before_the_first_revision(desk: Desk) -> None:
    article = desk.article()

    answer = ask(desk, "GET", f"/desk/articles/{article.json()['id']}/revisions?below=1")

    assert (answer.status, answer.body) == (200, b'{"items":[],"next":null}')


@pytest.mark.parametrize("system", ["Word%20Press", "-", "%C3%9F", "x" * 61])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_system_that_cannot_be_has_no_articles(desk: Desk, system: str, method: str) -> None:
    content = body({"headline": "Fog", "section_id": desk.section}) if method == "PUT" else b""
    before = contents(desk)

    answer = ask(desk, method, f"/desk/articles/by-external/{system}/1", content)

    assert answer.status == 422
    assert [fault["parameter"] for fault in answer.problem["errors"]] == ["system"]
    assert contents(desk) == before


REQUESTS = {
    "no Host": b"GET /v1/site HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /v1/site HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a space in the path": b"GET /v1/si te HTTP/1.1\r\nHost: a\r\n\r\n",
    "two lengths": b"POST /desk/topics HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
    b"Content-Length: 3\r\n\r\n{}",
    "length and chunks": b"POST /desk/topics HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a signed length": b"POST /desk/topics HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}",
    "a NUL in a header": b"GET /v1/site HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
    "an unknown method": b"BREW /v1/site HTTP/1.1\r\nHost: a\r\n\r\n",
    "a full address": b"CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n",
}


@pytest.mark.parametrize("case", REQUESTS)
def test_requests_that_are_no_good_http_are_refused(desk: Desk, case: str) -> None:
    with soon():
        answer = desk.send(REQUESTS[case])

    assert 400 <= answer.status < 500, answer.body
    assert still_serves(desk)
