"""What is published is what parsers read, whatever was published, in every format for news."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, note, settings

from app.feeds import items
from app.feeds.feed import Feed
from app.feeds.table import FORMATS
from tests.feeds import documents
from tests.feeds.awkward import BASES
from tests.feeds.checks import atom, digest, json_feed, newsml, ninjs, ninjs1, podcast, rss
from tests.feeds.node import Parse
from tests.feeds.samples import feed_of, feeds

CHECKS: dict[str, Callable[[Feed, bytes], None]] = {
    "rss": rss.check,
    "atom": atom.check,
    "json": json_feed.check,
    "ninjs": ninjs.check,
    "ninjs1": ninjs1.check,
    "newsml": newsml.check,
    "podcast": podcast.check,
    "digest": digest.check,
}
NODE_CHECKS: dict[str, Callable[[Feed, bytes, Parse], None]] = {
    "rss": rss.check_with_node,
    "atom": atom.check_with_node,
    "json": json_feed.check_with_node,
    "podcast": podcast.check_with_node,
}

# A feed takes long to make and longer to shrink: one is for all formats.
some = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
many = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


@some
@given(feed=feeds())
@example(feed=feed_of())
def test_parsers_read_what_was_published(feed: Feed) -> None:
    _check(feed)


@some
@given(feed=feeds())
@example(feed=feed_of())
def test_parsers_of_npm_read_it_too(feed: Feed, parse: Parse) -> None:
    for name, check in NODE_CHECKS.items():
        note(name)
        check(feed, FORMATS[name].render(feed), parse)


@pytest.mark.prove
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", CHECKS)
@many
@given(feed=feeds())
def test_parsers_read_whatever_was_published(name: str, feed: Feed, parse: Parse) -> None:
    document = FORMATS[name].render(feed)

    CHECKS[name](feed, document)
    if name in NODE_CHECKS:
        NODE_CHECKS[name](feed, document, parse)


def _check(feed: Feed) -> None:
    for name, check in CHECKS.items():
        note(name)
        check(feed, FORMATS[name].render(feed))


@some
@given(article=documents.articles())
def test_any_article_can_be_an_item(article: dict[str, Any]) -> None:
    item = items.item(article, None, BASES, full_text=True)

    assert (item.title, item.url) == (article["headline"], article["canonical_url"])
    assert [each.name for each in item.authors] == [each["name"] for each in article["bylines"]]
    assert [each.text for each in item.corrections] == [
        each["text"] for each in article["corrections"]
    ]
    _check(feed_of(item))
