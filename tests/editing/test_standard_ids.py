"""Numbers that others give out: one spelling each, and nothing that only looks like one."""

import pytest

from app.published import standard_ids as ids


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        (ids.issn, "2049-3630", "2049-3630"),
        (ids.issn, " 2434 561x ", "2434-561X"),
        (ids.issn, "2049\u20113630", "2049-3630"),
        (ids.issn, "2049-3631", None),
        (ids.issn, "X049-3630", None),
        (ids.issn, "２０４９-3630", None),
        (ids.isbn, "0-306-40615-2", "9780306406157"),
        (ids.isbn, "978 0 306 40615 7", "9780306406157"),
        (ids.isbn, "0-8044-2957-X", "9780804429573"),
        (ids.isbn, "979-10-90636-07-1", "9791090636071"),
        (ids.isbn, "0-306-40615-3", None),
        (ids.isbn, "9780306406158", None),
        (ids.isbn, "1234567890128", None),
        (ids.isbn, "", None),
        (ids.doi, "10.5555/AbC", "10.5555/abc"),
        (ids.doi, "https://dx.doi.org/10.5555.1/a(b)<c>", "10.5555.1/a(b)<c>"),
        (ids.doi, "doi:10.5555/a", "10.5555/a"),
        (ids.doi, "10.5555/", None),
        (ids.doi, "10.5555/a b", None),
        (ids.doi, "10.55/a", None),
        (ids.doi, "http://a.example/10.5555/a", None),
        (ids.ecli, "ecli:nl:hr:2014:1681", "ECLI:NL:HR:2014:1681"),
        (ids.ecli, "ECLI:NL:HR:14:1681", None),
        (ids.pmid, "31452104", "31452104"),
        (ids.pmid, "PMC31452104", None),
        (ids.arxiv, "arXiv:2101.00001v3", "2101.00001"),
        (ids.arxiv, "math.GT/0309136", "math.gt/0309136"),
        (ids.arxiv, "2101", None),
        (ids.wikidata, "q42", "Q42"),
        (ids.wikidata, "http://www.wikidata.org/entity/Q42", "Q42"),
        (ids.wikidata, "Q042", None),
        (ids.wikidata, "P31", None),
    ],
)
def test_a_number_is_spelled_in_one_way(check, text: str, expected: str | None) -> None:
    assert check(text) == expected


def test_one_wrong_digit_is_noticed() -> None:
    for check, right in ((ids.issn, "20493630"), (ids.isbn, "9780306406157")):
        for place, digit in enumerate(right):
            wrong = right[:place] + str((int(digit) + 1) % 10) + right[place + 1 :]
            assert check(wrong) is None, wrong
