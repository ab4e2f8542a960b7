"""A database that is away is answered 503, with when to come back; and it needs no restart."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.promises import serving
from tests.promises.serving import Desk
from tests.promises.severing import Way, way_to

RECOVERY_SECONDS = 15


@pytest.fixture
def way(database_url: str) -> Iterator[Way]:
    with way_to(database_url) as opened:
        yield opened


@pytest.fixture
def desk(way: Way) -> Iterator[Desk]:
    with serving.opened(way.url) as opened:
        yield opened


def reads(desk: Desk) -> list[str]:
    live = desk.published()
    path, article_id = live.json()["live"]["path"], live.json()["id"]
    return [
        "/v1/site", "/v1/sections", "/v1/articles", f"/v1/articles/{article_id}",
        f"/v1/articles/{article_id}/versions", f"/v1/pages{path}", f"/v1/resolve?url={path}",
        "/v1/articles?genre=news,opinion&has_video=false", "/v1/archive/2026/11",
        "/desk/articles", f"/desk/articles/{article_id}", "/desk/site",
    ]  # fmt: skip


def is_told_to_come_back(answer: httpx.Response) -> bool:
    return (
        answer.status_code == 503
        and answer.json()["type"] == "urn:masthead:problem:unavailable"
        and int(answer.headers["Retry-After"]) > 0
        and "no-store" in answer.headers["Cache-Control"]
    )


def recovers(desk: Desk, ask: Callable[[], httpx.Response]) -> bool:
    end = time.monotonic() + RECOVERY_SECONDS
    while (answer := ask()).status_code == 503 and time.monotonic() < end:
        time.sleep(0.1)
    return answer.is_success


def test_everything_is_503_while_it_is_away_and_comes_back_by_itself(desk: Desk, way: Way) -> None:
    addresses = reads(desk)
    assert all(desk.client.get(address).status_code == 200 for address in addresses)
    topic = {"name": "Ferries"}

    way.cut()
    for address in addresses:
        answer = desk.client.get(address)
        assert is_told_to_come_back(answer), (address, answer.text)
    key = {"Idempotency-Key": str(uuid4())}
    assert is_told_to_come_back(desk.client.post("/desk/topics", json=topic, headers=key))
    assert desk.client.get("/healthz").status_code == 200, "the process itself is well"

    way.open()
    for address in addresses:
        assert recovers(desk, lambda address=address: desk.client.get(address)), address  # type: ignore[misc]
    again = desk.client.post("/desk/topics", json=topic, headers=key)
    assert again.status_code == 201
    assert len(desk.client.get("/desk/topics").json()["items"]) == 1


def test_connections_that_the_server_ends_are_replaced(desk: Desk, database_url: str) -> None:
    addresses = reads(desk)

    with psycopg.connect(database_url, autocommit=True) as connection:
        for _ in range(3):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for address in addresses:
                answer = desk.client.get(address)
                assert answer.status_code == 200 or is_told_to_come_back(answer), answer.text
            for address in addresses:
                assert recovers(
                    desk,
                    lambda address=address: desk.client.get(address),  # type: ignore[misc]
                )


def test_a_start_without_a_database_waits_for_it(way: Way, desk: Desk) -> None:
    live = desk.published().json()
    way.cut()

    with serving.served(way.url) as server:
        address = f"http://127.0.0.1:{server.port}/v1/articles/{live['id']}"
        assert is_told_to_come_back(httpx.get(address))
        way.open()
        assert recovers(desk, lambda: httpx.get(address))


@pytest.mark.parametrize(
    "rounds", [3, pytest.param(60, marks=[pytest.mark.prove, pytest.mark.timeout(900)])]
)
def test_cut_off_in_the_middle_nothing_is_half_done(desk: Desk, way: Way, rounds: int) -> None:
    """Writers and readers go on while the way is cut and opened again."""
    live = desk.published().json()
    statuses: Counter[int] = Counter()
    unexpected: list[str] = []
    acknowledged: list[str] = []
    stop = threading.Event()

    def note(answer: httpx.Response) -> None:
        statuses[answer.status_code] += 1
        if not answer.is_success and not is_told_to_come_back(answer):
            unexpected.append(f"{answer.status_code} {answer.text}")

    def read(client: httpx.Client) -> None:
        while not stop.is_set():
            note(client.get(f"/v1/articles/{live['id']}"))
            note(client.get("/v1/articles"))

    def write(client: httpx.Client) -> None:
        while not stop.is_set():
            content = {"headline": f"Fog {uuid4()}", "section_id": desk.section,
                       "body_markdown": "Fog."}  # fmt: skip
            made = client.post("/desk/articles", json=content)
            note(made)
            if made.is_success:
                article_id = made.json()["id"]
                answer = client.post(
                    f"/desk/articles/{article_id}/publish", headers={"If-Match": '"1"'}
                )
                note(answer)
                if answer.is_success:
                    acknowledged.append(article_id)

    with ExitStack() as stack:
        threads = []
        for work in (read, write, write):
            client = stack.enter_context(
                httpx.Client(
                    base_url=f"http://127.0.0.1:{desk.port}",
                    headers={"Authorization": f"Bearer {desk.key}"},
                    timeout=30,
                )
            )
            threads.append(threading.Thread(target=work, args=[client]))
            threads[-1].start()
        for number in range(rounds):
            time.sleep(0.3 + 0.07 * (number % 5))
            way.cut()
            time.sleep(0.2)
            way.open()
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join(timeout=30)

    assert unexpected == []
    assert statuses[503] > 0
    assert recovers(desk, lambda: desk.client.get("/v1/site"))
    for article_id in acknowledged:
        document = desk.client.get(f"/v1/articles/{article_id}")
        assert document.status_code == 200, "what was acknowledged is public"
        assert desk.client.get(f"/v1/pages{document.json()['path']}").json() == document.json()
