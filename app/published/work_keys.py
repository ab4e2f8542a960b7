"""By what a public work is found: rows of `published.external_ids`, apart from those of articles.

Names of systems that articles have ids in hold no colon.
"""

from app.published import url_keys


def at_url(url: str) -> tuple[str, str]:
    """The address, in the form in which two spellings of it are equal. Raises ValueError for what
    is none."""
    return "work:url", url_keys.key(url)


def named(scheme: str, value: str) -> tuple[str, str]:
    """A name in another scheme, in its one spelling."""
    return f"work:{scheme}", value
