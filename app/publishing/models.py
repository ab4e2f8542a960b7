"""What was embedded where: written at render time, asked when something changes."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Dependency(Base):
    """The public form of this article was made with that section, person, topic or article."""

    __tablename__ = "dependencies"
    __table_args__ = (
        Index("ix_dependencies_subject", "subject_id", "article_id"),
        {"schema": "desk"},
    )

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class VersionAsset(Base):
    """This version of an article shows that asset: asked when its rights end."""

    __tablename__ = "version_assets"
    __table_args__ = ({"schema": "desk"},)

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
