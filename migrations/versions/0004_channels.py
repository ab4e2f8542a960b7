"""channels

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_entries")),
        schema="published",
    )
    op.create_index(
        "ix_schedule_entries_start",
        "schedule_entries",
        ["stream_id", "starts_at"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("artwork_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(collation="C"), nullable=True),
        sa.Column("genres", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["artwork_id"], ["desk.assets.id"], name=op.f("fk_series_artwork_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_series_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
        schema="desk",
    )
    op.create_index("ix_series_artwork_id", "series", ["artwork_id"], unique=False, schema="desk")
    op.create_index(
        op.f("ix_series_edition_id"), "series", ["edition_id"], unique=False, schema="desk"
    )
    op.create_index(
        "ix_series_external_ids",
        "series",
        ["external_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.create_table(
        "streams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("on_air", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("backup_urls", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("dvr_seconds", sa.BigInteger(), nullable=True),
        sa.Column("artwork_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(collation="C"), nullable=True),
        sa.Column("rating", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("advisories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("geo", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("drm", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column("schedule_edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["artwork_id"], ["desk.assets.id"], name=op.f("fk_streams_artwork_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_streams_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streams")),
        sa.UniqueConstraint("slug", name=op.f("uq_streams_slug")),
        schema="desk",
    )
    op.create_index("ix_streams_artwork_id", "streams", ["artwork_id"], unique=False, schema="desk")
    op.create_index(
        op.f("ix_streams_edition_id"), "streams", ["edition_id"], unique=False, schema="desk"
    )
    op.create_index(
        "ix_streams_external_ids",
        "streams",
        ["external_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.create_table(
        "tv_homes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=True),
        sa.Column("rails", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["desk.editions.id"],
            name=op.f("fk_tv_homes_edition_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["desk.sections.id"],
            name=op.f("fk_tv_homes_section_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tv_homes")),
        sa.UniqueConstraint(
            "edition_id",
            "section_id",
            name=op.f("uq_tv_homes_edition_id_section_id"),
            postgresql_nulls_not_distinct=True,
        ),
        schema="desk",
    )
    op.create_index(
        op.f("ix_tv_homes_section_id"), "tv_homes", ["section_id"], unique=False, schema="desk"
    )
    op.create_table(
        "schedule_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("season", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("rating", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("artwork_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.Text(collation="C"), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_schedule_entries_lasts")),
        sa.ForeignKeyConstraint(
            ["artwork_id"], ["desk.assets.id"], name=op.f("fk_schedule_entries_artwork_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["desk.series.id"], name=op.f("fk_schedule_entries_series_id")
        ),
        sa.ForeignKeyConstraint(
            ["stream_id"],
            ["desk.streams.id"],
            name=op.f("fk_schedule_entries_stream_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_entries")),
        sa.UniqueConstraint(
            "stream_id", "starts_at", name=op.f("uq_schedule_entries_stream_id_starts_at")
        ),
        schema="desk",
    )
    op.create_index(
        "ix_schedule_entries_artwork_id",
        "schedule_entries",
        ["artwork_id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_schedule_entries_ends_at", "schedule_entries", ["ends_at"], unique=False, schema="desk"
    )
    op.create_index(
        "ix_schedule_entries_series_id",
        "schedule_entries",
        ["series_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "seasons",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("artwork_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["artwork_id"], ["desk.assets.id"], name=op.f("fk_seasons_artwork_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["desk.series.id"], name=op.f("fk_seasons_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", "number", name=op.f("pk_seasons")),
        schema="desk",
    )
    op.create_index("ix_seasons_artwork_id", "seasons", ["artwork_id"], unique=False, schema="desk")
    op.add_column("articles", sa.Column("series_id", sa.Uuid(), nullable=True), schema="desk")
    op.create_index(
        op.f("ix_articles_series_id"), "articles", ["series_id"], unique=False, schema="desk"
    )
    op.create_foreign_key(
        op.f("fk_articles_series_id"),
        "articles",
        "series",
        ["series_id"],
        ["id"],
        source_schema="desk",
        referent_schema="desk",
    )
    op.create_index(
        "ix_documents_by_edition",
        "documents",
        ["kind", "edition", "sort_key", "id"],
        unique=False,
        schema="published",
        postgresql_where=sa.text("sort_key IS NOT NULL AND edition IS NOT NULL AND status = 200"),
    )
    op.create_index(
        "ix_documents_on_air",
        "documents",
        ["edition", "sort_key", "id"],
        unique=False,
        schema="published",
        postgresql_where=sa.text(
            "kind = 'stream' AND status = 200 AND meta @> '{\"on_air\": true}'"
        ),
    )
    op.add_column(
        "listings", sa.Column("episode", sa.BigInteger(), nullable=True), schema="published"
    )
    op.create_index(
        "ix_listings_episode",
        "listings",
        ["key", "episode", "article_id"],
        unique=False,
        schema="published",
        postgresql_where=sa.text("episode IS NOT NULL"),
    )


def downgrade() -> None:
    # Whoever knows no series does not read content that names one.
    op.execute("UPDATE desk.revisions SET content = content - 'episode' WHERE content ? 'episode'")
    op.execute(
        "DELETE FROM published.paths WHERE document_id IN"
        " (SELECT id FROM published.documents WHERE kind IN ('stream', 'series', 'tv'))"
    )
    op.execute(
        "DELETE FROM published.listings WHERE key IN"
        " (SELECT id FROM published.documents WHERE kind IN ('stream', 'series', 'tv'))"
    )
    op.execute("DELETE FROM published.documents WHERE kind IN ('stream', 'series', 'tv')")
    op.drop_index(
        "ix_listings_episode",
        table_name="listings",
        schema="published",
        postgresql_where=sa.text("episode IS NOT NULL"),
    )
    op.drop_column("listings", "episode", schema="published")
    op.drop_index(
        "ix_documents_on_air",
        table_name="documents",
        schema="published",
        postgresql_where=sa.text(
            "kind = 'stream' AND status = 200 AND meta @> '{\"on_air\": true}'"
        ),
    )
    op.drop_index(
        "ix_documents_by_edition",
        table_name="documents",
        schema="published",
        postgresql_where=sa.text("sort_key IS NOT NULL AND edition IS NOT NULL AND status = 200"),
    )
    op.drop_constraint(op.f("fk_articles_series_id"), "articles", schema="desk", type_="foreignkey")
    op.drop_index(op.f("ix_articles_series_id"), table_name="articles", schema="desk")
    op.drop_column("articles", "series_id", schema="desk")
    op.drop_index("ix_seasons_artwork_id", table_name="seasons", schema="desk")
    op.drop_table("seasons", schema="desk")
    op.drop_index("ix_schedule_entries_series_id", table_name="schedule_entries", schema="desk")
    op.drop_index("ix_schedule_entries_ends_at", table_name="schedule_entries", schema="desk")
    op.drop_index("ix_schedule_entries_artwork_id", table_name="schedule_entries", schema="desk")
    op.drop_table("schedule_entries", schema="desk")
    op.drop_index(op.f("ix_tv_homes_section_id"), table_name="tv_homes", schema="desk")
    op.drop_table("tv_homes", schema="desk")
    op.drop_index(
        "ix_streams_external_ids",
        table_name="streams",
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.drop_index(op.f("ix_streams_edition_id"), table_name="streams", schema="desk")
    op.drop_index("ix_streams_artwork_id", table_name="streams", schema="desk")
    op.drop_table("streams", schema="desk")
    op.drop_index(
        "ix_series_external_ids",
        table_name="series",
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.drop_index(op.f("ix_series_edition_id"), table_name="series", schema="desk")
    op.drop_index("ix_series_artwork_id", table_name="series", schema="desk")
    op.drop_table("series", schema="desk")
    op.drop_index("ix_schedule_entries_start", table_name="schedule_entries", schema="published")
    op.drop_table("schedule_entries", schema="published")
