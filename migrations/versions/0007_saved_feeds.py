"""saved feeds

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("image_id", sa.Uuid(), nullable=True),
        sa.Column("query", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("window_hours", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("full_text", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("feed_id", sa.Text(collation="C"), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("query_edit", sa.BigInteger(), nullable=False),
        sa.Column("filled_edit", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["desk.editions.id"], name=op.f("fk_feeds_edition_id")
        ),
        sa.ForeignKeyConstraint(["image_id"], ["desk.assets.id"], name=op.f("fk_feeds_image_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("slug", name=op.f("uq_feeds_slug")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_feeds_edition_id"), "feeds", ["edition_id"], unique=False, schema="desk"
    )
    op.create_index(op.f("ix_feeds_image_id"), "feeds", ["image_id"], unique=False, schema="desk")
    op.create_table(
        "feed_issues",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("articles", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["desk.feeds.id"], name=op.f("fk_feed_issues_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "number", name=op.f("pk_feed_issues")),
        schema="desk",
    )
    op.execute("UPDATE published.documents SET sort_key = path WHERE kind = 'section'")
    # What others wrote must not go on to partners: from now on the press notes it by itself.
    op.execute(
        "UPDATE published.documents SET meta = meta || '{\"syndication\": false}'"
        " WHERE kind = 'article' AND status = 200"
        " AND convert_from(\"full\", 'UTF8')::jsonb -> 'syndicated_from' <> 'null'"
    )


def downgrade() -> None:
    # Whoever knows no such right does not read content that names it.
    op.execute(
        "UPDATE desk.revisions SET content = content #- '{rights,syndication}'"
        " WHERE content -> 'rights' ? 'syndication'"
    )
    op.execute(
        "DELETE FROM published.listings WHERE key IN"
        " (SELECT id FROM published.documents WHERE kind = 'feed'"
        "  UNION SELECT id FROM desk.feeds)"
    )
    op.execute(
        "DELETE FROM published.paths WHERE document_id IN"
        " (SELECT id FROM published.documents WHERE kind = 'feed')"
    )
    op.execute("DELETE FROM published.documents WHERE kind = 'feed'")
    op.execute("UPDATE published.documents SET sort_key = NULL WHERE kind = 'section'")
    op.drop_table("feed_issues", schema="desk")
    op.drop_index(op.f("ix_feeds_image_id"), table_name="feeds", schema="desk")
    op.drop_index(op.f("ix_feeds_edition_id"), table_name="feeds", schema="desk")
    op.drop_table("feeds", schema="desk")
