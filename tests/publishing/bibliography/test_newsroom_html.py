"""The lines as HTML: the same words, with links, and nothing from outside as markup."""

import pytest
from lxml import html

from app.published.citations import Hop, Link, Locator, Source
from app.publishing.bibliography import newsroom_html, newsroom_text
from app.publishing.bibliography.wording.languages import LANGUAGES
from tests.publishing.bibliography.sample import (
    COURIER,
    LEDGER,
    OFFICE,
    citation,
    listed,
    ref,
    statement,
    work,
)

HOP = {"relation": "said", "identity": "named"}
LEDGER_READ = citation(1, "background", work=ref(LEDGER, COURIER))


def elements(only, language: str = "en"):
    return html.fromstring(newsroom_html.write(listed(language, only)).decode())


def test_html_says_the_same_as_the_text():
    for language in LANGUAGES:
        items = elements(None, language)
        lines = newsroom_text.write(listed(language)).decode().splitlines()
        isolates = dict.fromkeys((0x2068, 0x2069))

        assert [item.text_content() for item in items] == [
            text.partition(" ")[2].translate(isolates) for text in lines
        ]


def test_links_know_the_archived_copy_and_lead_to_it_where_the_address_is_dead():
    [live] = elements([LEDGER_READ]).iter("a")
    work_ref = ref(LEDGER, COURIER)
    dead_link = work_ref.link.model_copy(update={"broken": True})
    dead_ref = work_ref.model_copy(update={"link": dead_link})
    [dead] = elements([citation(1, "background", work=dead_ref)]).iter("a")

    archived = "https://archive.example/20261121/ledger"
    assert dict(live.attrib) == {
        "href": LEDGER.url, "data-originalurl": LEDGER.url, "data-versionurl": archived,
        "data-versiondate": "2026-11-21",
    }  # fmt: skip
    assert dict(dead.attrib) == {**live.attrib, "href": archived}


def test_a_link_stands_on_the_outlet_where_there_is_no_title():
    untitled = work(1, "web_page", "webpage", url="https://office.example/")

    [link] = elements([citation(1, "background", work=ref(untitled, OFFICE))]).iter("a")

    assert link.text_content() == OFFICE.name


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//x"])
def test_only_addresses_on_the_web_are_links(url):
    work_ref = ref(LEDGER, COURIER).model_copy(update={"link": Link(url=url, archive_url=url)})

    assert list(elements([citation(1, "background", work=work_ref)]).iter("a")) == []


EVIL = "<img src=x onerror=alert(1)>\"'</li><script>x</script>"


def test_nothing_from_outside_becomes_markup():
    row = work(1, "report", "report", title=EVIL, authors=[{"literal": EVIL}], issued="2026",
               url="https://a.example/\"><script>x</script>", language='"><b>')  # fmt: skip
    source = Source(named=False, label=EVIL, role=EVIL, anonymity_reason=EVIL)
    said = statement("direct", "No", "other", source)
    cited = citation(1, "paraphrase", statement=said, work=ref(row), prefix=EVIL, suffix=EVIL,
                 locator=Locator(label=EVIL, value=EVIL),
                 chain=[Hop(depth=0, node="publication", label=EVIL, **HOP),
                        Hop(depth=1, node="publication", label=EVIL + "2", **HOP)])  # fmt: skip

    found = elements([cited.model_copy(update={"marker": EVIL})])

    assert {element.tag for element in found.iter()} <= {"ol", "li", "bdi", "cite", "a"}
    assert {name for element in found.iter() for name in element.attrib} <= {
        "class", "lang", "dir", "id", "href", "data-originalurl"
    }  # fmt: skip
    assert found.text_content().count(EVIL) == 8
