"""From when on and until when films may be seen, as facts that a job brings about; and which feeds
for television have a video.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "assets",
        sa.Column("availability", sa.Text(collation="C"), server_default="now", nullable=False),
        schema="desk",
    )
    op.create_check_constraint(
        op.f("ck_assets_availability"),
        "assets",
        "availability IN ('later', 'now', 'over')",
        schema="desk",
    )
    op.add_column(
        "assets", sa.Column("turns_at", sa.DateTime(timezone=True), nullable=True), schema="desk"
    )
    op.create_index(
        "ix_assets_turns_at",
        "assets",
        ["turns_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("turns_at IS NOT NULL"),
    )
    # The worker looks at them at once, and says what is so.
    op.execute("""
        UPDATE desk.assets SET turns_at = transaction_timestamp()
        WHERE playback ->> 'available_from' IS NOT NULL
            OR playback ->> 'available_until' IS NOT NULL
    """)
    op.add_column(
        "videos", sa.Column("targets", sa.ARRAY(sa.Text()), nullable=True), schema="published"
    )


def downgrade() -> None:
    op.drop_column("videos", "targets", schema="published")
    op.drop_index(
        "ix_assets_turns_at",
        table_name="assets",
        schema="desk",
        postgresql_where=sa.text("turns_at IS NOT NULL"),
    )
    op.drop_column("assets", "turns_at", schema="desk")
    op.drop_constraint(op.f("ck_assets_availability"), "assets", schema="desk", type_="check")
    op.drop_column("assets", "availability", schema="desk")
