"""Things of other sites: whose they are, where they really live, and how they may be shown."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import nh3

from app.editing import urls

PROVIDERS = {
    "youtube": "youtube.com youtu.be youtube-nocookie.com",
    "vimeo": "vimeo.com",
    "dailymotion": "dailymotion.com dai.ly",
    "twitch": "twitch.tv",
    "aparat": "aparat.com",
    "rumble": "rumble.com",
    "odysee": "odysee.com",
    "streamable": "streamable.com",
    "ted": "ted.com",
    "wordpress-tv": "wordpress.tv",
    "videopress": "videopress.com",
    "x": "x.com twitter.com",
    "facebook": "facebook.com fb.watch",
    "instagram": "instagram.com instagr.am",
    "threads": "threads.net threads.com",
    "tiktok": "tiktok.com",
    "bluesky": "bsky.app",
    "reddit": "reddit.com redditmedia.com",
    "telegram": "t.me telegram.org",
    "linkedin": "linkedin.com",
    "pinterest": "pinterest.com pin.it",
    "tumblr": "tumblr.com",
    "vk": "vk.com vkvideo.ru",
    "soundcloud": "soundcloud.com",
    "spotify": "spotify.com",
    "apple-podcasts": "podcasts.apple.com",
    "apple-music": "music.apple.com",
    "mixcloud": "mixcloud.com",
    "acast": "acast.com",
    "audioboom": "audioboom.com",
    "datawrapper": "datawrapper.de dwcdn.net",
    "flourish": "flourish.studio",
    "infogram": "infogram.com",
    "tableau": "public.tableau.com",
    "openstreetmap": "openstreetmap.org",
    "google-maps": "google.com/maps maps.google.com",
    "google-docs": "docs.google.com",
    "documentcloud": "documentcloud.org",
    "scribd": "scribd.com",
    "issuu": "issuu.com",
    "slideshare": "slideshare.net",
    "giphy": "giphy.com",
    "imgur": "imgur.com",
    "flickr": "flickr.com flic.kr",
    "github-gist": "gist.github.com",
    "codepen": "codepen.io",
    "kickstarter": "kickstarter.com",
    "typeform": "typeform.com",
}
MOST_LABELS = 4
"""How much of the end of a host's name can tell whose it is."""

_BY_HOST = {place: provider for provider, places in PROVIDERS.items() for place in places.split()}


@dataclass(frozen=True)
class EmbedHtml:
    """The HTML of an embed without what could act in our page; whether it had scripts."""

    html: str | None
    lost_script: bool


def provider(url: str) -> str | None:
    """The name of the site that `url`, any text, belongs to; None where we do not know it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    first = parts.path.split("/")[1] if "/" in parts.path else ""
    labels = host.split(".")[-MOST_LABELS:]
    for place in (f"{host}/{first}", *(".".join(labels[n:]) for n in range(len(labels) - 1))):
        if place in _BY_HOST:
            return _BY_HOST[place]
    return None


def page_url(url: str) -> str:
    """The address of the page of what a player's address plays; `url` where we know none."""
    known = provider(url)
    if known is None:
        return url
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for name, pattern, template in _PLAYERS:
        if known == name and (found := re.fullmatch(pattern, path)):
            return template.format(*found.groups())
    if known == "facebook" and path.startswith("/plugins/"):
        return parse_qs(parts.query).get("href", [url])[0]
    if known == "soundcloud" and path == "/player":
        inner = parse_qs(parts.query).get("url", [url])[0]
        return url if "api.soundcloud.com" in inner else inner
    return url


def cleaned(html: str) -> EmbedHtml:
    """What a provider gives out to be pasted, reduced to frames, quotations, links and text.

    A provider's script turns such a quotation into its widget; front ends load that script
    themselves once the reader has consented.
    """
    kept = _FRAME.sub(_emptied, _CLEANER.clean(html)).strip()
    return EmbedHtml(kept or None, lost_script="<script" in html.lower())


def _emptied(frame: re.Match[str]) -> str:
    """A frame without what stands inside, "" if it has nothing to show."""
    return f"<iframe{frame[1]}></iframe>" if " src=" in frame[1] else ""


def _stored_value(_: str, attribute: str, value: str) -> str | None:
    if attribute not in _ADDRESSES:
        return value
    try:
        return urls.web_url(f"https:{value}" if value.startswith("//") else value)
    except urls.Refused:
        return None


_ADDRESSES = ("src", "href", "cite", "data-href", "data-instgrm-permalink",
              "data-text-post-permalink")  # fmt: skip
_PLAYERS = (
    ("youtube", r"/(?:embed|v|shorts|live)/([\w-]{6,20})", "https://www.youtube.com/watch?v={0}"),
    ("vimeo", r"/video/(\d+)", "https://vimeo.com/{0}"),
    ("dailymotion", r"/embed/video/(\w+)", "https://www.dailymotion.com/video/{0}"),
    ("aparat", r"/video/video/embed/videohash/(\w+)/vt/frame", "https://www.aparat.com/v/{0}"),
    ("spotify", r"/embed/(\w+)/(\w+)", "https://open.spotify.com/{0}/{1}"),
    ("instagram", r"/(p|reel|tv)/([\w-]+)/embed(?:/captioned)?", "https://www.instagram.com/{0}/{1}/"),
    ("tiktok", r"/embed/(?:v2/)?(\d+)", "https://www.tiktok.com/embed/v2/{0}"),
    ("streamable", r"/[eo]/(\w+)", "https://streamable.com/{0}"),
    ("ted", r"/talks/(\w+)", "https://www.ted.com/talks/{0}"),
)  # fmt: skip

_FRAME = re.compile(r"<iframe([^>]*)>.*?</iframe>", re.DOTALL)
_CLEANER = nh3.Cleaner(
    tags={"iframe", "blockquote", "p", "a", "br", "em", "strong", "span", "time", "div"},
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"class", "lang", "dir"},
        "a": {"href", "title"},
        "time": {"datetime"},
        "blockquote": {
            "cite", "data-instgrm-permalink", "data-instgrm-version", "data-instgrm-captioned",
            "data-video-id", "data-lang", "data-theme", "data-dnt", "data-conversation",
            "data-embed-from", "data-bluesky-uri", "data-bluesky-cid", "data-text-post-permalink",
        },
        "div": {"data-href", "data-width", "data-show-text"},
        "iframe": {
            "src", "width", "height", "title", "allow", "allowfullscreen", "loading", "sandbox",
            "referrerpolicy", "frameborder", "scrolling",
        },
    },
    url_schemes={"https", "http"},
    attribute_filter=_stored_value,
    link_rel=None,
)  # fmt: skip
