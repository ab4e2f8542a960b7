"""What the lane does with HTTP itself, whatever is asked for."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn

from app import metrics
from app.delivery.reader import Reader
from tests.delivery.shelf import Shelf, an_article, public_app, reading


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[int]:
    """The public side behind a real server; its port."""
    async with Reader(url, connections=2, timeout_ms=2000) as reader:
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            public_app(reader), http="httptools", lifespan="off", log_level="error",
            server_header=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        await task


async def exchange(port: int, request: bytes) -> bytes:
    """Everything that comes back until the server closes, or says nothing for a moment."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = b""
    try:
        while part := await asyncio.wait_for(reader.read(65536), 0.5):
            answer += part
    except TimeoutError:
        pass
    writer.close()
    return answer


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
async def test_one_can_only_read(shelf: Shelf, reader, method: str) -> None:
    story = an_article()
    await shelf.put(story)

    answer = await reader.request(method, f"/v1/articles/{story.id}")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/", "/v1/nothing", "/v1/articles/a/b/c", "/v1/site/", "/v1/people", "/v1//x"],
)
async def test_what_is_no_address_is_a_problem(reader, path: str) -> None:
    for method in ("GET", "POST"):
        answer = await reader.request(method, path)

        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:masthead:problem:not-found"


async def test_any_page_may_ask_with_its_own_headers(reader) -> None:
    answer = await reader.options(
        "/v1/articles",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
    )

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("address", ["/v1/site", "/v1/nothing", "/v1/articles?x=1"])
async def test_scripts_of_other_sites_can_read_answers_and_problems(reader, address: str) -> None:
    answer = await reader.get(address)

    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "X-Request-Id"} <= set(exposed)


async def test_the_long_way_answers_the_same(database_url: str, shelf: Shelf) -> None:
    story = an_article()
    await shelf.put(story)
    addresses = [
        f"/v1/articles/{story.id}", "/v1/articles", "/v1/nothing", "/v1/articles?x=1", "/v1/site?y",
        "/v1/pages/nowhere",
    ]  # fmt: skip

    async with reading(database_url) as quick, reading(database_url, log=True) as logged:
        for address in addresses:
            for method in ("GET", "HEAD", "OPTIONS", "POST"):
                short = await quick.request(method, address, headers={"X-Request-Id": "same"})
                long = await logged.request(method, address, headers={"X-Request-Id": "same"})

                assert short.status_code == long.status_code
                assert sorted(short.headers.multi_items()) == sorted(long.headers.multi_items())
                assert short.content == long.content


async def test_a_request_has_the_name_that_its_sender_gave_it(reader) -> None:
    named = await reader.get("/v1/nothing", headers={"X-Request-Id": "abc-1.2_3"})
    misnamed = await reader.get("/v1/nothing", headers={"X-Request-Id": "<script>"})

    assert named.headers["x-request-id"] == named.json()["request_id"] == "abc-1.2_3"
    assert misnamed.headers["x-request-id"] == misnamed.json()["request_id"] != "<script>"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 413),
        ({"headers": {"X-Large": "x" * 200_000}}, 431),
        ({"headers": {"Host": "a b"}}, 400),
        ({"params": {"url": "/" + "x" * 9000}}, 414),
    ],
)
async def test_what_is_unusual_is_refused_as_everywhere(reader, change: dict, status: int) -> None:
    answer = await reader.request("GET", "/v1/resolve", **change)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_every_answer_is_counted(shelf: Shelf, reader) -> None:
    def counted() -> float:
        lines = metrics.exposition().decode().splitlines()
        name = 'masthead_http_request_seconds_count{method="GET",side="delivery",status="2xx"}'
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    await reader.get("/v1/site")
    await asyncio.sleep(1.2)
    before = counted()

    for _ in range(3):
        await reader.get("/v1/site")
    await asyncio.sleep(1.2)

    assert counted() == before + 3


async def test_other_addresses_are_not_its_own(reader) -> None:
    answer = await reader.get("/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["paths"]


async def test_over_the_wire_head_and_304_and_204_have_no_body(
    database_url: str, shelf: Shelf
) -> None:
    story = an_article(path="/اخبار/بندر")
    await shelf.put(story)

    async with serving(database_url) as port:
        wanted = [
            b"GET /v1/articles/%b HTTP/1.1\r\nHost: a\r\n\r\n" % str(story.id).encode(),
            b"HEAD /v1/articles/%b HTTP/1.1\r\nHost: a\r\n\r\n" % str(story.id).encode(),
            b'GET /v1/articles/%b HTTP/1.1\r\nHost: a\r\nIf-None-Match: "%b"\r\n\r\n'
            % (str(story.id).encode(), story.views.etag.encode()),
            b"OPTIONS /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n",
            b"HEAD /v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /v1/pages/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/%D8%A8%D9%86%D8%AF%D8%B1 HTTP/1.1\r\n"
            b"Host: a\r\n\r\n",
        ]
        # All on one connection: a body too many would be read as the next answer.
        answer = await exchange(port, b"".join(wanted))

    statuses = re.findall(rb"HTTP/1\.1 ([0-9]{3})", answer)
    assert statuses == [b"200", b"200", b"304", b"204", b"404", b"200"]
    assert answer.count(story.views.full) == 2
    assert b"transfer-encoding" not in answer


async def test_over_the_wire_strange_requests_get_answers(database_url: str, shelf: Shelf) -> None:
    async with serving(database_url) as port:
        for request, status in (
            (b"GET /v1/site HTTP/1.1\r\n\r\n", b"400"),
            (b"GET /v1/site HTTP/1.0\r\n\r\n", b"200"),
            (b"GET /v1/site HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
            (b"GET /v1/pages/%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
            (b"GET /v1/pages/a%00b HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
            (b"GET /v1/articles?since=%FF HTTP/1.1\r\nHost: a\r\n\r\n", b"422"),
            (b"GET /v1/articles?limit=%zz HTTP/1.1\r\nHost: a\r\n\r\n", b"422"),
            (b"GET /v1/articles/%2e%2e/site HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
            (b"GET /v1/site HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", b"413"),
            (b"GET http://other.example/v1/site HTTP/1.1\r\nHost: a\r\n\r\n", b"200"),
        ):
            answer = await exchange(port, request)

            assert answer[9:12] == status, (request, answer)
