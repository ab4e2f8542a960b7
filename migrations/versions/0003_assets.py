"""assets

Revision ID: 0003
Revises: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("transaction_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("asset_id IS NULL OR failure IS NULL", name=op.f("ck_uploads_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        schema="desk",
    )
    op.create_index("ix_uploads_created_at", "uploads", ["created_at"], unique=False, schema="desk")
    op.create_index("ix_uploads_key_id", "uploads", ["key_id"], unique=False, schema="desk")
    op.create_table(
        "assets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("state", sa.Text(collation="C"), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(collation="C"), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(collation="C"), nullable=True),
        sa.Column("remote_url", sa.Text(), nullable=True),
        sa.Column("imported_from", sa.Text(), nullable=True),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("perceptual_hash", sa.BigInteger(), nullable=True),
        sa.Column("dominant_colour", sa.Text(collation="C"), nullable=True),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("alt", sa.Text(), nullable=True),
        sa.Column("decorative", sa.Boolean(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("creator", sa.Text(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(collation="C"), nullable=True),
        sa.Column("digital_source_type", sa.Text(collation="C"), nullable=True),
        sa.Column("rights", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("focal_x", sa.SmallInteger(), nullable=False),
        sa.Column("focal_y", sa.SmallInteger(), nullable=False),
        sa.Column("flags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("embedded", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("poster_id", sa.Uuid(), nullable=True),
        sa.Column(
            "playback", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("external_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note_internal", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_assets_failure")
        ),
        sa.CheckConstraint(
            "kind IN ('image', 'video', 'audio', 'document')", name=op.f("ck_assets_kind")
        ),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_assets_state")),
        sa.CheckConstraint(
            "focal_x BETWEEN 0 AND 100 AND focal_y BETWEEN 0 AND 100", name=op.f("ck_assets_focus")
        ),
        sa.CheckConstraint("poster_id <> id", name=op.f("ck_assets_not_itself")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["desk.publications.id"], name=op.f("fk_assets_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["poster_id"], ["desk.assets.id"], name=op.f("fk_assets_poster_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
        schema="desk",
    )
    op.create_index("ix_assets_agency_id", "assets", ["agency_id"], unique=False, schema="desk")
    op.create_index(
        "ix_assets_expires_at",
        "assets",
        ["expires_at"],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("expires_at IS NOT NULL AND expired_at IS NULL"),
    )
    op.create_index(
        "ix_assets_external_ids",
        "assets",
        ["external_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.create_index("ix_assets_newest", "assets", ["created_at", "id"], unique=False, schema="desk")
    op.create_index("ix_assets_poster_id", "assets", ["poster_id"], unique=False, schema="desk")
    op.create_index("ix_assets_sha256", "assets", ["sha256"], unique=False, schema="desk")
    op.create_index(
        "ix_assets_sources",
        "assets",
        ["playback"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"playback": "jsonb_path_ops"},
    )
    op.add_column(
        "articles",
        sa.Column(
            "asset_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False
        ),
        schema="desk",
    )
    op.alter_column("articles", "asset_ids", server_default=None, schema="desk")
    op.create_index(
        "ix_articles_asset_ids",
        "articles",
        ["asset_ids"],
        unique=False,
        schema="desk",
        postgresql_using="gin",
    )
    op.create_table(
        "version_assets",
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "asset_id", "article_id", "version", name=op.f("pk_version_assets")
        ),
        schema="desk",
    )
    op.create_index(
        "ix_people_picture",
        "people",
        [sa.literal_column("(image ->> 'asset_id')")],
        unique=False,
        schema="desk",
        postgresql_where=sa.text("image ->> 'asset_id' IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("DELETE FROM published.documents WHERE kind = 'asset'")
    _forget_assets()
    op.execute(_WITHOUT_PORTRAITS)
    op.execute(_WITHOUT_LOGO)
    op.drop_index("ix_people_picture", table_name="people", schema="desk")
    op.drop_table("version_assets", schema="desk")
    op.drop_index("ix_articles_asset_ids", table_name="articles", schema="desk")
    op.drop_column("articles", "asset_ids", schema="desk")
    op.drop_index(
        "ix_assets_sources",
        table_name="assets",
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"playback": "jsonb_path_ops"},
    )
    op.drop_index("ix_assets_sha256", table_name="assets", schema="desk")
    op.drop_index("ix_assets_poster_id", table_name="assets", schema="desk")
    op.drop_index("ix_assets_newest", table_name="assets", schema="desk")
    op.drop_index(
        "ix_assets_external_ids",
        table_name="assets",
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"external_ids": "jsonb_path_ops"},
    )
    op.drop_index(
        "ix_assets_expires_at",
        table_name="assets",
        schema="desk",
        postgresql_where=sa.text("expires_at IS NOT NULL AND expired_at IS NULL"),
    )
    op.drop_index("ix_assets_agency_id", table_name="assets", schema="desk")
    op.drop_table("assets", schema="desk")
    op.drop_index("ix_uploads_key_id", table_name="uploads", schema="desk")
    op.drop_index("ix_uploads_created_at", table_name="uploads", schema="desk")
    op.drop_table("uploads", schema="desk")


def _forget_assets() -> None:
    """Whoever knows no assets does not read content that names any."""
    connection = op.get_bind()
    last: tuple[Any, int] = ("00000000-0000-0000-0000-000000000000", 0)
    while True:
        rows = connection.execute(_NAMING_ASSETS, {"id": last[0], "number": last[1]}).all()
        if not rows:
            return
        for row in rows:
            values = {"id": row.article_id, "number": row.number, "content": _without(row.content)}
            connection.execute(_KEEP, values)
        last = (rows[-1].article_id, rows[-1].number)


def _without(value: Any) -> Any:
    """The same without assets: what is nothing but one is None, or left out of its list."""
    if isinstance(value, list):
        kept = [_without(each) for each in value]
        return [new for old, new in zip(value, kept, strict=True) if new is not None or old is None]
    if not isinstance(value, dict):
        return value
    if value.get("asset_id") is not None:
        return None
    found = {name: _without(each) for name, each in value.items() if name != "asset_id"}
    media = ("image", "video", "audio")
    if set(found) == set(media) and not any(found.values()) and any(value.values()):
        return None
    return None if value.get("images") and not found["images"] else found


_WITHOUT_PORTRAITS = """
    UPDATE desk.people
    SET image = CASE WHEN image ->> 'asset_id' IS NULL THEN image - 'asset_id' END
    WHERE image ? 'asset_id'
"""
_WITHOUT_LOGO = """
    UPDATE desk.site SET publisher = CASE
        WHEN publisher -> 'logo' ->> 'asset_id' IS NULL THEN publisher #- '{logo,asset_id}'
        ELSE jsonb_set(publisher, '{logo}', 'null') END
    WHERE publisher -> 'logo' ? 'asset_id'
"""
_NAMING_ASSETS = sa.text("""
    SELECT article_id, number, content FROM desk.revisions
    WHERE (article_id, number) > (CAST(:id AS uuid), :number) AND content::text LIKE '%"asset_id"%'
    ORDER BY article_id, number LIMIT 500
""")
_KEEP = sa.text(
    "UPDATE desk.revisions SET content = :content WHERE article_id = :id AND number = :number"
).bindparams(sa.bindparam("content", type_=postgresql.JSONB))
