"""Files of sitemaps for themselves: any content, the limits of crawlers, and what they cost."""

from collections.abc import AsyncIterator, Iterator, Sequence
from html import unescape
from xml.etree import ElementTree

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usp.objects.sitemap import InvalidSitemap
from usp.tree import sitemap_from_str

from app import connections
from app.delivery.statements import statement
from app.delivery.wire import session_settings
from app.feeds.places import Row
from app.feeds.sitemaps import files, names, query, writing
from app.feeds.sitemaps.films import file_of
from app.feeds.sitemaps.sitemap import File, News, Showing, Url
from app.feeds.texts import line
from app.published.sitemap_months import window_id
from tests import newsroom as newsrooms
from tests.delivery.test_citation_plans import explained
from tests.feeds.awkward import LANGUAGES, made, maybe, moments, texts, titles, tuples, urls
from tests.feeds.crawling import NAMES, locs
from tests.feeds.samples import films
from tests.newsroom import Newsroom

news = made(
    News, publication=titles(), language=st.sampled_from(LANGUAGES), title=titles(),
    published_at=moments(),
)  # fmt: skip
showings = made(
    Showing, film=films(), title=titles(), description=titles(), published_at=moments(),
    free=st.booleans(), tags=tuples(texts(), 40), category=maybe(texts()),
)  # fmt: skip
pages = made(
    Url, loc=urls(), changed_at=maybe(moments()), images=tuples(urls(), 5), news=maybe(news),
    showing=maybe(showings),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(pages, max_size=3))
def test_any_page_comes_out_as_it_went_in(found: list[Url]) -> None:
    document = writing.urlset(found)

    assert document.startswith(b"<?xml")
    root = ElementTree.fromstring(document)
    assert locs(document) == [page.loc for page in found]
    for element, page in zip(root, found, strict=True):
        loc = element.findall("image:image/image:loc", NAMES)
        assert [each.text for each in loc] == list(page.images)
        told = element.find("news:news", NAMES)
        assert (told is not None) == (page.news is not None)
        if told is not None and page.news is not None:
            assert told.findtext("news:title", None, NAMES) == line(page.news.title)
            name = told.findtext("news:publication/news:name", None, NAMES)
            assert name == line(page.news.publication)
        _check_film(element.find("video:video", NAMES), page.showing)


def _check_film(video: ElementTree.Element | None, showing: Showing | None) -> None:
    complete = showing and showing.film.artwork and file_of(showing.film)
    assert (video is not None) == bool(complete)
    if video is None or showing is None:
        return
    told = {each.tag.rpartition("}")[2]: each.text or "" for each in video}
    assert told["title"] == line(showing.title)
    assert told["thumbnail_loc"] and told["content_loc"]
    assert 0 < len(told["description"]) <= 2_048
    assert 1 <= int(told.get("duration", 1)) <= 28_800
    assert len(video.findall("video:tag", NAMES)) <= 32


@settings(max_examples=50)
@given(st.lists(pages, min_size=1, max_size=3, unique_by=lambda page: page.loc))
def test_crawlers_read_every_page(found: list[Url]) -> None:
    tree = sitemap_from_str(writing.urlset(found).decode())

    assert not isinstance(tree, InvalidSitemap)
    assert [page.url for page in tree.pages] == [page.loc for page in found]
    for read, page in zip(tree.pages, found, strict=True):
        assert (read.news_story is not None) == (page.news is not None)
        if read.news_story and page.news:
            # It takes the text for HTML once more than there is reason to.
            assert read.news_story.title == unescape(line(page.news.title)).strip()
            assert read.news_story.publish_date == page.news.published_at.replace(microsecond=0)
        shown = [image.loc for image in read.images or []]
        assert shown == list(page.images)


def test_an_address_that_is_too_long_for_crawlers_is_left_out() -> None:
    long = "https://www.example.org/" + "x" * 2_024
    document = writing.urlset(
        [Url(loc=long), Url(loc=long[:-1], images=(long, "https://a.example/1"))]
    )
    assert locs(document) == [long[:-1]]
    assert document.count(b"<image:loc>") == 1


