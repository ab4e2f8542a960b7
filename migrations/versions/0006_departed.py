"""Articles that were taken away, in the lists where they stood: feeds tell of them."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE published.departed (
            article_id uuid NOT NULL,
            key uuid NOT NULL,
            at timestamptz NOT NULL,
            CONSTRAINT pk_departed PRIMARY KEY (article_id, key)
        )
    """)
    op.execute("CREATE INDEX ix_departed_latest ON published.departed (key, at, article_id)")


def downgrade() -> None:
    op.execute("DROP TABLE published.departed")
