"""検査員: who may sign a 保適証 for this workshop."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record


class Inspector(Record, kw_only=True):
    """One 検査員, as 設定 lists them. The database has them: a name must not be read on a stolen disk."""

    __tablename__ = "inspector"

    code: Mapped[str] = mapped_column(primary_key=True)
    """検査員コード, 8 digits."""
    name: Mapped[str] = mapped_column(repr=False)
    position: Mapped[int] = mapped_column(default=0)
    """Their order in 設定."""
