"""What the database refuses, whoever writes to it. Each rule of these tables is broken once."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

Row = dict[str, Any]

ARTICLE, OTHER, SECOND = uuid4(), uuid4(), uuid4()
LABEL = Jsonb({"label": "an official"})
LONG = "twenty-five characters it"
WEB = {"url": "https://courier.example/1", "url_key": "courier.example/1"}
NOW = "2026-11-20T12:00:00Z"

IDS = {
    name: uuid4()
    for name in ("publications", "works", "speakers", "citations", "work_events",
                 "citation_reviews", "link_checks")
}  # fmt: skip
NOBODY: Row = {"speaker_id": None, "descriptor": None}

SOUND: dict[str, Row] = {
    "publications": {
        "name": "The Northgate Courier", "sort_key": "courier", "kind": "newspaper", "issn": [],
        "aliases": [], "disclosures": Jsonb([]), "attribution": Jsonb({}), "edit": 1,
        "short_name": LONG[:24],
    },
    "publication_domains": {
        "host": "courier.example", "publication_id": IDS["publications"],
    },
    "works": {
        "kind": "report", "csl_type": "report", "search_text": "", "authors": Jsonb([]),
        "contributors": Jsonb({}), "csl_extra": Jsonb({}), "access": "free", "status": "current",
        "link_broken": False, "visibility": "public", "edit": 1, **WEB,
    },
    "work_identifiers": {"scheme": "doi", "value": "10.5555/1", "work_id": IDS["works"]},
    "work_events": {
        "work_id": IDS["works"], "kind": "retraction", "severity": "fatal", "summary": "Forged.",
        "detected_by": "manual", "recorded_by": "somebody",
    },
    "link_checks": {"work_id": IDS["works"], "verdict": "ok", "redirects": 0, "failures": 0},
    "speakers": {
        "kind": "person", "name": "Ines Valdo", "names": Jsonb({}), "aliases": [],
        "sort_key": "valdo", "roles": Jsonb([]), "edit": 1, "short_name": LONG[:24],
    },
    "citations": {
        "article_id": ARTICLE, "ordinal": 0, "type": "quotation", "has_statement": True,
        "visibility": "public", "work_id": IDS["works"],
    },
    "statements": {
        "citation_id": IDS["citations"], "form": "direct", "text": "So", "channel": "interview",
        "attribution_level": "on_the_record", "speaker_id": IDS["speakers"],
    },
    "citation_hops": {
        "citation_id": IDS["citations"], "depth": 0, "relation": "said",
        "speaker_id": IDS["speakers"],
    },
    "anchors": {
        "citation_id": IDS["citations"], "position": 0, "target": "body", "state": "anchored",
        "start": 3, "end": 3,
    },
    "citation_reviews": {
        "article_id": ARTICLE, "event_id": IDS["work_events"], "work_id": IDS["works"], "edit": 1,
    },
}  # fmt: skip
"""By table, in the order in which they can be written."""

BESIDE: dict[str, Row] = {
    "publication_domains": {"host": "gazette.example"},
    "works": {"visibility": "internal"},
    "work_identifiers": {"value": "10.5555/2"},
    "citations": {"ordinal": 2},
    "statements": {"citation_id": SECOND},
    "citation_hops": {"depth": 1},
    "anchors": {"position": 1},
    "citation_reviews": {"article_id": OTHER},
}
"""What makes a second sound row of the first."""

UNSOUND: list[tuple[str, Row]] = [
    ("ck_publications_kind", {"kind": "blog"}),
    ("ck_publications_not_itself", {"merged_into_id": "itself"}),
    ("ck_publications_not_itself", {"parent_id": "itself"}),
    ("ck_publications_short_name", {"short_name": LONG}),
    ("ck_publications_noted", {"note_internal": "x"}),
    ("ck_works_kind", {"kind": "tweet"}),
    ("ck_works_status", {"status": "wrong"}),
    ("ck_works_access", {"access": "paid"}),
    ("ck_works_visibility", {"visibility": "confidential"}),
    ("ck_works_not_itself", {"merged_into_id": "itself"}),
    ("ck_works_not_itself", {"superseded_by_id": "itself"}),
    ("ck_works_url_has_key", {"url_key": None}),
    ("ck_works_url_has_key", {"url": None}),
    ("ck_works_own_article", {"kind": "own_article"}),
    ("ck_works_own_article", {"article_id": ARTICLE}),
    ("ck_works_noted", {"noted_at": NOW}),
    ("uq_works_url_key", {}),
    ("ck_work_events_kind", {"kind": "rumour"}),
    ("ck_work_events_severity", {"severity": "grave"}),
    ("ck_work_events_detected_by", {"detected_by": "hearsay"}),
    ("ck_work_events_inherited", {"detected_by": "chain"}),
    ("ck_work_events_inherited", {"origin_id": IDS["work_events"]}),
    ("ck_link_checks_verdict", {"verdict": "dead"}),
    ("ck_speakers_kind", {"kind": "unnamed"}),
    ("ck_speakers_not_itself", {"merged_into_id": "itself"}),
    ("ck_speakers_short_name", {"short_name": LONG}),
    ("ck_speakers_noted", {"note_internal": "x"}),
    ("ck_citations_type", {"type": "footnote"}),
    ("ck_citations_visibility", {"visibility": "confidential"}),
    ("ck_citations_has_source", {"work_id": None, "has_statement": False}),
    ("ck_citations_not_via_itself", {"via_id": "itself"}),
    ("uq_citations_ordinal", {}),
    ("uq_citations_id", {"id": IDS["citations"], "article_id": OTHER}),
    # Through a citation of another article.
    ("fk_citations_via", {"article_id": OTHER, "via_id": IDS["citations"]}),
    ("ck_statements_form", {"form": "rumour"}),
    ("ck_statements_channel", {"channel": "dream"}),
    ("ck_statements_attribution_level", {"attribution_level": "off_the_record"}),
    ("ck_statements_by_name_on_the_record", {"descriptor": LABEL}),
    *(("ck_statements_one_origin", {**NOBODY, "channel": channel})
      for channel in ("interview", "press_report", "leak", "other")),
    ("ck_statements_deep_background",
     {"attribution_level": "deep_background", "descriptor": LABEL, "speaker_id": None}),
    ("ck_statements_deep_background",
     {"attribution_level": "deep_background", "descriptor": LABEL, "speaker_id": None,
      "form": "partial_direct"}),
    *(("ck_statements_by_name_on_the_record", {"attribution_level": level, "form": "paraphrase"})
      for level in ("not_for_attribution", "background", "deep_background")),
    ("ck_statements_by_name_on_the_record", {**NOBODY, "descriptor": LABEL}),
    ("ck_citation_hops_depth", {"depth": -1}),
    ("ck_citation_hops_depth", {"depth": 6}),
    ("ck_citation_hops_relation", {"relation": "whispered"}),
    ("ck_citation_hops_one_party", NOBODY),
    ("ck_citation_hops_one_party", {"descriptor": LABEL}),
    ("ck_citation_hops_one_party", {"work_id": IDS["works"]}),
    ("ck_citation_hops_one_party", {"publication_id": IDS["publications"]}),
    ("ck_anchors_target", {"target": "footer"}),
    ("ck_anchors_state", {"state": "whole_article"}),
    ("ck_anchors_order", {"start": 4}),
    ("ck_citation_reviews_outcome", {"outcome": "ignored", "closed_at": NOW}),
    ("ck_citation_reviews_closed_with_outcome", {"outcome": "no_change"}),
    ("ck_citation_reviews_closed_with_outcome", {"closed_at": NOW}),
    ("ck_citation_reviews_corrected_by", {"outcome": "article_corrected", "closed_at": NOW}),
    ("ck_citation_reviews_corrected_by",
     {"outcome": "no_change", "closed_at": NOW, "correction_id": uuid4()}),
    ("uq_citation_reviews_once", {}),
]  # fmt: skip

AROUND: dict[str, Row] = {
    "fk_works_article_id": {"kind": "own_article"},
    "fk_work_events_origin_id": {"detected_by": "chain"},
    "fk_citation_hops_publication_id": {"speaker_id": None},
    "fk_citation_hops_work_id": {"speaker_id": None},
}
"""What goes with a foreign key so that no other rule is broken."""

ALLOWED: list[tuple[str, Row]] = [
    *((table, BESIDE.get(table, {})) for table in SOUND),
    # A work that was merged, or is for the desk alone, may have the address of another.
    ("works", {"merged_into_id": IDS["works"]}),
    ("works", {"visibility": "internal"}),
    ("works", {"url": None, "url_key": None}),
    ("work_events", {"detected_by": "chain", "origin_id": IDS["work_events"]}),
    ("citations", {"ordinal": 2, "via_id": IDS["citations"]}),
    ("citations", {"ordinal": 2, "work_id": None}),
    ("citation_hops", {"depth": 5}),
    ("citation_reviews", {"article_id": OTHER, "outcome": "article_corrected", "closed_at": NOW,
                          "correction_id": uuid4()}),
    *(("statements", {**NOBODY, "citation_id": SECOND, "channel": channel})
      for channel in ("document", "order_or_law", "market_data", "data_analysis",
                      "direct_observation", "vote_or_poll")),
    *(("statements", {"citation_id": SECOND, "speaker_id": None, "descriptor": LABEL,
                      "form": "summary", "attribution_level": level})
      for level in ("not_for_attribution", "background", "deep_background")),
]  # fmt: skip


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    """With one sound row in each table, and two articles."""
    with psycopg.connect(database_url) as opened:
        _articles(opened)
        for table in SOUND:
            _insert(opened, table, {"id": IDS[table]} if table in IDS else {})
        _insert(opened, "citations", {"id": SECOND, "ordinal": 1})
        yield opened
        opened.rollback()


def test_no_rule_can_be_broken(connection: psycopg.Connection) -> None:
    for name, row in UNSOUND:
        assert _refused_by(connection, _table_of(name), row) == name, (name, row)
    for name, column in _foreign_keys(connection):
        table = _table_of(name)
        row = BESIDE.get(table, {}) | AROUND.get(name, {}) | {column: uuid4()}
        assert _refused_by(connection, table, row) == name, (name, row)
    for table, row in SOUND.items():
        again = {"id": IDS[table]} if table in IDS else {}
        assert _refused_by(connection, table, row | again) == f"pk_{table}"


def test_what_is_sound_can_be_written(connection: psycopg.Connection) -> None:
    for table, row in ALLOWED:
        assert _refused_by(connection, table, row) is None, (table, row)


def test_one_of_ours_is_one_work_and_inherits_an_event_once(
    connection: psycopg.Connection,
) -> None:
    ours = {"kind": "own_article", "article_id": ARTICLE, "url": None, "url_key": None}
    inherited = {"detected_by": "chain", "origin_id": IDS["work_events"]}
    for table, row, name in (
        ("works", ours, "uq_works_article_id"),
        ("work_events", inherited, "uq_work_events_inherited_once"),
    ):
        _insert(connection, table, row)
        assert _refused_by(connection, table, row) == name
    assert _refused_by(connection, "works", ours | {"merged_into_id": IDS["works"]}) is None


def test_every_rule_is_in_the_list(connection: psycopg.Connection) -> None:
    tried = {name for name, _ in UNSOUND} | {name for name, _ in _foreign_keys(connection)}
    tried |= {f"pk_{table}" for table in SOUND}
    tried |= {"uq_works_article_id", "uq_work_events_inherited_once"}
    # It follows from the primary key, and is there to be searched by.
    tried |= {"uq_publication_domains_publication_id_host"}
    rules = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[])"
        " AND contype IN ('c', 'f', 'p', 'u') UNION SELECT relname FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE indisunique AND indrelid = ANY(%(tables)s::regclass[])",
        {"tables": [f"desk.{table}" for table in SOUND]},
    ).fetchall()

    assert {name for (name,) in rules} == tried


def _table_of(name: str) -> str:
    rest = name.partition("_")[2]
    return max((table for table in SOUND if rest.startswith(f"{table}_")), key=len)


def _foreign_keys(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Each with its last column."""
    return connection.execute(
        "SELECT conname, attname::text FROM pg_constraint"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[cardinality(conkey)]"
        " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        ([f"desk.{table}" for table in SOUND],),
    ).fetchall()


