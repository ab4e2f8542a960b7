import pytest

from app.web import caching
from app.web.caching import OVERFLOW, Policy, tag_headers

KINDS = {name: value for name, value in vars(caching).items() if isinstance(value, Policy)}


def test_a_lost_purge_heals_within_a_minute():
    for name, policy in KINDS.items():
        assert policy.shared + policy.stale_while_revalidate <= 60, name


def test_a_missing_page_is_asked_for_again_at_once():
    assert caching.MISSING.cache_control == "public, max-age=0, s-maxage=5"


def test_what_is_private_is_never_stored():
    assert caching.PRIVATE.cache_control == "private, no-store"


def test_every_part_is_written():
    policy = Policy(browser=1, shared=2, stale_while_revalidate=3, stale_if_error=4, immutable=True)

    assert policy.cache_control == (
        "public, max-age=1, s-maxage=2, stale-while-revalidate=3, stale-if-error=4, immutable"
    )


def test_tags_are_written_for_every_kind_of_cache():
    assert tag_headers(["article:1", "section:2", "article:1"]) == {
        "Surrogate-Key": "article:1 section:2",
        "Cache-Tag": "article:1,section:2",
        "xkey": "article:1 section:2",
    }
    assert tag_headers(["a"], names=["xkey"]) == {"xkey": "a"}
    assert tag_headers([]) == {}


@pytest.mark.parametrize("tag", ["", "a b", "a,b", "a\r\nX: y", "é", "a" * 201])
def test_a_tag_that_no_header_can_carry_is_a_fault_of_ours(tag):
    with pytest.raises(ValueError, match="cache tag"):
        tag_headers([tag])


@pytest.mark.parametrize("count", [150, 179, 180, 200, 1000])
def test_too_many_tags_end_in_one_that_every_purge_names(count):
    tags = [f"article:{number:033d}" for number in range(count)]

    written = tag_headers(tags)["Cache-Tag"]

    assert len(written) <= caching.LONGEST_TAGS
    kept = written.split(",")
    assert kept == tags or (kept[-1] == OVERFLOW and kept[:-1] == tags[: len(kept) - 1])
    assert (kept == tags) == (count < 179)
