import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.editing import urls
from tests.editing.body.inert import assert_inert_address


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://Example.ORG:443/a b?é#c ", "https://example.org/a%20b?%C3%A9#c"),
        ("https://пример.example/مقاله", "https://xn--e1afmkfd.example/%D9%85%D9%82%D8%A7%D9%84%D9%87"),
        ("/a/../b?x=1#y", "/b?x=1#y"),
        ("/", "/"),
    ],
)  # fmt: skip
def test_addresses_have_one_stored_form(url, stored):
    assert urls.media_url(url) == stored
    assert urls.media_url(stored) == stored


@pytest.mark.parametrize(
    "url",
    ["", "x.html", "#top", "?q", "example.org", "//example.org/x", "/\\example.org", "/..//x",
     "https://", "https://exa mple.org/", "https://user:pass@example.org/", "https://a@b.example",
     "ftp://example.org/x", "javascript:alert(1)", "java\tscript:alert(1)", "data:image/png,x",
     "file:///etc/passwd", "blob:https://example.org/x", "/" + "a" * 5_000],
)  # fmt: skip
def test_other_addresses_are_refused(url):
    for stored in (urls.media_url, urls.link_url, urls.web_url):
        with pytest.raises(urls.Refused):
            stored(url)


def test_links_may_also_lead_to_people():
    assert urls.link_url("mailto:desk@example.org?subject=A b") == (
        "mailto:desk@example.org?subject=A%20b"
    )
    assert urls.link_url("tel:+1 555 0100") == "tel:+1%20555%200100"
    for url in ("mailto:", "tel:"):
        with pytest.raises(urls.Refused):
            urls.link_url(url)
    with pytest.raises(urls.Refused):
        urls.media_url("mailto:desk@example.org")


def test_some_must_be_absolute():
    assert urls.web_url("https://example.org/x") == "https://example.org/x"
    with pytest.raises(urls.Refused, match="absolute"):
        urls.web_url("/x")


def test_fields_say_what_is_wrong():
    class Picture(BaseModel):
        url: urls.MediaUrl

    with pytest.raises(ValidationError, match="It must be http:, https: or root-relative"):
        Picture(url="javascript:alert(1)")


@given(st.text() | st.text("/\\.:@?# \t\njavscriptdhoe", max_size=20).map(lambda t: f"/{t}"))
@example("/\t/evil.example")
@example("/.//evil.example")
@example("/\\/evil.example")
@example("/x/..\\\\evil.example")
def test_whatever_is_taken_is_harmless_and_stays_as_it_is(url):
    try:
        stored = urls.link_url(url)
    except urls.Refused:
        return

    assert_inert_address(stored)
    assert urls.link_url(stored) == stored