def _articles(connection: psycopg.Connection) -> None:
    """Two articles of which nothing else is known."""
    connection.execute("SET LOCAL session_replication_role = replica")
    for article_id in (ARTICLE, OTHER):
        connection.execute(
            "INSERT INTO desk.articles (id, edition_id, stage, revision, headline, genre, format,"
            " section_ids, person_ids, topic_ids, asset_ids, search_text, versions, edit,"
            " created_by)"
            " VALUES (%s, %s, 'draft', 1, 'Fog', 'news', 'article', '{}', '{}', '{}', '{}', '', 0,"
            " 1,"
            " 'somebody')",
            (article_id, uuid4()),
        )
    connection.execute("SET LOCAL session_replication_role = origin")


def _refused_by(connection: psycopg.Connection, table: str, row: Row) -> str | None:
    """The rule that does not let this row in beside the sound ones. None is left in."""
    try:
        with connection.transaction(force_rollback=True):
            _insert(connection, table, row)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.IntegrityError as error:
        return error.diag.constraint_name
    return None


def _insert(connection: psycopg.Connection, table: str, changes: Row) -> None:
    row = ({"id": uuid4()} if table in IDS else {}) | SOUND[table] | changes
    row = {name: row["id"] if value == "itself" else value for name, value in row.items()}
    connection.execute(
        sql.SQL("INSERT INTO desk.{} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Placeholder, row)),
        ),
        row,
    )
