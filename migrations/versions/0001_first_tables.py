"""first tables

Revision ID: 0001
Revises:
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


JOBS_SCHEMA = Path(__file__).parent.parent / "jobs_schema.sql"


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS desk")
    op.execute("CREATE SCHEMA jobs")
    _create_jobs()
    op.create_table(
        "dependencies",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "subject_id", name=op.f("pk_dependencies")),
        schema="desk",
    )
    op.create_index(
        "ix_dependencies_subject",
        "dependencies",
        ["subject_id", "article_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(collation="C"), nullable=False),
        sa.Column("direction", sa.Text(collation="C"), nullable=False),
        sa.Column("time_zone", sa.Text(collation="C"), nullable=False),
        sa.Column("path_prefix", sa.Text(collation="C"), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=True),
        sa.Column("path_pattern", sa.Text(collation="C"), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("code", name=op.f("uq_editions_code")),
        sa.UniqueConstraint("path_prefix", name=op.f("uq_editions_path_prefix")),
        schema="desk",
    )
    op.create_index(
        "uq_editions_default",
        "editions",
        ["is_default"],
        unique=True,
        schema="desk",
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "extras_schemas",
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_extras_schemas")),
        schema="desk",
    )
    op.create_table(
        "idempotent_answers",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotent_answers")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_idempotent_answers_created_at"),
        "idempotent_answers",
        ["created_at"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(collation="C"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("section_ids", postgresql.ARRAY(sa.Uuid()), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keys")),
        sa.UniqueConstraint("prefix", name=op.f("uq_keys_prefix")),
        schema="desk",
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("bio", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("image", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("links", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("slug", name=op.f("uq_people_slug")),
        schema="desk",
    )
    op.create_table(
        "site",
        sa.Column("one", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tagline", sa.Text(), nullable=True),
        sa.Column("publisher", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("policies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("history", sa.Text(collation="C"), nullable=False),
        sa.Column("addresses", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "history IN ('none', 'corrections', 'all')", name=op.f("ck_site_history")
        ),
        sa.CheckConstraint("one", name=op.f("ck_site_one_row")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_site")),
        sa.UniqueConstraint("id", name=op.f("uq_site_id")),
        schema="desk",
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("same_as", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('person', 'place', 'organisation', 'event', 'subject')",
            name=op.f("ck_topics_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_topics_slug")),
        schema="desk",
    )
    op.create_table(
        "changes",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("document_kind", sa.Text(collation="C"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('upsert', 'refresh', 'remove')", name=op.f("ck_changes_kind")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_changes")),
        schema="published",
    )
    op.create_index(
        "ix_changes_document_id",
        "changes",
        ["document_id", "seq"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "collection_items",
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("collection_id", "article_id", name=op.f("pk_collection_items")),
        schema="published",
    )
    op.create_index(
        op.f("ix_collection_items_article_id"),
        "collection_items",
        ["article_id"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("edition", sa.Text(collation="C"), nullable=True),
        sa.Column("slug", sa.Text(collation="C"), nullable=True),
        sa.Column("path", sa.Text(collation="C"), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("meta", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=True),
        sa.Column("full", sa.LargeBinary(), nullable=True),
        sa.Column("app", sa.LargeBinary(), nullable=True),
        sa.Column("whole_full", sa.LargeBinary(), nullable=True),
        sa.Column("whole_app", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("status IN (200, 410, 451)", name=op.f("ck_documents_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        schema="published",
    )
    op.create_index(
        op.f("ix_documents_seq"), "documents", ["seq"], unique=False, schema="published"
    )
    op.create_index(
        "uq_documents_slug",
        "documents",
        ["kind", "slug"],
        unique=True,
        schema="published",
        postgresql_where=sa.text("slug IS NOT NULL AND status = 200"),
    )
    op.create_table(
        "external_ids",
        sa.Column("system", sa.Text(collation="C"), nullable=False),
        sa.Column("external_id", sa.Text(collation="C"), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("system", "external_id", name=op.f("pk_external_ids")),
        schema="published",
    )
    op.create_index(
        op.f("ix_external_ids_document_id"),
        "external_ids",
        ["document_id"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "head",
        sa.Column("one", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one", name=op.f("ck_head_one_row")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_head")),
        schema="published",
    )
    op.create_table(
        "listings",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.Text(collation="C"), nullable=False),
        sa.Column("language", sa.Text(collation="C"), nullable=False),
        sa.Column("format", sa.Text(collation="C"), nullable=False),
        sa.Column("genre", sa.Text(collation="C"), nullable=False),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "key", name=op.f("pk_listings")),
        schema="published",
    )
    op.create_index(
        "ix_listings_format",
        "listings",
        ["key", "format", "published_at", "article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_listings_genre",
        "listings",
        ["key", "genre", "published_at", "article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_listings_language",
        "listings",
        ["key", "language", "published_at", "article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_listings_newest",
        "listings",
        ["key", "published_at", "article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_listings_updated",
        "listings",
        ["key", "updated_at", "article_id"],
        unique=False,
        schema="published",
    )
    op.create_index(
        "ix_listings_video",
        "listings",
        ["key", "published_at", "article_id"],
        unique=False,
        schema="published",
        postgresql_where=sa.text("has_video"),
    )
    op.create_table(
        "paths",
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("redirect", sa.Boolean(), nullable=False),
        sa.Column("to_url", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(document_id IS NULL) <> (to_url IS NULL)", name=op.f("ck_paths_one_target")
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_paths")),
        schema="published",
    )
    op.create_index(
        op.f("ix_paths_document_id"), "paths", ["document_id"], unique=False, schema="published"
    )
    op.create_index(
        "ix_paths_folded",
        "paths",
        [sa.literal_column("lower(path)")],
        unique=False,
        schema="published",
    )
    op.create_table(
        "reader_keys",
        sa.Column("prefix", sa.Text(collation="C"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_reader_keys")),
        schema="published",
    )
    op.create_table(
        "stamps",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stamps")),
        schema="published",
    )
    op.create_table(
        "versions",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("corrections", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("full", sa.LargeBinary(), nullable=False),
        sa.Column("app", sa.LargeBinary(), nullable=False),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_status", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("document_id", "version", name=op.f("pk_versions")),
        schema="published",
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(collation="C"), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("translation_group", sa.Uuid(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(collation="C"), nullable=False),
        sa.Column("format", sa.Text(collation="C"), nullable=False),
        sa.Column("section_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("person_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("topic_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("versions", sa.BigInteger(), nullable=False),
        sa.Column("live_version", sa.BigInteger(), nullable=True),
        sa.Column("live_revision", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.Text(collation="C"), nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_status", sa.SmallInteger(), nullable=True),
        sa.Column("withdrawn_notice", sa.Text(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("stage IN ('draft', 'review', 'ready')", name=op.f("ck_articles_stage")),
        sa.CheckConstraint(
            "live_version IS NULL OR path IS NOT NULL", name=op.f("ck_articles_live_has_path")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_articles_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        schema="desk",
    )
    op.create_index(
        "ix_articles_changed", "articles", ["changed_at", "id"], unique=False, schema="desk"
    )
    op.create_index(
        "ix_articles_edition_changed",
        "articles",
        ["edition_id", "changed_at", "id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_articles_person_ids",
        "articles",
        ["person_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_articles_search",
        "articles",
        [sa.literal_column("to_tsvector('simple', search_text)")],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_articles_section_ids",
        "articles",
        ["section_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_articles_topic_ids",
        "articles",
        ["topic_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_articles_translation", "articles", ["translation_group"], unique=False, schema="desk"
    )
    op.create_table(
        "collections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_collections_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("slug", name=op.f("uq_collections_slug")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_collections_edition_id"),
        "collections",
        ["edition_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "sections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_sections_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_sections_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["desk.sections.id"], name=op.f("fk_sections_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
        sa.UniqueConstraint("edition_id", "path", name=op.f("uq_sections_edition_id_path")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_sections_parent_id"), "sections", ["parent_id"], unique=False, schema="desk"
    )
    op.create_table(
        "article_external_ids",
        sa.Column("system", sa.Text(collation="C"), nullable=False),
        sa.Column("external_id", sa.Text(collation="C"), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["desk.articles.id"],
            name=op.f("fk_article_external_ids_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("system", "external_id", name=op.f("pk_article_external_ids")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_article_external_ids_article_id"),
        "article_external_ids",
        ["article_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "collection_items",
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["desk.articles.id"],
            name=op.f("fk_collection_items_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["desk.collections.id"],
            name=op.f("fk_collection_items_collection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection_id", "article_id", name=op.f("pk_collection_items")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_collection_items_article_id"),
        "collection_items",
        ["article_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("origin", sa.Text(collation="C"), nullable=False),
        sa.Column("restored_from", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["desk.articles.id"],
            name=op.f("fk_revisions_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revisions")),
        schema="desk",
    )
    for table in ("people", "sections", "topics"):
        op.create_index(
            f"ix_{table}_external_ids",
            table,
            ["external_ids"],
            schema="desk",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        )
    op.execute("INSERT INTO published.head (one, seq, at) VALUES (true, 0, now())")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
    op.execute("DROP SCHEMA desk CASCADE")
    for table in (
        "changes", "collection_items", "documents", "external_ids", "head", "listings", "paths",
        "reader_keys", "stamps", "versions",
    ):  # fmt: skip
        op.drop_table(table, schema="published")


def _create_jobs() -> None:
    """Run the queue's own script as it is: many statements, with functions in them."""
    connection = op.get_bind()
    connection.exec_driver_sql("SET LOCAL search_path TO jobs")
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(JOBS_SCHEMA.read_text(encoding="utf-8"))
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
