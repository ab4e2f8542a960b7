"""How a desk request runs, seen from outside: raw requests to the whole program."""

import pytest

from app import tokens
from tests.promises import serving
from tests.web.conftest import read_answer

BEGUN = "Host: a\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n"


@pytest.mark.parametrize("path", ["/desk/people", "/desk/works/resolve"])
@pytest.mark.parametrize(
    "field", ["", "Authorization: Basic eDp5\r\n", "Authorization: Bearer mh_wrong\r\n"]
)
def test_the_body_of_a_stranger_is_not_waited_for(database_url: str, field: str, path: str) -> None:
    with serving.served(database_url) as server, server.connect() as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\n{BEGUN}{field}\r\n{{".encode())
        connection.settimeout(5)

        answer = read_answer(connection)

        assert (answer.status, answer.type) == (401, "unauthenticated")


def test_a_key_that_could_be_one_is_looked_up(database_url: str) -> None:
    with serving.served(database_url) as server:
        field = f"Authorization: Bearer {tokens.make().text}"

        answer = server.get("/desk/people", field, "Content-Length: 0", method="POST")

        assert (answer.status, answer.type) == (401, "unauthenticated")
