"""`masthead import`, run as users run it."""

import json

import psycopg

from tests.cli.programs import Place, until
from tests.exchange.wordpress import wxr

LIVE = "SELECT count(*) FROM desk.articles WHERE live_version IS NOT NULL"


def test_a_site_comes_in_with_a_report(place: Place):
    assert place.run("migrate").returncode == 0
    labels = [("category", "port", "The port"), ("post_tag", "fog", "Fog")]
    wxr.written(
        place.directory / "site.xml",
        wxr.author("mara", "Mara Tollen"),
        wxr.post(1, "The lamp is lit", 'At dusk. [tide level="6.8"]', labels=labels),
        wxr.post(2, "Not yet", status="future"),
        wxr.post(3, "About us", post_type="page"),
    )

    first = place.run("import", "wordpress", "site.xml", "--report", "report.json")
    again = place.run("import", "wordpress", "site.xml")

    assert first.returncode == again.returncode == 0, first.stderr
    assert "Articles: 1 live, 1 draft" in first.stdout
    assert "was scheduled: kept as a draft (2)" in first.stdout
    assert "unknown shortcode [tide] stays as text (1)" in first.stdout
    report = json.loads((place.directory / "report.json").read_text())
    assert report["counts"]["post"] == {"imported": 2}
    [post] = [item for item in report["items"] if item["id"] == "1"]
    assert (post["outcome"], post["state"], len(post["our_id"])) == ("imported", "live", 36)
    assert "imported" not in again.stdout and "unchanged" in again.stdout
    server = place.serve("--no-worker")
    [card] = server.get("/v1/articles").json()["items"]
    assert card["path"] == "/2019/03/post-1"


def test_a_dry_run_changes_nothing(place: Place, database_url: str):
    assert place.run("migrate").returncode == 0
    wxr.written(place.directory / "site.xml", wxr.post(1))

    dry = place.run("import", "wordpress", "site.xml", "--dry-run")

    assert dry.returncode == 0
    assert "Articles: 1 live" in dry.stdout and "nothing was changed" in dry.stderr
    assert _count(database_url) == 0


def test_a_file_that_is_none_is_refused_with_a_word(place: Place):
    assert place.run("migrate").returncode == 0
    (place.directory / "site.xml").write_text("<html><body>Not found</body></html>")

    for words, told in (
        (("site.xml",), "site.xml is no WordPress export"),
        (("other.xml",), "other.xml"),
        (("site.xml", "--system", "Old Site"), "--system"),
        (("site.xml", "--report", "nowhere/report.json"), "there is no folder nowhere"),
    ):
        refused = place.run("import", "wordpress", *words)
        assert refused.returncode == 2 and told in refused.stderr, refused.stderr


def test_what_cannot_be_imported_is_told_by_the_exit_code(place: Place):
    assert place.run("migrate").returncode == 0
    wxr.written(place.directory / "site.xml", wxr.post(1, content="<hr>" * 2_001), wxr.post(2))

    done = place.run("import", "wordpress", "site.xml")

    assert done.returncode == 1
    assert "1 could not be imported" in done.stderr and "Articles: 1 live" in done.stdout


def test_killed_half_way_it_is_completed_by_the_same_command(place: Place, database_url: str):
    assert place.run("migrate").returncode == 0
    posts = [wxr.post(number, f"Post {number}") for number in range(1, 231)]
    wxr.written(place.directory / "site.xml", *posts)
    running = place.start("import", "wordpress", "site.xml")
    until(lambda: _count(database_url) >= 100, about=running)
    running.kill()
    assert 100 <= _count(database_url) < 230 and _count(database_url) % 100 == 0

    done = place.run("import", "wordpress", "site.xml")

    assert done.returncode == 0, done.stderr
    assert "Articles: 230 live" in done.stdout
    assert _count(database_url) == 230


def _count(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(LIVE).fetchone()
    assert row
    return int(row[0])
