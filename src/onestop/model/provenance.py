"""値の出所: from what each value of a car was read, and when; what was read is kept as it came."""

from __future__ import annotations

import dataclasses
import datetime as dt
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES: Final = 1024 * 1024
"""Of what was read; a file of the 車検証閲覧アプリ has 3 KB, five symbols less than one."""
MOST_DOCUMENTS: Final = 10
"""That are kept with a car: the newest ones."""


class SourceKind(StrEnum):
    """Of what sort the source of a value is, in the words of the glass."""

    TYPED = "手入力"
    JSON = "車検証ファイル(JSON)"
    CSV = "車検証ファイル(CSV)"
    XML = "車検証ファイル(XML)"
    QR = "QRコード"
    TEMPLATE = "ほかの車両から"
    """Lent by a car of the same type, or by the car before."""
    RECKONED = "計算"
    """Told by the 登録番号, or by a sum."""


@dataclasses.dataclass(frozen=True)
class Provenance:
    """Where values come from, before they are stored."""

    kind: SourceKind
    name: str = dataclasses.field(default="", repr=False)
    """Of the file."""
    content: bytes = dataclasses.field(default=b"", repr=False)
    """What was read, as it came; at most MOST_BYTES. Nothing where no document was read."""

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what was read, "" where nothing was."""
        return sha256(self.content).hexdigest() if self.content else ""


TYPED: Final = Provenance(SourceKind.TYPED)


class VehicleSource(Record):
    """One time that values of a car were read or typed, with those that still stand as they came then.

    A field stands in one of a car's sources at most: in that which it was taken from last.
    """

    __tablename__ = "vehicle_source"
    __table_args__ = (Index("ix_vehicle_source_vehicle_id", "vehicle_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id", ondelete="CASCADE"))
    kind: Mapped[SourceKind] = mapped_column(Word(SourceKind))
    name: Mapped[str] = mapped_column(repr=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, repr=False, deferred=True, deferred_raiseload=True)
    digest: Mapped[str] = mapped_column(repr=False)
    fields: Mapped[str] = mapped_column(Text)
    """The names of the fields, with blanks between them."""
    read_at: Mapped[dt.datetime] = mapped_column()

    @property
    def names(self) -> tuple[str, ...]:
        """The fields one by one."""
        return tuple(self.fields.split())

    def lose(self, taken: Iterable[str]) -> None:
        """Leave these fields to a newer source."""
        gone = {*taken}
        self.fields = " ".join(name for name in self.names if name not in gone)
