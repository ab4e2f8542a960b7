"""The shortcodes of WordPress for pictures, players and things of other sites, as HTML."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape, unescape

from app.editing import media_types
from app.editing.body import embeds
from app.exchange.wordpress.library import AUDIO, PICTURE, PLAYABLE, Library
from app.exchange.wordpress.records import Attachment
from app.exchange.wordpress.shortcodes import Shortcode, split

DEEPEST = 4


@dataclass
class Setting:
    """Where a shortcode stands: in which post, beside which files. `notes` say what was lost."""

    post_id: str
    library: Library
    notes: list[str] = field(default_factory=list)


def expanded(text: str, setting: Setting, *, depth: int = 0) -> str:
    """The text with its shortcodes replaced by what WordPress would show. Others stay."""
    if "[" not in text or depth > DEEPEST:
        return text
    return "".join(
        part if isinstance(part, str) else KNOWN[part.name](part, setting, depth)
        for part in split(text, KNOWN)
    )


def captioned(code: Shortcode, setting: Setting, depth: int) -> str:
    content = expanded(code.content or "", setting, depth=depth + 1)
    caption = unescape(code.attributes.get("caption", ""))
    if not caption:
        picture = _PICTURE.match(content)
        content, caption = (picture[0], content[picture.end() :]) if picture else (content, "")
    return f"<figure>{content}<figcaption>{caption.strip()}</figcaption></figure>"


def gallery(code: Shortcode, setting: Setting, depth: int) -> str:
    pictures = _chosen(code, setting, PICTURE)
    if not pictures:
        setting.notes.append("a gallery names no picture of this file")
        return ""
    shown = (_figure(_img(one), one.caption) for one in pictures)
    return f'\n\n<figure class="wp-block-gallery">{"".join(shown)}</figure>\n\n'


def playlist(code: Shortcode, setting: Setting, depth: int) -> str:
    kind = "video" if code.attributes.get("type") == "video" else "audio"
    tracks = [
        one
        for one in _chosen(code, setting, PLAYABLE)
        if (kind == "audio") == bool(AUDIO.search(one.url))
    ]
    if not tracks:
        setting.notes.append("a playlist names no file of this export")
    return "".join(_figure(_player(kind, [one.url], title=one.title), one.caption)
                   for one in tracks)  # fmt: skip


def player(code: Shortcode, setting: Setting, depth: int) -> str:
    attributes = code.attributes
    urls = [attributes[key] for key in ("src", *_ENDINGS[code.name]) if attributes.get(key)]
    urls += [value.partition("|")[0] for value in code.values]
    if not urls:
        attached = setting.library.of_post(setting.post_id, PLAYABLE)
        urls = [
            one.url for one in attached if (code.name == "audio") == bool(AUDIO.search(one.url))
        ][:1]
    playable = [url for url in urls if media_types.playable(url)]
    if playable:
        title = attributes.get("title", "")
        return _player(code.name, playable, title=title, poster=attributes.get("poster", ""))
    if urls:
        return embedded(urls[0])
    setting.notes.append(f"[{code.name}] names no file of this export")
    return ""


def embed(code: Shortcode, setting: Setting, depth: int) -> str:
    return _link((code.content or "").strip() or code.attributes.get("src", ""), code, setting)


def provider_link(code: Shortcode, setting: Setting, depth: int) -> str:
    """[youtube …] and the like: an address, or the number that the provider gave it."""
    given = [code.attributes[key] for key in ("url", "src", "id", "v") if key in code.attributes]
    value = next((one for one in [*given, *code.values, code.content or ""] if one.strip()), "")
    value = unescape(value).strip()
    if value and not value.startswith(("http:", "https:", "//")):
        value = _ADDRESSES[code.name].format(value)
    return _link(value, code, setting)


def listing(code: Shortcode, setting: Setting, depth: int) -> str:
    if code.content is None:
        return escape(code.source)
    language = code.attributes.get("language") or code.attributes.get("lang", "")
    named = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{named}>{escape(unescape(code.content))}</code></pre>"


def embedded(url: str) -> str:
    return f'\n\n<figure class="wp-block-embed"><div>{escape(url)}</div></figure>\n\n'


def own_lines(text: str) -> str:
    """The text with each address of a provider we know that fills a line in a paragraph of its
    own: WordPress shows what is there instead."""

    def apart(found: re.Match[str]) -> str:
        known = embeds.provider(unescape(found["url"]))
        return f"\n\n{found['url']}\n\n" if known else found[0]

    return _ADDRESS_LINE.sub(apart, text)


def _link(url: str, code: Shortcode, setting: Setting) -> str:
    if url.startswith(("http:", "https:", "//")):
        return embedded(unescape(url))
    setting.notes.append(f"[{code.name}] names no address, and stays as text")
    return escape(code.source)


def _chosen(code: Shortcode, setting: Setting, kind: re.Pattern[str]) -> list[Attachment]:
    """The files that a gallery or playlist names, or else all that were uploaded to its post."""
    named = code.attributes.get("ids") or code.attributes.get("include")
    if named:
        identities = re.findall(r"\d+", named)
        known = [setting.library.by_id[one] for one in identities if one in setting.library.by_id]
        if missing := [one for one in identities if one not in setting.library.by_id]:
            setting.notes.append(f"files that this export does not hold: {', '.join(missing)}")
        return [one for one in known if kind.search(one.url)]
    post_id = code.attributes.get("id") or setting.post_id
    left_out = set(re.findall(r"\d+", code.attributes.get("exclude", "")))
    return [one for one in setting.library.of_post(post_id, kind) if one.id not in left_out]


def _figure(shown: str, caption: str) -> str:
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"


def _img(one: Attachment) -> str:
    size = f' width="{one.width}" height="{one.height}"' if one.width and one.height else ""
    return f'<img src="{escape(one.url)}" alt="{escape(one.alt)}"{size}>'


def _player(kind: str, urls: Iterable[str], *, title: str = "", poster: str = "") -> str:
    sources = "".join(f'<source src="{escape(unescape(url))}">' for url in dict.fromkeys(urls))
    named = f' title="{escape(unescape(title))}"' if title else ""
    shown = f' poster="{escape(unescape(poster))}"' if poster else ""
    return f"<{kind}{named}{shown}>{sources}</{kind}>"


_PICTURE = re.compile(r"\s*(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"^[ \t]*(?P<url>https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_ENDINGS = {
    "audio": ("mp3", "m4a", "ogg", "oga", "opus", "flac", "wav", "aac"),
    "video": ("mp4", "m4v", "webm", "ogv", "mov"),
}
_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "soundcloud": "https://soundcloud.com/{}",
}

KNOWN: dict[str, Callable[[Shortcode, Setting, int], str]] = {
    "caption": captioned,
    "wp_caption": captioned,
    "gallery": gallery,
    "playlist": playlist,
    "audio": player,
    "video": player,
    "embed": embed,
    "code": listing,
    "sourcecode": listing,
    **dict.fromkeys(_ADDRESSES, provider_link),
}
