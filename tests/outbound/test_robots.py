"""robots.txt, after the examples of RFC 9309."""

import tracemalloc

import pytest

from app.outbound.robots import allows


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent:*\ndisallow:/private # all of it", "/private/x", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: otherbot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Masthead\nDisallow: /b", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Masthead/2.0\nDisallow: /a", "/a", False),
        ("User-agent: a\nUser-agent: masthead\nDisallow: /a", "/a", False),
        ("User-agent: masthead\nDisallow: /a\nUser-agent: masthead\nDisallow: /b", "/b", False),
        ("User-agent: masthead\nDisallow: /a\nUser-agent: masthead\nDisallow: /b", "/a", False),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a=1", True),
        ("User-agent: *\nDisallow: /*/secret", "/a/b/secret/c", False),
        ("User-agent: *\nDisallow: /*?", "/a?b=1", False),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /fish$", "/fish", False),
        ("User-agent: *\nDisallow: /fish$", "/fishing", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9/x", False),
        ("Disallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("<html>Not found</html>", "/a", True),
    ],
)
def test_rules(robots: str, path: str, allowed: bool) -> None:
    assert allows(robots, path) is allowed


def test_a_pattern_of_stars_takes_no_time() -> None:
    robots = "User-agent: *\nDisallow: /" + "*a" * 2_000 + "*b"

    assert allows(robots, "/" + "a" * 4_000)


def test_many_names_and_many_rules_are_not_multiplied() -> None:
    """They were: two gigabytes, and ten seconds in which nothing else was done."""
    names = "".join(f"user-agent: {number}\n" for number in range(5_000))
    rules = "disallow: /x\n" * 5_000

    tracemalloc.start()
    allowed = allows(f"{names}user-agent: *\n{rules}", "/x")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert not allowed
    assert most < 20_000_000
