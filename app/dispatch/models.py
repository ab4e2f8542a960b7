"""How far each consumer of the change log has come, and what is still to be told to whom."""

from datetime import datetime

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name


class Consumer(Base):
    """`seq` is the last change that it has dealt with."""

    __tablename__ = "consumers"
    __table_args__ = ({"schema": "desk"},)

    name: Mapped[str] = mapped_column(Name, primary_key=True)
    seq: Mapped[int]
    moved_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class Errand(Base):
    """Something to be told to a server that is not ours: to `target`, of `subject`.

    `seq` is the newest change that it is about. At `next_at` it is run, None: nothing is to be
    told. `attempts` are those that failed in a row; what the last one brought follows.
    """

    __tablename__ = "errands"
    __table_args__ = (
        Index(
            "ix_errands_due",
            "kind",
            "target",
            "next_at",
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        {"schema": "desk"},
    )

    kind: Mapped[str] = mapped_column(Name, primary_key=True)
    target: Mapped[str] = mapped_column(Name, primary_key=True)
    subject: Mapped[str] = mapped_column(Name, primary_key=True)
    seq: Mapped[int]
    next_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    ok: Mapped[bool | None]
    status: Mapped[int | None]
    reason: Mapped[str | None]
