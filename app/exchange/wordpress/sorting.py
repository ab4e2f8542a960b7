"""Which items of the file become articles, and why others do not."""

from collections.abc import Container, Iterable, Iterator

import structlog
from pydantic import ValidationError

from app.errors import MastheadError
from app.exchange.reasons import told
from app.exchange.wordpress.drafts import GOALS, Draft, Places, draft
from app.exchange.wordpress.records import Post
from app.exchange.wordpress.report import Item, Report

log = structlog.get_logger()

REASONS = {
    "page": "pages stay away unless asked for (--pages)",
    "attachment": "files are not fetched: posts use their old addresses",
    "nav_menu_item": "menus: front ends have their own navigation",
    "wp_navigation": "menus: front ends have their own navigation",
    "wp_block": "reusable blocks are in the posts that use them",
    "guest-author": "guest authors are imported as people",
    "revision": "old revisions of posts",
    "custom_css": "belongs to the old theme",
    "customize_changeset": "belongs to the old theme",
    "wp_global_styles": "belongs to the old theme",
    "wp_template": "belongs to the old theme",
    "wp_template_part": "belongs to the old theme",
}


def drafts(
    posts: Iterable[Post], places: Places, types: Container[str], report: Report
) -> Iterator[Draft]:
    """The articles to be. What becomes none is reported."""
    seen: set[str] = set()
    for post in posts:
        item = Item(post.type, post.id, post.title or post.slug, "skipped")
        if post.type not in types:
            report.skip(item, REASONS.get(post.type, f"no articles: items of type “{post.type}”"))
        elif post.status not in GOALS:
            report.skip(item, _status_reason(post))
        elif post.id in seen:
            report.skip(item, "an item before it has the same id")
        else:
            seen.add(post.id)
            if made := _drafted(post, places, item, report):
                yield made


def _drafted(post: Post, places: Places, item: Item, report: Report) -> Draft | None:
    try:
        return draft(post, places)
    except (ValidationError, MastheadError) as error:
        report.fail(item, told(error))
    except Exception as error:  # whatever is in one post, the others can be read
        log.exception("post_not_read", post=post.id)
        report.fail(item, told(error))
    return None


def _status_reason(post: Post) -> str:
    if post.status in ("trash", "auto-draft"):
        return f"{post.status}: it was thrown away, or never written"
    return f"status “{post.status}” means nothing here"
