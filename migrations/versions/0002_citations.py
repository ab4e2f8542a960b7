"""citations

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("homepage_url", sa.Text(), nullable=True),
        sa.Column("issn", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("wikidata_id", sa.Text(collation="C"), nullable=True),
        sa.Column("country", sa.Text(collation="C"), nullable=True),
        sa.Column("language", sa.Text(collation="C"), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("aliases", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("disclosures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attribution", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('newspaper', 'magazine', 'broadcaster', 'news_agency', 'news_site', "
            "'platform', 'government_body', 'court', 'parliament', 'international_org', "
            "'company', 'ngo', 'academic', 'journal', 'think_tank', 'political_party', "
            "'person_site', 'other')",
            name=op.f("ck_publications_kind"),
        ),
        sa.CheckConstraint(
            "char_length(short_name) <= 24", name=op.f("ck_publications_short_name")
        ),
        sa.CheckConstraint(
            "(note_internal IS NULL) = (noted_at IS NULL)", name=op.f("ck_publications_noted")
        ),
        sa.CheckConstraint(
            "merged_into_id <> id AND parent_id <> id", name=op.f("ck_publications_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["desk.publications.id"],
            name=op.f("fk_publications_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["desk.publications.id"], name=op.f("fk_publications_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_publications_merged_into_id"),
        "publications",
        ["merged_into_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_publications_name",
        "publications",
        [sa.literal_column("lower(name)")],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_publications_noted",
        "publications",
        ["noted_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("noted_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_publications_parent_id"),
        "publications",
        ["parent_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_publications_sort_key",
        "publications",
        ["sort_key", "id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("aliases", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "csl_name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("wikidata_id", sa.Text(collation="C"), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation', 'group')", name=op.f("ck_speakers_kind")
        ),
        sa.CheckConstraint("char_length(short_name) <= 24", name=op.f("ck_speakers_short_name")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_speakers_not_itself")),
        sa.CheckConstraint(
            "(note_internal IS NULL) = (noted_at IS NULL)", name=op.f("ck_speakers_noted")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["desk.speakers.id"], name=op.f("fk_speakers_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_speakers_merged_into_id"),
        "speakers",
        ["merged_into_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_speakers_name",
        "speakers",
        [sa.literal_column("lower(name)")],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_speakers_noted",
        "speakers",
        ["noted_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("noted_at IS NOT NULL"),
    )
    op.create_index(
        "ix_speakers_roles",
        "speakers",
        ["roles"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"roles": "jsonb_path_ops"},
    )
    op.create_index(
        "ix_speakers_sort_key",
        "speakers",
        ["sort_key", "id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "citation_listings",
        sa.Column("citation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.Text(collation="C"), nullable=False),
        sa.Column("level", sa.Text(collation="C"), nullable=True),
        sa.Column("channel", sa.Text(collation="C"), nullable=True),
        sa.PrimaryKeyConstraint("citation_id", "key", name=op.f("pk_citation_listings")),
        schema="published",
    )
    op.create_index(
        op.f("ix_citation_listings_article_id"),
        "citation_listings",
        ["article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_citation_listings_channel",
        "citation_listings",
        ["key", "channel", "published_at", "citation_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_citation_listings_level",
        "citation_listings",
        ["key", "level", "published_at", "citation_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_citation_listings_newest",
        "citation_listings",
        ["key", "published_at", "citation_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_citation_listings_type",
        "citation_listings",
        ["key", "type", "published_at", "citation_id"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "citations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=True),
        sa.Column("full", sa.LargeBinary(), nullable=True),
        sa.Column("type", sa.Text(collation="C"), nullable=True),
        sa.Column("channel", sa.Text(collation="C"), nullable=True),
        sa.Column("level", sa.Text(collation="C"), nullable=True),
        sa.Column("affiliation", sa.Text(collation="C"), nullable=True),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN (200, 410, 451)", name=op.f("ck_citations_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
        schema="published",
    )
    op.create_index(
        "ix_citations_article",
        "citations",
        ["article_id", "ordinal"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "exports",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("media_type", sa.Text(collation="C"), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "name", name=op.f("pk_exports")),
        schema="published",
    )
    op.create_table(
        "publication_domains",
        sa.Column("host", sa.Text(collation="C"), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["desk.publications.id"],
            name=op.f("fk_publication_domains_publication_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_publication_domains")),
        sa.UniqueConstraint(
            "publication_id", "host", name=op.f("uq_publication_domains_publication_id_host")
        ),
        schema="desk",
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("csl_type", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_original", sa.Text(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("via_id", sa.Uuid(), nullable=True),
        sa.Column("authors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contributors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued", sa.Text(collation="C"), nullable=True),
        sa.Column("issued_from", sa.Date(), nullable=True),
        sa.Column("issued_to", sa.Date(), nullable=True),
        sa.Column("accessed_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_key", sa.Text(collation="C"), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("volume", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("event_title", sa.Text(), nullable=True),
        sa.Column("medium", sa.Text(), nullable=True),
        sa.Column("genre", sa.Text(), nullable=True),
        sa.Column("duration", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(collation="C"), nullable=True),
        sa.Column("csl_extra", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("access", sa.Text(collation="C"), nullable=False),
        sa.Column("status", sa.Text(collation="C"), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("archive_url", sa.Text(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("link_verdict", sa.Text(collation="C"), nullable=True),
        sa.Column("link_broken", sa.Boolean(), nullable=False),
        sa.Column("link_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_next_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.Text(collation="C"), nullable=True),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("visibility", sa.Text(collation="C"), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(kind = 'own_article') = (article_id IS NOT NULL)", name=op.f("ck_works_own_article")
        ),
        sa.CheckConstraint(
            "access IN ('free', 'registration', 'metered', 'subscription', 'print_only', "
            "'archive_only', 'unknown')",
            name=op.f("ck_works_access"),
        ),
        sa.CheckConstraint(
            "kind IN ('newspaper_article', 'wire_item', 'broadcast_segment', 'podcast_episode', "
            "'press_release', 'statement_page', 'report', 'dataset', 'court_document', "
            "'legislation', 'hearing', 'social_post', 'speech', 'interview', 'press_conference', "
            "'book', 'journal_article', 'leaked_document', 'photo', 'video', 'map_or_graphic', "
            "'web_page', 'own_article')",
            name=op.f("ck_works_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('current', 'corrected', 'updated', 'expression_of_concern', 'retracted', "
            "'withdrawn', 'superseded', 'disputed')",
            name=op.f("ck_works_status"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'internal')", name=op.f("ck_works_visibility")
        ),
        sa.CheckConstraint("(url IS NULL) = (url_key IS NULL)", name=op.f("ck_works_url_has_key")),
        sa.CheckConstraint(
            "merged_into_id <> id AND superseded_by_id <> id", name=op.f("ck_works_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["desk.publications.id"], name=op.f("fk_works_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["desk.articles.id"], name=op.f("fk_works_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["desk.works.id"], name=op.f("fk_works_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["desk.publications.id"], name=op.f("fk_works_publication_id")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["desk.works.id"], name=op.f("fk_works_superseded_by_id")
        ),
        sa.ForeignKeyConstraint(["via_id"], ["desk.publications.id"], name=op.f("fk_works_via_id")),
        sa.CheckConstraint(
            "(note_internal IS NULL) = (noted_at IS NULL)", name=op.f("ck_works_noted")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        schema="desk",
    )
    op.create_index(op.f("ix_works_agency_id"), "works", ["agency_id"], unique=False, schema="desk")
    op.create_index("ix_works_changed", "works", ["changed_at", "id"], unique=False, schema="desk")
    op.create_index("ix_works_issued", "works", ["issued_from"], unique=False, schema="desk")
    op.create_index(
        "ix_works_link_checked",
        "works",
        ["link_checked_at", "id"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("link_checked_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_works_link_next_check_at"),
        "works",
        ["link_next_check_at"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        op.f("ix_works_merged_into_id"), "works", ["merged_into_id"], unique=False, schema="desk"
    )
    op.create_index(
        op.f("ix_works_publication_id"), "works", ["publication_id"], unique=False, schema="desk"
    )
    op.create_index(
        op.f("ix_works_superseded_by_id"),
        "works",
        ["superseded_by_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_works_noted",
        "works",
        ["noted_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("noted_at IS NOT NULL"),
    )
    op.create_index(
        "ix_works_search",
        "works",
        [sa.literal_column("to_tsvector('simple', search_text)")],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_works_title",
        "works",
        [sa.literal_column("lower(left(title, 200))")],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_works_url_key",
        "works",
        ["url_key"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.create_index(op.f("ix_works_via_id"), "works", ["via_id"], unique=False, schema="desk")
    op.create_index(
        "uq_works_article_id",
        "works",
        ["article_id"],
        unique=True,
        schema="desk",
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.create_index(
        "uq_works_url_key",
        "works",
        ["url_key"],
        unique=True,
        schema="desk",
        postgresql_where=sa.text("visibility = 'public' AND merged_into_id IS NULL"),
    )
    op.create_table(
        "citations",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("type", sa.Text(collation="C"), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=True),
        sa.Column("has_statement", sa.Boolean(), nullable=False),
        sa.Column("via_id", sa.Uuid(), nullable=True),
        sa.Column("visibility", sa.Text(collation="C"), nullable=False),
        sa.CheckConstraint(
            "type IN ('reported_by', 'quotation', 'paraphrase', 'data', 'document', 'legal', "
            "'wire_copy', 'background', 'media_credit', 'see_also', 'corrects', 'fact_check')",
            name=op.f("ck_citations_type"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'internal')", name=op.f("ck_citations_visibility")
        ),
        sa.CheckConstraint("via_id <> id", name=op.f("ck_citations_not_via_itself")),
        sa.CheckConstraint(
            "work_id IS NOT NULL OR has_statement", name=op.f("ck_citations_has_source")
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "via_id"],
            ["desk.citations.article_id", "desk.citations.id"],
            name="fk_citations_via",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["desk.articles.id"],
            name=op.f("fk_citations_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["work_id"], ["desk.works.id"], name=op.f("fk_citations_work_id")),
        sa.PrimaryKeyConstraint("article_id", "id", name=op.f("pk_citations")),
        sa.UniqueConstraint("id", name=op.f("uq_citations_id")),
        schema="desk",
    )
    op.create_index(
        "ix_citations_work", "citations", ["work_id", "article_id"], unique=False, schema="desk"
    )
    op.create_index(
        "uq_citations_ordinal", "citations", ["article_id", "ordinal"], unique=True, schema="desk"
    )
    op.create_table(
        "link_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("verdict", sa.Text(collation="C"), nullable=False),
        sa.Column("http_status", sa.SmallInteger(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("redirects", sa.SmallInteger(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=True),
        sa.Column("similarity", sa.Double(), nullable=True),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('ok', 'moved_permanently', 'redirected', 'paywalled', 'blocked', "
            "'soft_404', 'not_found', 'gone', 'server_error', 'timeout', 'dns', 'tls', 'drifted', "
            "'skipped')",
            name=op.f("ck_link_checks_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["desk.works.id"], name=op.f("fk_link_checks_work_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_checks")),
        schema="desk",
    )
    op.create_index(
        "ix_link_checks_work", "link_checks", ["work_id", "checked_at"], unique=False, schema="desk"
    )
    op.create_table(
        "work_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("severity", sa.Text(collation="C"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("notice_url", sa.Text(), nullable=True),
        sa.Column("occurred_on", sa.Text(collation="C"), nullable=True),
        sa.Column(
            "detected_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("detected_by", sa.Text(collation="C"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(detected_by = 'chain') = (origin_id IS NOT NULL)",
            name=op.f("ck_work_events_inherited"),
        ),
        sa.CheckConstraint(
            "detected_by IN ('manual', 'json_ld', 'feed', 'crossref', 'drift_check', 'chain')",
            name=op.f("ck_work_events_detected_by"),
        ),
        sa.CheckConstraint(
            "kind IN ('correction', 'clarification', 'update', 'editors_note', 'retraction', "
            "'withdrawal', 'concern', 'reinstatement', 'url_moved', 'content_drift')",
            name=op.f("ck_work_events_kind"),
        ),
        sa.CheckConstraint(
            "severity IN ('minor', 'material', 'fatal')", name=op.f("ck_work_events_severity")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["desk.work_events.id"], name=op.f("fk_work_events_origin_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["desk.works.id"], name=op.f("fk_work_events_work_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_events")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_work_events_origin_id"), "work_events", ["origin_id"], unique=False, schema="desk"
    )
    op.create_index(
        "ix_work_events_work",
        "work_events",
        ["work_id", "detected_at"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "uq_work_events_inherited_once",
        "work_events",
        ["work_id", "origin_id"],
        unique=True,
        schema="desk",
        postgresql_where=sa.text("origin_id IS NOT NULL"),
    )
    op.create_table(
        "work_identifiers",
        sa.Column("scheme", sa.Text(collation="C"), nullable=False),
        sa.Column("value", sa.Text(collation="C"), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["desk.works.id"],
            name=op.f("fk_work_identifiers_work_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheme", "value", name=op.f("pk_work_identifiers")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_work_identifiers_work_id"),
        "work_identifiers",
        ["work_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "anchors",
        sa.Column("citation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("target", sa.Text(collation="C"), nullable=False),
        sa.Column("block_id", sa.Text(collation="C"), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("end", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(collation="C"), nullable=False),
        sa.CheckConstraint(
            "state IN ('anchored', 'needs_review', 'orphaned')", name=op.f("ck_anchors_state")
        ),
        sa.CheckConstraint(
            "target IN ('body', 'headline', 'standfirst', 'caption', 'media')",
            name=op.f("ck_anchors_target"),
        ),
        sa.CheckConstraint('"end" >= start', name=op.f("ck_anchors_order")),
        sa.ForeignKeyConstraint(
            ["citation_id"],
            ["desk.citations.id"],
            name=op.f("fk_anchors_citation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("citation_id", "position", name=op.f("pk_anchors")),
        schema="desk",
    )
    op.create_table(
        "citation_hops",
        sa.Column("citation_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column("relation", sa.Text(collation="C"), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("work_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column(
            "descriptor", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "relation IN ('reported', 'quoted', 'cited', 'translated', 'republished', "
            "'obtained_document', 'saw_document', 'said')",
            name=op.f("ck_citation_hops_relation"),
        ),
        sa.CheckConstraint("depth BETWEEN 0 AND 5", name=op.f("ck_citation_hops_depth")),
        sa.CheckConstraint(
            "num_nonnulls(publication_id, work_id, speaker_id, descriptor) = 1",
            name=op.f("ck_citation_hops_one_party"),
        ),
        sa.ForeignKeyConstraint(
            ["citation_id"],
            ["desk.citations.id"],
            name=op.f("fk_citation_hops_citation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["desk.publications.id"],
            name=op.f("fk_citation_hops_publication_id"),
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["desk.speakers.id"], name=op.f("fk_citation_hops_speaker_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["desk.works.id"], name=op.f("fk_citation_hops_work_id")
        ),
        sa.PrimaryKeyConstraint("citation_id", "depth", name=op.f("pk_citation_hops")),
        schema="desk",
    )
    op.create_index(
        "ix_citation_hops_publication",
        "citation_hops",
        ["publication_id"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("publication_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_citation_hops_speaker_id"),
        "citation_hops",
        ["speaker_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_citation_hops_work",
        "citation_hops",
        ["work_id"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("work_id IS NOT NULL"),
    )
    op.create_table(
        "citation_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(collation="C"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("correction_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('no_change', 'attribution_updated', 'article_corrected', "
            "'citation_removed', 'article_withdrawn')",
            name=op.f("ck_citation_reviews_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_citation_reviews_closed_with_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NOT DISTINCT FROM 'article_corrected') = (correction_id IS NOT NULL)",
            name=op.f("ck_citation_reviews_corrected_by"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["desk.articles.id"],
            name=op.f("fk_citation_reviews_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["desk.work_events.id"], name=op.f("fk_citation_reviews_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["desk.works.id"], name=op.f("fk_citation_reviews_work_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation_reviews")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_citation_reviews_event_id"),
        "citation_reviews",
        ["event_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_citation_reviews_open",
        "citation_reviews",
        ["opened_at", "id"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_citation_reviews_opened",
        "citation_reviews",
        ["opened_at", "id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        op.f("ix_citation_reviews_work_id"),
        "citation_reviews",
        ["work_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "uq_citation_reviews_once",
        "citation_reviews",
        ["article_id", "event_id"],
        unique=True,
        schema="desk",
    )
    op.create_table(
        "statements",
        sa.Column("citation_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(collation="C"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column(
            "descriptor", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("channel", sa.Text(collation="C"), nullable=False),
        sa.Column("attribution_level", sa.Text(collation="C"), nullable=False),
        sa.CheckConstraint(
            "(speaker_id IS NOT NULL)::int + (descriptor IS NOT NULL)::int <= 1 AND (speaker_id "
            "IS NOT NULL OR descriptor IS NOT NULL OR channel IN ('document', 'order_or_law', "
            "'market_data', 'data_analysis', 'direct_observation', 'vote_or_poll'))",
            name=op.f("ck_statements_one_origin"),
        ),
        sa.CheckConstraint(
            "attribution_level <> 'deep_background' OR form NOT IN ('direct', 'partial_direct')",
            name=op.f("ck_statements_deep_background"),
        ),
        sa.CheckConstraint(
            "(speaker_id IS NULL OR attribution_level = 'on_the_record') AND (descriptor IS NULL "
            "OR attribution_level <> 'on_the_record')",
            name=op.f("ck_statements_by_name_on_the_record"),
        ),
        sa.CheckConstraint(
            "attribution_level IN ('on_the_record', 'not_for_attribution', 'background', "
            "'deep_background')",
            name=op.f("ck_statements_attribution_level"),
        ),
        sa.CheckConstraint(
            "channel IN ('interview', 'press_conference', 'public_speech', 'written_statement', "
            "'document', 'published_work', 'press_report', 'broadcast', 'social_post', "
            "'court_filing', 'testimony', 'order_or_law', 'vote_or_poll', 'market_data', "
            "'data_analysis', 'direct_observation', 'private_communication', 'leak', 'other')",
            name=op.f("ck_statements_channel"),
        ),
        sa.CheckConstraint(
            "form IN ('direct', 'partial_direct', 'paraphrase', 'summary', 'declined_comment', "
            "'no_response', 'denial', 'document_excerpt', 'figure')",
            name=op.f("ck_statements_form"),
        ),
        sa.ForeignKeyConstraint(
            ["citation_id"],
            ["desk.citations.id"],
            name=op.f("fk_statements_citation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["desk.speakers.id"], name=op.f("fk_statements_speaker_id")
        ),
        sa.PrimaryKeyConstraint("citation_id", name=op.f("pk_statements")),
        schema="desk",
    )
    op.create_index(
        "ix_statements_speaker",
        "statements",
        ["speaker_id", "citation_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_revisions_noted",
        "revisions",
        ["created_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text(
            "content @? '$.citations[*].note_internal ? (@ != null)'::jsonpath"
        ),
    )
    # Last of all: until the commit nobody reads what is published.
    op.add_column(
        "documents",
        sa.Column("sort_key", sa.Text(collation="C"), nullable=True),
        schema="published",
    )
    op.create_index(
        "ix_documents_by_name",
        "documents",
        ["kind", "sort_key", "id"],
        unique=False,
        schema="published",
        postgresql_where=sa.text("sort_key IS NOT NULL AND status = 200"),
    )


def downgrade() -> None:
    # Whoever knows no citations does not read content that has any.
    op.execute(
        "UPDATE desk.revisions SET content = content - 'citations' WHERE content ? 'citations'"
    )
    op.drop_index(
        "ix_revisions_noted",
        table_name="revisions",
        schema="desk",
        postgresql_where=sa.text(
            "content @? '$.citations[*].note_internal ? (@ != null)'::jsonpath"
        ),
    )
    op.drop_index(
        "ix_documents_by_name",
        table_name="documents",
        schema="published",
        postgresql_where=sa.text("sort_key IS NOT NULL AND status = 200"),
    )
    op.drop_column("documents", "sort_key", schema="published")
    op.drop_index("ix_statements_speaker", table_name="statements", schema="desk")
    op.drop_table("statements", schema="desk")
    op.drop_index("uq_citation_reviews_once", table_name="citation_reviews", schema="desk")
    op.drop_index(op.f("ix_citation_reviews_work_id"), table_name="citation_reviews", schema="desk")
    op.drop_index("ix_citation_reviews_opened", table_name="citation_reviews", schema="desk")
    op.drop_index(
        "ix_citation_reviews_open",
        table_name="citation_reviews",
        schema="desk",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_citation_reviews_event_id"), table_name="citation_reviews", schema="desk"
    )
    op.drop_table("citation_reviews", schema="desk")
    op.drop_index(
        "ix_citation_hops_work",
        table_name="citation_hops",
        schema="desk",
        postgresql_where=sa.text("work_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_citation_hops_speaker_id"), table_name="citation_hops", schema="desk")
    op.drop_index(
        "ix_citation_hops_publication",
        table_name="citation_hops",
        schema="desk",
        postgresql_where=sa.text("publication_id IS NOT NULL"),
    )
    op.drop_table("citation_hops", schema="desk")
    op.drop_table("anchors", schema="desk")
    op.drop_index(op.f("ix_work_identifiers_work_id"), table_name="work_identifiers", schema="desk")
    op.drop_table("work_identifiers", schema="desk")
    op.drop_index(
        "uq_work_events_inherited_once",
        table_name="work_events",
        schema="desk",
        postgresql_where=sa.text("origin_id IS NOT NULL"),
    )
    op.drop_index("ix_work_events_work", table_name="work_events", schema="desk")
    op.drop_index(op.f("ix_work_events_origin_id"), table_name="work_events", schema="desk")
    op.drop_table("work_events", schema="desk")
    op.drop_index("ix_link_checks_work", table_name="link_checks", schema="desk")
    op.drop_table("link_checks", schema="desk")
    op.drop_index("uq_citations_ordinal", table_name="citations", schema="desk")
    op.drop_index("ix_citations_work", table_name="citations", schema="desk")
    op.drop_table("citations", schema="desk")
    op.drop_index(
        "uq_works_url_key",
        table_name="works",
        schema="desk",
        postgresql_where=sa.text("visibility = 'public' AND merged_into_id IS NULL"),
    )
    op.drop_index(
        "uq_works_article_id",
        table_name="works",
        schema="desk",
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.drop_index(op.f("ix_works_via_id"), table_name="works", schema="desk")
    op.drop_index(
        "ix_works_url_key",
        table_name="works",
        schema="desk",
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.drop_index("ix_works_title", table_name="works", schema="desk")
    op.drop_index("ix_works_search", table_name="works", schema="desk")
    op.drop_index("ix_works_noted", table_name="works", schema="desk")
    op.drop_index(op.f("ix_works_superseded_by_id"), table_name="works", schema="desk")
    op.drop_index(op.f("ix_works_publication_id"), table_name="works", schema="desk")
    op.drop_index(op.f("ix_works_merged_into_id"), table_name="works", schema="desk")
    op.drop_index(op.f("ix_works_link_next_check_at"), table_name="works", schema="desk")
    op.drop_index("ix_works_link_checked", table_name="works", schema="desk")
    op.drop_index("ix_works_issued", table_name="works", schema="desk")
    op.drop_index("ix_works_changed", table_name="works", schema="desk")
    op.drop_index(op.f("ix_works_agency_id"), table_name="works", schema="desk")
    op.drop_table("works", schema="desk")
    op.drop_table("publication_domains", schema="desk")
    op.drop_table("exports", schema="published")
    op.drop_index("ix_citations_article", table_name="citations", schema="published")
    op.drop_table("citations", schema="published")
    op.drop_index("ix_citation_listings_type", table_name="citation_listings", schema="published")
    op.drop_index("ix_citation_listings_newest", table_name="citation_listings", schema="published")
    op.drop_index("ix_citation_listings_level", table_name="citation_listings", schema="published")
    op.drop_index(
        "ix_citation_listings_channel", table_name="citation_listings", schema="published"
    )
    op.drop_index(
        op.f("ix_citation_listings_article_id"), table_name="citation_listings", schema="published"
    )
    op.drop_table("citation_listings", schema="published")
    op.drop_index("ix_speakers_sort_key", table_name="speakers", schema="desk")
    op.drop_index("ix_speakers_roles", table_name="speakers", schema="desk")
    op.drop_index("ix_speakers_noted", table_name="speakers", schema="desk")
    op.drop_index("ix_speakers_name", table_name="speakers", schema="desk")
    op.drop_index(op.f("ix_speakers_merged_into_id"), table_name="speakers", schema="desk")
    op.drop_table("speakers", schema="desk")
    op.drop_index(op.f("ix_publications_parent_id"), table_name="publications", schema="desk")
    op.drop_index("ix_publications_sort_key", table_name="publications", schema="desk")
    op.drop_index("ix_publications_noted", table_name="publications", schema="desk")
    op.drop_index("ix_publications_name", table_name="publications", schema="desk")
    op.drop_index(op.f("ix_publications_merged_into_id"), table_name="publications", schema="desk")
    op.drop_table("publications", schema="desk")
