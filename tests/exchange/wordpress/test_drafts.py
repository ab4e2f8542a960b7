from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from app.exchange.wordpress.drafts import Draft, Places, draft
from app.exchange.wordpress.library import Library
from app.exchange.wordpress.records import Attachment, Label, Post

POST = Post(
    id="5", type="post", status="publish", title="The lamp is lit",
    link="https://gazette.example/2019/03/the-lamp/", author="mara", slug="the-lamp",
    date="2019-03-05 12:00:00", date_gmt="2019-03-05 09:00:00", modified_gmt="",
    content="At dusk.", excerpt="", password="", sticky=False, comments_open=True,
    labels=(), meta={},
)  # fmt: skip

SECTIONS = {slug: uuid4() for slug in ("news", "port", "ferries", "uncategorized")}
TOPICS = {f"t{number}": uuid4() for number in range(150)}
PEOPLE = {login: uuid4() for login in ("mara", "ida", "guest")}
LAMP = Attachment("10", "https://gazette.example/lamp.jpg", "", 0, "Lamp", "A lamp", "", "", 9, 6)

PLACES = Places(
    zone=ZoneInfo("Europe/Athens"),
    people=PEOPLE,
    sections=SECTIONS,
    topics=TOPICS,
    depths={"news": 1, "port": 2, "ferries": 3, "uncategorized": 1},
    category_slugs={"71": "news", "72": "port"},
    default_section=SECTIONS["uncategorized"],
    pages_section=None,
    library=Library([LAMP]),
    patterns={},
    system="wordpress",
    citations=True,
)


def drafted(**fields: Any) -> Draft:
    return draft(replace(POST, **fields), PLACES)


def categories(*slugs: str) -> tuple[Label, ...]:
    return tuple(Label("category", slug, slug) for slug in slugs)


def test_a_published_post_keeps_its_date_its_address_and_its_author():
    save = drafted().save

    assert drafted().goal == "live"
    assert save.published_at == datetime(2019, 3, 5, 9, tzinfo=UTC)
    assert (save.path, save.slug, save.updated_at) == ("/2019/03/the-lamp", "the-lamp", None)
    assert [byline.person_id for byline in save.bylines] == [PEOPLE["mara"]]
    assert save.comments.enabled


@pytest.mark.parametrize(
    ("fields", "goal", "reason"),
    [
        ({"status": "draft"}, "draft", None),
        ({"status": "pending"}, "review", None),
        ({"status": "future"}, "draft", "was scheduled: kept as a draft"),
        ({"status": "private"}, "draft", "was private: kept as a draft"),
        ({"password": "s"}, "draft", "was protected by a password: kept as a draft"),
        ({"content": " \n<!--more-->"}, "draft", "has neither text nor picture: kept as a draft"),
    ],
)
def test_what_was_not_public_is_not_published(fields, goal, reason):
    made = drafted(**fields)

    assert (made.goal, made.reason) == (goal, reason)
    assert (made.save.published_at, made.save.path) == (None, None)


def test_a_picture_is_enough_to_be_published():
    made = drafted(content="", meta={"_thumbnail_id": "10"})

    assert made.goal == "live" and made.save.lead and made.save.lead.image
    assert made.save.lead.image.url == LAMP.url


@pytest.mark.parametrize(
    ("gmt", "local", "modified", "published", "updated"),
    [
        ("0000-00-00 00:00:00", "2019-03-05 12:00:00", "", "2019-03-05T10:00:00", None),
        ("", "2019-07-05 12:00:00", "", "2019-07-05T09:00:00", None),
        ("2019-03-05 09:00:00", "", "2019-03-06 08:00:00", "2019-03-05T09:00:00",
         "2019-03-06T08:00:00"),
        ("2019-03-05 09:00:00", "", "2019-03-01 08:00:00", "2019-03-05T09:00:00", None),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", "0000-00-00 00:00:00", None, None),
        ("0000-00-00 00:00:00", "0001-01-01 00:00:00", "", None, None),
    ],
)  # fmt: skip
def test_dates_are_universal_or_those_of_the_edition(gmt, local, modified, published, updated):
    save = drafted(date_gmt=gmt, date=local, modified_gmt=modified).save

    for moment, expected in ((save.published_at, published), (save.updated_at, updated)):
        assert moment == (datetime.fromisoformat(f"{expected}+00:00") if expected else None)


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://gazette.example/2019/03/the-lamp/", "/2019/03/the-lamp"),
        ("https://gazette.example//blog//the-lamp", "/blog/the-lamp"),
        ("https://gazette.example/%da%86%d8%b1%d8%a7%d8%ba/", "/چراغ"),
        ("https://gazette.example/?p=5", None),
        ("https://gazette.example/blog/?p=5", None),
        ("https://gazette.example/blog/?page_id=5&x=1", None),
        ("https://gazette.example/blog/?q=5", "/blog"),
        ("https://gazette.example/%ff%fe/", None),
        ("https://[broken/x", None),
        ("", None),
    ],
)
def test_the_old_permalink_stays_the_path(link, path):
    assert drafted(link=link).save.path == path