def test_a_file_never_has_more_than_crawlers_take() -> None:
    picture = "https://pictures.example/" + "x" * 2_000
    many = tuple(f"{picture}{number}" for number in range(1_100))
    document = writing.urlset([Url(loc=f"https://a.example/{n}", images=many) for n in range(30)])

    assert 30_000_000 < len(document) < 50_000_000
    assert document.count(b"<loc>") == 30
    assert document.partition(b"</url>")[0].count(b"<image:loc>") == 1_000


def test_an_index_names_files_and_their_dates() -> None:
    document = writing.index([File(loc="https://a.example/x.xml?a=1&b=2")])
    tree = ElementTree.fromstring(document)
    assert tree.tag == f"{{{NAMES['s']}}}sitemapindex"
    assert locs(document) == ["https://a.example/x.xml?a=1&b=2"]


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [("en", "en"), ("en-GB", "en"), ("zh-Hans", "zh-cn"), ("zh", "zh-cn"), ("zh-TW", "zh-tw"),
     ("zh-Hant-HK", "zh-tw"), ("fil", "fil")],
)  # fmt: skip
def test_languages_are_as_google_news_has_them(tag: str, wanted: str) -> None:
    assert writing.news_language(tag) == wanted


@given(
    st.sampled_from([*names.MONTHLY, *names.PAGES, names.NEWS]),
    st.integers(1, 99_999),
    st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0")),
)
def test_files_are_found_by_the_names_they_have(kind: str, part: int, month: str) -> None:
    made = names.Wanted(
        "fr", kind, month if kind in names.MONTHLY else None, 1 if kind == names.NEWS else part
    )
    name = made.address.removeprefix("/sitemaps/fr/").removesuffix(".xml")
    assert names.wanted("fr", name) == made


