"""schema.org: works, quotations and what they are based on; and nobody who is not named."""

import json

import pytest

from app.published.citations import Citation, Hop, Notice
from app.publishing.bibliography import jsonld
from tests.publishing.bibliography.sample import (
    COURIER,
    FORMER,
    LEDGER,
    QUAY,
    URL,
    VALDO,
    citation,
    courier,
    listed,
    ref,
    statement,
    uuid,
    work,
)


def written(only: list[Citation] | None = None) -> dict:
    return json.loads(jsonld.write(listed(only=only)))


def hop(depth: int, node: str, label: str, **fields) -> Hop:
    return Hop(depth=depth, node=node, label=label, relation="said", identity="named", **fields)


def test_the_article_lists_its_works_and_quotations():
    article = written()

    assert (article["@id"], article["@type"]) == (URL, "NewsArticle")
    assert [each["@type"] for each in article["citation"]] == [
        "NewsArticle", "Report", "NewsArticle", "PodcastEpisode"
    ]  # fmt: skip
    assert article["isBasedOn"] == [{"@id": f"{URL}#work-{LEDGER.id}"}]
    assert [each["text"] for each in article["hasPart"]] == [
        "It was a well-kept secret", "We stopped in 2024"
    ]  # fmt: skip


def test_a_quotation_by_somebody_unnamed_is_of_nobody():
    [quotation, _] = written()["hasPart"]

    assert "creator" not in quotation
    assert "spokenByCharacter" not in quotation
    assert quotation["creditText"] == "a former official"
    assert quotation["isBasedOn"] == {"@id": f"{URL}#work-{LEDGER.id}"}


def test_a_quotation_by_somebody_named_is_theirs():
    [_, quotation] = written()["hasPart"]

    assert quotation["creator"] == {
        "@type": "Person", "name": "Ines Valdo",
        "jobTitle": "Former harbour master, Port of Calder",
    }  # fmt: skip
    assert quotation["dateCreated"] == "2026-11-21"
    assert "isBasedOn" not in quotation


@pytest.mark.parametrize(
    ("node", "kind"),
    [("person", "Person"), ("organisation", "Organization"), ("group", "Organization")],
)
def test_speakers_are_people_or_organisations(node, kind):
    said = statement("direct", "No", "interview", VALDO)
    quoted = citation(1, "quotation", statement=said,
                      chain=[hop(0, node, VALDO.label, speaker_id=VALDO.id)])  # fmt: skip

    [quotation] = written([quoted])["hasPart"]

    assert quotation["creator"]["@type"] == kind


def test_what_is_based_on_what_follows_the_chain():
    bulletin = uuid(60)
    chain = [
        courier("quoted"),
        hop(
            1,
            "work",
            "Harbour Bulletin 7",
            work_id=bulletin,
            notice=Notice(type="retraction", severity="fatal", summary="Withdrawn."),
        ),
        hop(2, "publication", QUAY.name, publication_id=QUAY.id),
        hop(3, "person", VALDO.label, speaker_id=VALDO.id),
    ]
    quoted = citation(1, "quotation", work=ref(LEDGER, COURIER), chain=chain,
                      statement=statement("direct", "No", "press_report", VALDO))  # fmt: skip

    article = written([quoted])

    behind = {
        "@type": "CreativeWork", "@id": f"{URL}#work-{bulletin}", "name": "Harbour Bulletin 7",
        "correction": {"@type": "CorrectionComment", "text": "Withdrawn."},
        "isBasedOn": {
            "@type": "CreativeWork",
            "publisher": {"@type": "Organization", "name": QUAY.name},
        },
    }  # fmt: skip
    assert article["hasPart"][0]["isBasedOn"] == {
        "@id": f"{URL}#work-{LEDGER.id}", "isBasedOn": behind
    }  # fmt: skip
    assert article["citation"][0]["isBasedOn"] == behind


def test_an_outlet_of_which_no_work_is_known_is_what_it_is_based_on():
    outlet = hop(0, "publication", COURIER.name, publication_id=COURIER.id)
    quoted = citation(1, "quotation", chain=[outlet],
                      statement=statement("direct", "No", "press_report", FORMER))  # fmt: skip

    [quotation] = written([quoted])["hasPart"]

    assert quotation["isBasedOn"] == {
        "@type": "CreativeWork", "publisher": {"@type": "Organization", "name": COURIER.name}
    }  # fmt: skip


def test_a_work_tells_its_fate_and_where_it_is_kept():
    ledger = written()["citation"][0]

    assert ledger["archivedAt"] == "https://archive.example/20261121/ledger"
    assert ledger["isAccessibleForFree"] is False
    assert ledger["creativeWorkStatus"] == "corrected"
    assert ledger["correction"] == {
        "@type": "CorrectionComment", "text": "The practice began in 2013.",
        "url": "https://courier.example/corrections/7", "datePublished": "2026-11-21",
    }  # fmt: skip
    assert ledger["publisher"] == {"@type": "NewsMediaOrganization", "name": COURIER.name}


def test_identifiers_of_every_scheme_are_told():
    row = work(1, "court_document", "legal_case", title="A v. B")
    named = ref(row, identifiers=[("doi", "10.5555/1"), ("ecli", "ECLI:EU:C:2014:317")])

    [found] = written([citation(1, "legal", work=named)])["citation"]

    assert [(each["propertyID"], each["value"]) for each in found["identifier"]] == [
        ("DOI", "10.5555/1"), ("ecli", "ECLI:EU:C:2014:317")
    ]  # fmt: skip


def test_a_translation_names_its_original():
    said = statement("direct", "No", "interview", VALDO, language="en", text_original="نه",
                     language_original="fa")  # fmt: skip

    [quotation] = written([citation(1, "quotation", statement=said)])["hasPart"]

    assert quotation["translationOfWork"] == {
        "@type": "Quotation", "text": "نه", "inLanguage": "fa"
    }  # fmt: skip


def test_unnamed_origins_stand_nowhere_as_somebody():
    text = jsonld.write(listed()).decode()

    assert "current and former officials" not in text
    assert text.count("a former official") == 1


def test_it_can_be_put_into_a_page():
    evil = work(1, "report", "report", title="</script><script>alert(1)</script><!-- & \u2028")

    content = jsonld.write(listed(only=[citation(1, "document", work=ref(evil))]))

    assert not set(b"<>&") & set(content)
    assert "\u2028" not in content.decode()
    assert json.loads(content)["citation"][0]["name"] == evil.title