def test_an_address_that_others_have_by_now_is_not_kept():
    made = drafted(link="https://gazette.example/people/thea/")

    assert made.save.path is None
    assert any("/people/thea" in note for note in made.notes)


def test_a_percent_encoded_slug_is_readable():
    assert drafted(slug="%da%86%d8%b1%d8%a7%d8%ba").save.slug == "چراغ"


@pytest.mark.parametrize(
    ("slugs", "meta", "expected"),
    [
        ((), {}, ["uncategorized"]),
        (("news",), {}, ["news"]),
        (("news", "ferries", "port"), {}, ["ferries", "news", "port"]),
        (("news", "port"), {"_yoast_wpseo_primary_category": "71"}, ["news", "port"]),
        (("port", "ferries"), {"rank_math_primary_category": "71"}, ["ferries", "port"]),
        (("uncategorized", "news"), {}, ["news", "uncategorized"]),
        (("unheard-of", "news"), {}, ["news"]),
    ],
)
def test_the_primary_section_is_the_one_named_or_the_deepest(slugs, meta, expected):
    save = drafted(labels=categories(*slugs), meta=meta).save

    assert [save.section_id, *save.section_ids] == [SECTIONS[slug] for slug in expected]


def test_more_tags_than_an_article_can_have_are_told():
    made = drafted(labels=tuple(Label("post_tag", slug, slug) for slug in TOPICS))

    assert made.save.topic_ids == list(TOPICS.values())[:100]
    assert made.notes == [
        "has more tags than an article can have: not "
        + ", ".join(f"t{number}" for number in range(100, 150))
    ]


def test_several_authors_are_several_bylines():
    labels = (Label("author", "cap-ida", "ida"), Label("author", "cap-guest", "Somebody"))

    bylines = drafted(labels=labels).save.bylines

    assert [byline.person_id for byline in bylines] == [PEOPLE["ida"], PEOPLE["guest"]]
    assert drafted(author="gone").save.bylines == []


@pytest.mark.parametrize(
    ("title", "content", "headline"),
    [
        ("Fog &amp; <em>mist</em>", "x", "Fog & mist"),
        ("<3 Tollen, a < b", "x", "<3 Tollen, a < b"),
        ("  ", "<h2>At dusk</h2>The lamp.", "At dusk"),
        ("", "word " * 40, "word word word word word word word word word word word…"),
        ("", "", "Untitled (post 5)"),
        ("Long " * 80, "x", ("Long " * 59).strip() + "…"),
    ],
)
def test_a_headline_is_made_of_the_title_or_the_first_words(title, content, headline):
    made = drafted(title=title, content=content)

    assert made.save.headline == headline
    assert bool(made.notes) == (headline.endswith("…") or not title.strip())


def test_an_excerpt_is_the_summary():
    assert drafted(excerpt="The <b>lamp</b> &amp; fog.").save.summary == "The lamp & fog."


def test_the_featured_image_is_the_lead_unless_the_text_shows_it():
    meta = {"_thumbnail_id": "10"}
    above = drafted(meta=meta).save
    inside = drafted(meta=meta, content='<img src="http://gazette.example/lamp-30x20.jpg">').save

    assert above.lead and above.lead.image and above.image is None
    assert (above.lead.image.alt, above.lead.image.width) == ("A lamp", 9)
    assert inside.lead is None and inside.image and inside.image.url == LAMP.url
    assert drafted(meta={"_thumbnail_id": "99"}).notes == [
        "its featured image (file 99) is not in this export"
    ]


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("video", "https://youtu.be/abc", "video"),
        ("video", "only text", "text"),
        ("audio", "[audio src=/a.mp3]", "audio"),
        ("aside", "only text", "text"),
    ],
)
def test_a_post_format_counts_where_the_text_has_it(name, content, format_):
    labels = (Label("post_format", f"post-format-{name}", name),)

    assert drafted(labels=labels, content=content).save.format == format_


def test_what_was_written_for_search_engines_is_kept_but_for_templates():
    meta = {"_yoast_wpseo_title": "%%title%% %%sep%%", "_yoast_wpseo_metadesc": "50% lit"}

    seo = drafted(meta=meta).save.seo

    assert (seo.title, seo.description) == (None, "50% lit")