@given(st.text(max_size=30) | st.from_regex(r"(articles|topics|news)-?[0-9-]{0,12}"))
def test_each_file_has_one_name_alone(name: str) -> None:
    found = names.wanted("en", name)
    assert found is None or found.address == f"/sitemaps/en/{name}.xml"


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def test_what_is_too_much_for_one_file_goes_on_in_the_next(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (query, files):
        monkeypatch.setattr(module, "PART", 3)
    monkeypatch.setattr(query, "CHUNK", 2)
    for day in range(1, 8):
        topic = await newsroom.desk.post("/desk/topics", json={"name": f"Topic {day}"})
        await newsroom.published(
            f"Day {day}", published_at=f"2019-03-0{day}T09:00:00Z", topic_ids=[topic.json()["id"]]
        )

    named = locs((await newsroom.reader.get("/sitemap.xml")).content)
    paths = [each.removeprefix("http://127.0.0.1:8000") for each in named]
    of_month = [path for path in paths if "/articles-" in path]
    assert of_month == [f"/sitemaps/en/articles-2019-03{end}.xml" for end in ("", "-2", "-3")]
    assert [path for path in paths if "/topics" in path] == [
        f"/sitemaps/en/topics{end}.xml" for end in ("", "-2", "-3")
    ]
    found = [locs((await newsroom.reader.get(path)).content) for path in of_month]
    assert [len(each) for each in found] == [3, 3, 1]
    assert [loc.rpartition("/")[2] for each in found for loc in each] == [
        f"day-{day}" for day in range(1, 8)
    ]
    assert (await newsroom.reader.get("/sitemaps/en/articles-2019-03-4.xml")).status_code == 404


WINDOW = window_id("en")
FILL = f"""
    INSERT INTO published.documents (id, kind, edition, slug, sort_key, path, status, version, seq,
        etag, modified_at, tags, meta, card, "full")
    SELECT md5(kind || n)::uuid, kind, 'en', CASE kind WHEN 'article' THEN NULL ELSE 's' || n END,
        CASE kind WHEN 'article' THEN NULL ELSE lpad(n::text, 5, '0') END, '/' || n, 200, 1, n, 'x',
        now(), '{{}}', '{{}}', '\\x7b7d', '\\x7b7d'
    FROM generate_series(1, 10000) n, unnest(ARRAY['article', 'topic', 'series']) kind
    WHERE kind = 'article' OR n <= 2000;
    INSERT INTO published.videos (article_id, etag, card, "full", locked)
    SELECT id, 'x', '\\x7b7d', '\\x7b7d', false FROM published.documents WHERE kind = 'article';
    INSERT INTO published.sitemap_months
    SELECT 'en', to_char(timestamptz '2020-01-15' + n * interval '1 month', 'YYYY-MM'),
        md5('month' || n)::uuid FROM generate_series(0, 19) n;
    INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
        format, genre, has_video)
    SELECT md5('article' || n)::uuid, md5('month' || n % 20)::uuid,
        timestamptz '2020-01-01' + n * interval '1 hour', now(), 'en', 'en', 'text', 'news',
        n % 2 = 0 FROM generate_series(1, 10000) n;
    INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
        format, genre, has_video)
    SELECT md5('article' || n)::uuid, md5('topic' || n % 2000 + 1)::uuid, now(), now(), 'en', 'en',
        'text', 'news', false FROM generate_series(1, 10000) n;
    INSERT INTO published.stamps SELECT key, 1, now() FROM published.sitemap_months;
    INSERT INTO published.stamps SELECT id, 1, now() FROM published.documents
        WHERE kind <> 'article';
    INSERT INTO published.documents (id, kind, edition, status, version, seq, etag, modified_at,
        tags, meta, "full")
    VALUES ('{WINDOW}', 'news', 'en', 200, 1, 1, 'x', now(), '{{}}', '{{}}',
        convert_to('{{"since": "2020-03-01T00:00:00+00:00"}}', 'UTF8'));
    ANALYZE published.documents, published.listings, published.videos, published.stamps,
        published.sitemap_months
"""


@pytest.fixture
def filled(database_url: str) -> Iterator[psycopg.Connection]:
    """A session as the reader has it."""
    with psycopg.connect(database_url) as connection:
        connection.execute(FILL.encode())
    options = connections.options(database_url, always=session_settings(60_000))
    with psycopg.connect(database_url, autocommit=True, options=options) as connection:
        connection.prepare_threshold = None
        yield connection


async def test_every_file_is_a_walk_along_indexes(filled: psycopg.Connection) -> None:
    """The chunk that is shown and what is skipped before it, and no sorting, whatever the size."""
    [[key]] = filled.execute("SELECT md5('month7')::uuid::text").fetchall()
    for sql, values, most in (
        (query._CARDS, (key, "200", "100"), 300),
        (query._FILMS, (key, "0", "100"), 100),
        (query._NEWEST, (key, "2020-02-01", "0", "100"), 100),
        (query._MONTHS_SINCE, ("en", "2020-03"), 20),
        (query._LISTED, ("series", "en", "500", "100"), 600),
        (query._NAMED, ("topic", "500", "100"), 600),
        (query._STATE.format(parts=query._PAGES_STATE), ("en", key), 10),
        (query._STATE.format(parts=query._NEWS_STATE), ("en", key), 10),
        (files._MONTHS, ("en",), 15_000),
        (files._NEWS, (WINDOW,), 20),
        (files._KINDS["topics"], ("en",), 2_000),
        (files._KINDS["series"], ("en",), 2_000),
    ):
        plan, _ = explained(filled, statement(sql), *values)
        for node in plan:
            kind, rows = node["Node Type"], node["Actual Rows"] * node["Actual Loops"]
            assert kind not in ("Seq Scan", "Sort", "Incremental Sort"), (sql, node)
            assert "Bitmap" not in kind, (sql, node)
            assert rows <= most + 1, (sql, node)


async def test_it_holds_one_chunk_at_a_time() -> None:
    """Whatever the month has: nobody asks for more rows than that at once."""
    asked: list[tuple[int, int]] = []

    async def read(sql: str, *parameters: str | None) -> Sequence[Row]:
        at, most = int(parameters[1] or ""), int(parameters[2] or "")
        asked.append((at, most))
        return [(b"x",)] * most

    wanted = names.Wanted("en", "articles", "2019-03", 2)
    found = await query._month(read, query._CARDS, wanted, bytes.decode)
    assert found == ["x"] * query.PART
    assert asked == [(at, query.CHUNK) for at in range(query.PART, 2 * query.PART, query.CHUNK)]
