"""What tests of feeds share: parsers from elsewhere, opened once."""

from collections.abc import Iterator

import pytest

from tests.feeds import node
from tests.feeds.node import Parse


@pytest.fixture(scope="session")
def parse() -> Iterator[Parse]:
    with node.parsers() as parse:
        yield parse
