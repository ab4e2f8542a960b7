"""dispatch

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NOW = sa.text("transaction_timestamp()")


def _moment(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=NOW, nullable=False)


def upgrade() -> None:
    op.add_column(
        "site",
        sa.Column("hubs", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        schema="desk",
    )
    op.add_column(
        "site",
        sa.Column("index_now", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        schema="desk",
    )
    op.create_table(
        "consumers",
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _moment("moved_at"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_consumers")),
        schema="desk",
    )
    op.create_table(
        "errands",
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("target", sa.Text(collation="C"), nullable=False),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ok", sa.Boolean(), nullable=True),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "target", "subject", name=op.f("pk_errands")),
        schema="desk",
    )
    op.create_index(
        "ix_errands_due",
        "errands",
        ["kind", "target", "next_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    _partners()
    _deliveries()


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("contact", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("formats", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("quota_per_day", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        schema="desk",
    )
    op.create_index("ix_partners_by_name", "partners", ["name", "id"], schema="desk")
    op.create_table(
        "partner_feeds",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["desk.partners.id"],
            name=op.f("fk_partner_feeds_partner_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["desk.feeds.id"],
            name=op.f("fk_partner_feeds_feed_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("partner_id", "feed_id", name=op.f("pk_partner_feeds")),
        schema="desk",
    )
    op.create_index(op.f("ix_partner_feeds_feed_id"), "partner_feeds", ["feed_id"], schema="desk")
    op.create_table(
        "partner_keys",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["desk.keys.id"], name=op.f("fk_partner_keys_key_id")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_partner_keys")),
        schema="desk",
    )
    op.create_index(
        op.f("ix_partner_keys_partner_id"), "partner_keys", ["partner_id"], schema="desk"
    )
    op.create_table(
        "partner_days",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["desk.partners.id"],
            name=op.f("fk_partner_days_partner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("partner_id", "day", name=op.f("pk_partner_days")),
        schema="desk",
    )
    op.create_table(
        "partner_usage",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("feed", sa.Text(collation="C"), nullable=False),
        sa.Column("format", sa.Text(collation="C"), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("not_modified", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["desk.partners.id"],
            name=op.f("fk_partner_usage_partner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "partner_id", "day", "feed", "format", name=op.f("pk_partner_usage")
        ),
        schema="desk",
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(collation="C"), nullable=True),
        sa.Column("host_key", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("pushed_sha256", sa.Text(collation="C"), nullable=True),
        sa.Column("edit", sa.BigInteger(), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        sa.CheckConstraint("kind IN ('http', 's3', 'sftp')", name=op.f("ck_deliveries_kind")),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["desk.partners.id"], name=op.f("fk_deliveries_partner_id")
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["desk.feeds.id"], name=op.f("fk_deliveries_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        schema="desk",
    )
    op.create_index(op.f("ix_deliveries_feed_id"), "deliveries", ["feed_id"], schema="desk")
    op.create_index(op.f("ix_deliveries_partner_id"), "deliveries", ["partner_id"], schema="desk")
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        _moment("at"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(collation="C"), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["desk.deliveries.id"],
            name=op.f("fk_receipts_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        schema="desk",
    )
    op.create_index("ix_receipts_of_delivery", "receipts", ["delivery_id", "id"], schema="desk")
    op.create_index(op.f("ix_receipts_at"), "receipts", ["at"], schema="desk")


def downgrade() -> None:
    # Without the row that says so they would be nobody's, and after another upgrade they stay so.
    op.execute(
        "UPDATE desk.keys SET revoked_at = coalesce(revoked_at, transaction_timestamp())"
        " WHERE id IN (SELECT key_id FROM desk.partner_keys)"
    )
    for table in (
        "receipts",
        "deliveries",
        "partner_usage",
        "partner_days",
        "partner_keys",
        "partner_feeds",
        "partners",
        "errands",
        "consumers",
    ):
        op.drop_table(table, schema="desk")
    op.drop_column("site", "index_now", schema="desk")
    op.drop_column("site", "hubs", schema="desk")
