"""Words, addresses, moments and HTML as nobody would write them, for feeds that must stand them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import Any

from hypothesis import strategies as st

from app.feeds.bases import Bases
from app.feeds.body_html import cleaned

BASES = Bases("https://www.example.org", "https://api.example.org", "https://media.example.org")

MARKUP = ("<b>bold</b>", "</script ><script>alert(1)</script>", "&amp;", "]]>", "<", "&")
"""What is no text any more, where somebody forgets to escape it."""

AWKWARD = (
    "<![CDATA[", "&#0;", "&nbsp;", "\0", "\x0b", "\x1f", "\x7f", "\x85", "\ufeff", "\ufffe",
    "\uffff", "\U0001ffff", "\u2028", "\u200f", "\u202e", "خبرهای بندر", "می‌رود", "חדשות",
    "港口新闻", "e\u0301", "👩\u200d👩\u200d👧", "🇫🇷", "\r\n", "\t", "  ", "'\"", "--", "{{x}}",
    "%s", "\\", "\\u0041", "…", "a" * 300, "لا" * 400,
)  # fmt: skip
"""What is not allowed in XML, runs the other way, or is longer than anyone expects."""

LANGUAGES = ("en", "fa", "fr-CA", "zh-Hans", "sr-Latn-RS")


def texts(most: int = 3) -> st.SearchStrategy[str]:
    """Any Unicode, with what is awkward in it more often than not."""
    pieces = st.sampled_from(MARKUP) | st.sampled_from(AWKWARD) | st.text(max_size=6)
    return st.lists(pieces, max_size=most).map("".join)


def titles() -> st.SearchStrategy[str]:
    """The same with something that can be seen in it."""
    return st.tuples(texts(3), st.sampled_from("aéسк港"), texts(3)).map("".join)


def very_long() -> st.SearchStrategy[str]:
    return st.tuples(titles(), st.integers(1, 40)).map(lambda both: " ".join([both[0]] * both[1]))


def uuids() -> st.SearchStrategy[str]:
    return st.uuids(version=4).map(str)


def uids() -> st.SearchStrategy[str]:
    """Ours, or what an older system called its articles."""
    earlier = st.integers(1, 10**6).map(lambda number: f"https://old.example.org/?p={number}&a=é")
    return uuids().map(lambda identity: f"urn:uuid:{identity}") | earlier


def urls(*, base: str = BASES.web, end: str = "") -> st.SearchStrategy[str]:
    """Absolute, as documents have them: percent-encoded, some with a query."""
    paths = st.sampled_from(
        ["/news/fog", "/%D8%A8%D9%86%D8%AF%D8%B1/x", "/a%20b", "/~x/(y)", "/it's"]
    )
    queries = st.sampled_from(["", "?a=1&b=2", "?q=%3Cb%3E", "?x=1&&y"])
    return st.tuples(paths, queries).map(lambda both: f"{base}{both[0]}{end}{both[1]}")


def moments() -> st.SearchStrategy[datetime]:
    """In any zone, with microseconds."""
    zones = st.integers(-12 * 60, 14 * 60).map(lambda each: timezone(timedelta(minutes=each)))
    return st.datetimes(datetime(1971, 1, 1), datetime(2150, 1, 1), timezones=zones | st.just(UTC))  # noqa: DTZ001


def html() -> st.SearchStrategy[str]:
    """Bodies, well-formed or not, as they come out of cleaning."""
    words = texts(2).map(escape)
    parts = (
        words.map(lambda text: f"<p>{text}</p>")
        | words
        | st.sampled_from(
            [
                "<h2>A & B</h2>",
                '<a href="/x?a=1&b=2">x</a>',
                '<img src="/media/p.jpg" alt="A">',
                "<p onclick=x>y",
                "<script>x</script>",
                '<a href="javascript:x">x</a>',
                "<br><hr>",
                '<blockquote cite="/q"><p>«»</p></blockquote>',
                "<table><tr><td colspan=2>1</table>",
                '<p dir="rtl" lang="fa">سلام</p>',
                "<svg><path/></svg>",
                "]]>",
                "<!-- c -->",
            ]
        )
    )
    page = f"{BASES.web}/page"
    return st.lists(parts, min_size=1, max_size=4).map(
        lambda each: cleaned("\n".join(each), BASES, page=page)
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples(
    strategy: st.SearchStrategy[Any], most: int, *, least: int = 0
) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def made(
    kind: Callable[..., Any], /, **strategies: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.builds(kind, **strategies)
