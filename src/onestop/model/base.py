"""What every stored record shares: the declarative base and the column types of this house."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Any, ClassVar, Final, TypeVar, cast

from sqlalchemy import BigInteger, DateTime, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can find it again."""


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment; UTC in the database, aware UTC in the program."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: object) -> dt.datetime | None:
        """Store as UTC; a naive moment is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a stored moment must be aware"
            raise ValueError(msg)
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, _dialect: object) -> dt.datetime | None:
        """Return as aware UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


WHOLE_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits wherever it is kept: 管理番号 have ten digits, and a bank's amounts as many."""

EnumT = TypeVar("EnumT", bound=Enum)


class Word(TypeDecorator[EnumT]):
    """An enumeration stored as its value, readable in the database by any tool."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[EnumT], length: int = 20) -> None:
        super().__init__(length)
        self.kind = kind

    def process_bind_param(self, value: EnumT | None, _dialect: object) -> str | None:
        """Store the value."""
        return None if value is None else cast("str", value.value)

    def process_result_value(self, value: str | None, _dialect: object) -> EnumT | None:
        """Return the member."""
        return None if value is None else self.kind(value)


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base of all stored records: SQLAlchemy 2 dataclass entities, which are the model."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: Moment, int: WHOLE_NUMBER}


class Versioned(MappedAsDataclass, kw_only=True):
    """Mixed into each record that is changed again and again: nobody overwrites what he has not read."""

    version: Mapped[int] = mapped_column(init=False)
    created_at: Mapped[dt.datetime] = mapped_column()
    updated_at: Mapped[dt.datetime] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands the class over
        return {"version_id_col": cls.version}
