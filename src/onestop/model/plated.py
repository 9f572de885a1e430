"""What every record carries that names a car: 登録番号 and 車台番号, and the key by which 後方一致 finds it."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from onestop.model.chassis import chassis_key


class Plated(MappedAsDataclass, kw_only=True):
    """Mixed into each record that names a car; the record itself composes its 登録番号 of `plate.PLATE_PARTS`."""

    area: Mapped[str] = mapped_column(init=False, repr=False)
    class_number: Mapped[str] = mapped_column(init=False, repr=False)
    kana: Mapped[str] = mapped_column(init=False, repr=False)
    serial: Mapped[str] = mapped_column(init=False, repr=False)
    chassis_number: Mapped[str] = mapped_column(repr=False)


class Searched(Plated, kw_only=True):
    """Mixed into those that are searched for: what searching needs is derived whenever they are written."""

    chassis_tail: Mapped[str] = mapped_column(init=False, default="", repr=False)
    """The folded 車台番号 reversed, so that 後方一致 is a range on an index."""

    def derive_keys(self) -> None:
        """Fill what searching and counting need from what is shown."""
        self.chassis_tail = chassis_tail(self.chassis_number)


def chassis_tail(chassis_number: str) -> str:
    """Return the key by which records with a 車台番号 are found."""
    return chassis_key(chassis_number)[::-1]


for _before in ("before_insert", "before_update"):
    event.listen(Searched, _before, lambda _mapper, _connection, record: record.derive_keys(), propagate=True)
