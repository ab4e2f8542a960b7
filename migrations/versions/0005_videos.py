"""videos

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "captions",
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(collation="C"), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('captions', 'subtitles', 'descriptions')", name=op.f("ck_captions_kind")
        ),
        sa.CheckConstraint("origin IN ('webvtt', 'srt')", name=op.f("ck_captions_origin")),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["desk.assets.id"],
            name=op.f("fk_captions_asset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("asset_id", "language", "kind", name=op.f("pk_captions")),
        schema="desk",
    )
    op.create_table(
        "stream_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("owner_kind", sa.Text(collation="C"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("found", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "owner_kind IN ('asset', 'stream')", name=op.f("ck_stream_checks_owner_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_checks")),
        schema="desk",
    )
    op.create_index(
        "ix_stream_checks_checked",
        "stream_checks",
        ["checked_at", "id"],
        unique=False,
        schema="desk",
    )
    op.create_index(
        "ix_stream_checks_dead",
        "stream_checks",
        ["checked_at", "id"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("dead"),
    )
    op.create_index(
        op.f("ix_stream_checks_owner_id"),
        "stream_checks",
        ["owner_id"],
        unique=False,
        schema="desk",
    )
    op.create_table(
        "videos",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("full", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_videos")),
        schema="published",
    )
    op.create_table(
        "tracks",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("media_type", sa.Text(collation="C"), nullable=False),
        sa.Column("etag", sa.Text(collation="C"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "name", name=op.f("pk_tracks")),
        schema="published",
    )


def downgrade() -> None:
    op.drop_table("tracks", schema="published")
    op.drop_table("videos", schema="published")
    op.drop_index(
        "ix_stream_checks_dead",
        table_name="stream_checks",
        schema="desk",
        postgresql_where=sa.text("dead"),
    )
    op.drop_index(op.f("ix_stream_checks_owner_id"), table_name="stream_checks", schema="desk")
    op.drop_index("ix_stream_checks_checked", table_name="stream_checks", schema="desk")
    op.drop_table("stream_checks", schema="desk")
    op.drop_table("captions", schema="desk")
