"""Sitemaps: which articles are in them, by edition and month; what the site tells robots."""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAMESPACE = UUID("6c1c5f0e-8a52-4d5e-9a0b-7d1f6f0f8c41")

SITE = (
    sa.Column("search_url", sa.Text(), nullable=True),
    sa.Column("robots", postgresql.JSONB(astext_type=sa.Text()), server_default="{}",
              nullable=False),
    sa.Column("trust", postgresql.JSONB(astext_type=sa.Text()), server_default="{}",
              nullable=False),
)  # fmt: skip


def upgrade() -> None:
    for column in SITE:
        op.add_column("site", column, schema="desk")
    op.create_table(
        "sitemap_months",
        sa.Column("edition", sa.Text(collation="C"), nullable=False),
        sa.Column("month", sa.Text(collation="C"), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "month", name=op.f("pk_sitemap_months")),
        sa.UniqueConstraint("key", name=op.f("uq_sitemap_months_key")),
        schema="published",
    )
    connection = op.get_bind()
    months = connection.execute(sa.text(_MONTHS)).all()
    if not months:
        return
    rows = [
        {**row._mapping, "key": uuid5(_NAMESPACE, f"{row.edition} {row.month}")} for row in months
    ]
    connection.execute(sa.text(_MONTH), rows)
    connection.execute(sa.text(_LIST))
    connection.execute(sa.text(_STAMP))


# From now on the press does the same by itself (`app.publishing.rendering`).
_MONTHS = """
SELECT DISTINCT edition, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month
FROM published.listings WHERE key = '00000000-0000-0000-0000-000000000000'
"""
_MONTH = (
    "INSERT INTO published.sitemap_months (edition, month, key) VALUES (:edition, :month, :key)"
)
_LIST = """
INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
    format, genre, has_video)
SELECT l.article_id, m.key, l.published_at, l.updated_at, l.edition, l.language,
    l.format, l.genre, l.has_video
FROM published.listings l
JOIN published.sitemap_months m ON m.edition = l.edition
    AND m.month = to_char(l.published_at AT TIME ZONE 'UTC', 'YYYY-MM')
JOIN published.documents d ON d.id = l.article_id AND d.status = 200
CROSS JOIN LATERAL CAST(convert_from(d."full", 'UTF8') AS jsonb) AS article
WHERE l.key = '00000000-0000-0000-0000-000000000000'
    AND article -> 'syndicated_from' = 'null'
    AND coalesce(article #>> '{seo,canonical_url}', article ->> 'canonical_url')
        = article ->> 'canonical_url'
    AND coalesce(article #>> '{seo,robots}', '') !~ '(^|[ ,])(noindex|none)([ ,]|$)'
"""
_STAMP = """
INSERT INTO published.stamps (key, seq, at)
SELECT m.key, h.seq, h.at FROM published.sitemap_months m CROSS JOIN published.head h
"""


def downgrade() -> None:
    for table in ("listings", "departed", "stamps"):
        op.execute(
            f"DELETE FROM published.{table} WHERE key IN"  # noqa: S608
            " (SELECT key FROM published.sitemap_months)"
        )
    op.execute(
        "DELETE FROM published.stamps WHERE key IN"
        " (SELECT id FROM published.documents WHERE kind = 'news')"
    )
    op.execute("DELETE FROM published.documents WHERE kind = 'news'")
    op.drop_table("sitemap_months", schema="published")
    for column in reversed(SITE):
        op.drop_column("site", column.name, schema="desk")
