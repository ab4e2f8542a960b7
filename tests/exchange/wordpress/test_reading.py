from pathlib import Path

import pytest

from app.errors import Invalid
from app.exchange.wordpress.reading import posts, survey
from app.exchange.wordpress.records import Author, Category, Label, Tag
from tests.exchange.wordpress import wxr


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_file_is_read_with_all_that_posts_refer_to(tmp_path: Path, scheme: str):
    file = wxr.written(
        tmp_path / "site.xml",
        wxr.author("mara", "Mara Tollen"),
        wxr.category("news", "News", about="What happens"),
        wxr.category("port", "The port", parent="news"),
        wxr.tag("fog", "Fog &amp; mist"),
        wxr.post(1, "First", labels=[("category", "port", "The port"), ("post_tag", "fog", "Fog")]),
        wxr.attachment(2, "https://gazette.example/a.jpg", parent=1, caption="A lamp"),
        scheme=scheme,
    )

    found = survey(file)
    [first, second] = posts(file)

    assert (found.title, found.url, found.version) == ("The Tollen Gazette", wxr.SITE, "1.2")
    assert found.authors == {"mara": Author("mara", "Mara Tollen")}
    assert found.categories["port"] == Category("7", "port", "The port", parent="news")
    assert found.categories["news"].description == "What happens"
    assert found.tags == {"fog": Tag("fog", "Fog &amp; mist")}
    assert found.types == {"post": 1, "attachment": 1}
    assert found.attachments["2"].caption == "A lamp"
    assert (first.id, first.title, first.status) == ("1", "First", "publish")
    assert first.labels == (Label("category", "port", "The port"), Label("post_tag", "fog", "Fog"))
    assert second.type == "attachment"


def test_terms_and_authors_that_only_posts_name_are_known_too(tmp_path: Path):
    labels = [("category", "sport", "Sport"), ("post_tag", "oars", "Oars")]
    labels += [("author", "cap-guest-of-ours", "guest-of-ours")]
    file = wxr.written(
        tmp_path / "part.xml",
        wxr.author("mara", "Mara Tollen"),
        wxr.post(1, labels=labels, creator=">mara"),
        wxr.post(2, creator="nobody"),
        wxr.post(3, "Ida Guest", post_type="guest-author", post_name="cap-guest-of-ours"),
    )

    found = survey(file)

    assert found.categories["sport"].name == "Sport"
    assert found.tags["oars"].name == "Oars"
    assert {login: author.name for login, author in found.authors.items()} == {
        "mara": "Mara Tollen", "nobody": "nobody", "guest-of-ours": "Ida Guest",
    }  # fmt: skip


def test_what_posts_have_and_nobody_reads_is_counted(tmp_path: Path):
    labels = [("mood", "calm", "Calm"), ("mood", "dark", "Dark"), ("post_format", "f", "f")]
    meta = {"subtitle": "By the water", "empty": "", "_edit_last": "1", "rank_math_title": "x"}
    file = wxr.written(
        tmp_path / "site.xml",
        wxr.post(1, labels=[*labels, ("category", "news", "News")], meta=meta),
        wxr.post(2, meta={"subtitle": "At dusk"}),
        wxr.post(3, post_type="product", labels=labels, meta=meta),
    )

    found = survey(file)

    assert found.labels == {"mood": 2}
    assert found.fields == {"subtitle": 2}


def test_control_characters_are_left_out(tmp_path: Path):
    file = wxr.written(tmp_path / "dirty.xml", wxr.post(1, "Fog\x0b and\x00 gale", "a\x08b"))

    assert survey(file).control_characters == 3
    assert [(post.title, post.content) for post in posts(file)] == [("Fog and gale", "ab")]


def test_sizes_and_credits_of_files_are_found_in_what_php_wrote(tmp_path: Path):
    measured = (
        'a:5:{s:5:"width";i:1200;s:6:"height";i:800;s:4:"file";s:5:"a.jpg";'
        's:10:"image_meta";a:1:{s:6:"credit";s:10:"Ida Marlow";}}'
    )
    picture = wxr.attachment(
        2, "https://x.example/a.jpg",
        _wp_attachment_metadata=measured, _wp_attachment_image_alt="A lamp",
    )  # fmt: skip
    file = wxr.written(tmp_path / "files.xml", picture)

    one = survey(file).attachments["2"]

    assert (one.width, one.height, one.credit, one.alt) == (1200, 800, "Ida Marlow", "A lamp")


BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
HOSTILE = {
    "a bomb of entities": BOMB + wxr.export("<item><title>&d;</title></item>"),
    "a file of the server": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    + wxr.export(wxr.post(1)),
    "a DTD elsewhere": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + wxr.export(),
    "an unknown entity": wxr.export("<item><title>a&nbsp;b</title></item>"),
    "a page of errors": "<!doctype html><html><body><p>404</body></html>",
    "no XML": "{}",
    "nothing": "",
    "another feed": '<rss version="2.0"><channel><title>x</title></channel></rss>',
    "a download cut off": wxr.export(wxr.post(1))[:-30],
    "a text without end": wxr.export(wxr.post(1, content="x" * 11_000_000)),
    "a nest without end": wxr.export("<a>" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_no_export_is_refused(tmp_path: Path, what: str):
    file = tmp_path / "other.xml"
    file.write_text(HOSTILE[what].replace('<?xml version="1.0" encoding="UTF-8"?>', ""))

    with pytest.raises(Invalid, match=r"other\.xml"):
        survey(file)
