"""`masthead openapi`."""

import json

from tests.cli.programs import Place


def test_both_documents_are_those_of_a_server(place: Place):
    server = place.serve("--no-worker")
    assert server.worker() == []

    for words, path in [
        (["openapi"], "/openapi.json"),
        (["openapi", "delivery"], "/openapi.json"),
        (["openapi", "desk"], "/desk/openapi.json"),
    ]:
        assert json.loads(place.run(*words).stdout) == server.get(path).json()


def test_it_needs_no_database(bare: Place):
    printed = bare.run("openapi", "desk", MASTHEAD_DATABASE_URL="postgresql://127.0.0.1:1/none")

    assert json.loads(printed.stdout)["openapi"].startswith("3.1")
