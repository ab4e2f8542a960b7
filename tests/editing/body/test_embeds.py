import pytest

from app.editing import media_types
from app.editing.body import embeds
from tests.editing.body.inert import FRAMES, assert_inert
from tests.editing.body.payloads import ATTACKS


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://www.youtube.com/watch?v=x", "youtube"),
        ("https://m.youtube.com/watch?v=x", "youtube"),
        ("https://youtu.be/x", "youtube"),
        ("https://player.vimeo.com/video/1", "vimeo"),
        ("https://podcasts.apple.com/x", "apple-podcasts"),
        ("https://www.google.com/maps/embed?pb=x", "google-maps"),
        ("https://www.google.com/search", None),
        ("https://notyoutube.com/x", None),
        ("https://youtube.com.evil.example/x", None),
        ("https://example.org/youtube.com", None),
    ],
)
def test_providers_are_recognised_by_their_hosts(url, provider):
    assert embeds.provider(url) == provider


@pytest.mark.parametrize(
    ("player", "page"),
    [
        ("https://www.youtube-nocookie.com/embed/aaaabbbbccc?start=1",
         "https://www.youtube.com/watch?v=aaaabbbbccc"),
        ("https://player.vimeo.com/video/123", "https://vimeo.com/123"),
        ("https://open.spotify.com/embed/episode/abc", "https://open.spotify.com/episode/abc"),
        ("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2F1",
         "https://www.facebook.com/x/1"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b",
         "https://soundcloud.com/a/b"),
        ("https://charts.example.org/1", "https://charts.example.org/1"),
    ],
)  # fmt: skip
def test_players_lead_to_their_pages(player, page):
    assert embeds.page_url(player) == page


def test_html_of_a_provider_is_kept_but_for_its_script():
    html = (
        '<blockquote class="twitter-tweet" data-dnt="true" onclick="x"><p lang="en">a</p>'
        '<a href="https://x.com/a/status/1">b</a></blockquote><script src="//x.com/w.js"></script>'
    )

    assert embeds.cleaned(html) == embeds.EmbedHtml(
        '<blockquote class="twitter-tweet" data-dnt="true"><p lang="en">a</p>'
        '<a href="https://x.com/a/status/1">b</a></blockquote>',
        lost_script=True,
    )


def test_frames_of_nothing_go():
    html = (
        "<iframe src=//example.org/x></iframe><iframe src=javascript:x></iframe><iframe></iframe>"
    )

    assert embeds.cleaned(html).html == '<iframe src="https://example.org/x"></iframe>'
    assert embeds.cleaned("<iframe src='https://a.example'><b></iframe>x").html == (
        '<iframe src="https://a.example/"></iframe>x'
    )
    assert embeds.cleaned("<iframe srcdoc='<script>'></iframe>").html is None


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack):
    html = embeds.cleaned(attack).html or ""

    assert_inert(html, tags=FRAMES)
    assert (embeds.cleaned(html).html or "") == html


@pytest.mark.parametrize(
    "text", ["http://[your-server-ip]/admin", "https://example.com：8080/x.mp4", "//[x", "", "a b"]
)
def test_what_is_no_address_belongs_to_nobody(text):
    assert embeds.provider(text) is None
    assert embeds.page_url(text) == text
    assert media_types.playable(text) is None


def test_only_the_end_of_a_host_tells_whose_it_is():
    assert embeds.provider(f"https://{'a.' * 1_000}youtube.com/x") == "youtube"
