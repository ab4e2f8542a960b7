"""`masthead import references`, run as users run it."""

import json

import psycopg

from tests.cli.programs import Place

MANY = 230


def record(number: int, title: str = "Audit") -> str:
    return f"TY  - RPRT\nID  - r{number}\nTI  - {title}\nIS  - {number}\nPB  - Office\nER  - \n"


def test_a_long_file_comes_in_with_a_report(place: Place, database_url: str) -> None:
    assert place.run("migrate").returncode == 0
    records = [*map(record, range(MANY)), record(0), "TY  - RPRT\nID  - bare\nER  - \n"]
    (place.directory / "list.ris").write_text("".join(records))
    words = ("import", "references", "list.ris", "--report", "report.json")

    dry = place.run(*words, "--dry-run")
    foretold = json.loads((place.directory / "report.json").read_text())
    assert _count(database_url) == 0
    first = place.run(*words)
    told = json.loads((place.directory / "report.json").read_text())
    again = place.run("import", "references", "list.ris")

    assert [each.returncode for each in (dry, first, again)] == [1, 1, 1], first.stderr
    summary = f"232 entries: {MANY} created, 1 there already, 1 refused"
    assert summary in dry.stdout and summary in first.stdout
    assert "nothing was changed" in dry.stderr
    assert "bare (line" in first.stdout and "1 could not be imported" in first.stderr
    assert f"0 created, {MANY + 1} there already" in again.stdout
    assert foretold["totals"] == told["totals"]
    assert [each["name"] for each in told["publications"]] == ["Office"]
    assert (told["entries"][MANY]["same_as"], foretold["entries"][MANY]["same_as"]) == (
        "line 1", "line 1",
    )  # fmt: skip
    assert {entry["work_id"] for entry in foretold["entries"]} == {None}
    assert _count(database_url) == MANY


def test_what_is_no_file_of_references_is_refused_with_a_word(place: Place) -> None:
    assert place.run("migrate").returncode == 0
    (place.directory / "list.txt").write_text(record(1))
    (place.directory / "list.bib").write_text(record(1))

    for words, told in (
        (("list.txt",), "--format"),
        (("list.txt", "--format", "endnote"), "--format"),
        (("list.bib",), "begin with @"),
        (("list.txt", "--format", "ris", "--report", "no/r.json"), "there is no folder no"),
    ):
        refused = place.run("import", "references", *words)
        assert refused.returncode != 0, words
        assert told in refused.stderr, refused.stderr
        assert "Traceback" not in refused.stderr
    assert place.run("import", "references", "list.txt", "--format", "ris").returncode == 0


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM desk.works").fetchone()
        assert row
        return int(row[0])
