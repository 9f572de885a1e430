"""車両: the car as its 車検証 tells it, with its owner and user."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, composite, mapped_column

from onestop.model.base import Record, Versioned, Word
from onestop.model.plate import PLATE_PARTS, RegistrationNumber
from onestop.model.plated import Searched
from onestop.model.text import fold_for_search
from onestop.model.words import PartyKind, VehicleClass


class Vehicle(Searched, Versioned, Record, kw_only=True):
    """One car. Names and addresses are stored exactly as they came, never normalised."""

    __tablename__ = "vehicle"
    __table_args__ = (
        Index("ix_vehicle_serial", "serial"),
        Index("ix_vehicle_plate_key", "plate_key"),
        Index("ix_vehicle_chassis_tail", "chassis_tail"),
        Index("ix_vehicle_owner_key", "owner_key"),
        Index("ix_vehicle_user_key", "user_key"),
        Index("ix_vehicle_reading_key", "reading_key"),
        Index("ix_vehicle_expiry_date", "expiry_date"),
        Index("ix_vehicle_used_at", "used_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    registration_number: Mapped[RegistrationNumber] = composite(RegistrationNumber, *PLATE_PARTS, repr=False)
    officially_stamped: Mapped[bool] = mapped_column(default=False)

    vehicle_class: Mapped[VehicleClass] = mapped_column(Word(VehicleClass), default=VehicleClass.REGISTERED)
    """車両種別 as AINAS wants it: 普通, 軽, 小型二輪."""
    vehicle_kind: Mapped[str] = mapped_column(default="")
    """自動車の種別 as printed: 普通, 小型, 軽自動車, 大型特殊 …"""
    use: Mapped[str] = mapped_column(default="")
    """用途: 乗用, 貨物, 乗合, 特種 …"""
    private_or_business: Mapped[str] = mapped_column(default="")
    """自家用 or 事業用."""
    body_shape: Mapped[str] = mapped_column(default="")
    vehicle_name: Mapped[str] = mapped_column(default="")
    """車名, such as トヨタ."""
    model_code: Mapped[str] = mapped_column(default="")
    engine_model: Mapped[str] = mapped_column(default="")
    type_designation: Mapped[str] = mapped_column(default="")
    """型式指定番号, 5 digits."""
    classification_number: Mapped[str] = mapped_column(default="")
    """類別区分番号, 4 digits."""
    first_registration: Mapped[str | None] = mapped_column(default=None)
    """初度登録年月 (初度検査年月 of a 軽) as YYYY-MM, which has no day; YYYY where a 軽 of old has a year alone."""
    expiry_date: Mapped[dt.date | None] = mapped_column(default=None)
    capacity: Mapped[int | None] = mapped_column(default=None)
    """乗車定員, persons."""
    max_load_kg: Mapped[int | None] = mapped_column(default=None)
    weight_kg: Mapped[int | None] = mapped_column(default=None)
    gross_weight_kg: Mapped[int | None] = mapped_column(default=None)
    length_cm: Mapped[int | None] = mapped_column(default=None)
    width_cm: Mapped[int | None] = mapped_column(default=None)
    height_cm: Mapped[int | None] = mapped_column(default=None)
    displacement: Mapped[str] = mapped_column(default="")
    """総排気量 (L) or 定格出力 (kW), as printed."""
    fuel: Mapped[str] = mapped_column(default="")
    ff_axle_kg: Mapped[int | None] = mapped_column(default=None)
    fr_axle_kg: Mapped[int | None] = mapped_column(default=None)
    rf_axle_kg: Mapped[int | None] = mapped_column(default=None)
    rr_axle_kg: Mapped[int | None] = mapped_column(default=None)

    owner_name: Mapped[str] = mapped_column(default="", repr=False)
    owner_address1: Mapped[str] = mapped_column(default="", repr=False)
    owner_address2: Mapped[str] = mapped_column(default="", repr=False)
    user_is_owner: Mapped[bool] = mapped_column(default=False)
    """The 車検証 shows *** as 使用者; the four user fields below are then empty."""
    user_name: Mapped[str] = mapped_column(default="", repr=False)
    user_address1: Mapped[str] = mapped_column(default="", repr=False)
    user_address2: Mapped[str] = mapped_column(default="", repr=False)
    user_kind: Mapped[PartyKind] = mapped_column(Word(PartyKind), default=PartyKind.PERSON)
    user_representative: Mapped[str] = mapped_column(default="", repr=False)
    name_reading: Mapped[str] = mapped_column(default="", repr=False)
    """How the user's name is read (かな), typed by hand for finding."""
    base_location: Mapped[str] = mapped_column(default="", repr=False)
    """使用の本拠の位置."""

    certificate_number: Mapped[str] = mapped_column(default="", repr=False)
    """電子車検証管理番号."""
    car_id: Mapped[str] = mapped_column(default="", repr=False)
    certificate_issued_on: Mapped[dt.date | None] = mapped_column(default=None)
    recorded_on: Mapped[dt.date | None] = mapped_column(default=None)
    note_info: Mapped[str] = mapped_column(Text, default="", repr=False)
    """備考."""
    tax_rate: Mapped[str] = mapped_column(default="normal")
    """Which 重量税 column holds; エコカー cannot be derived from the 車検証, so a person chooses."""
    validity_years: Mapped[int | None] = mapped_column(default=None)
    """The years of the new 有効期間 as a person chose them; None: by the table."""

    plate_key: Mapped[str] = mapped_column(init=False, default="", repr=False)
    owner_key: Mapped[str] = mapped_column(init=False, default="", repr=False)
    user_key: Mapped[str] = mapped_column(init=False, default="", repr=False)
    reading_key: Mapped[str] = mapped_column(init=False, default="", repr=False)
    used_at: Mapped[dt.datetime] = mapped_column(init=False)
    """When it was last changed or looked at: an empty 照会 shows the cars used last."""

    @property
    def effective_user_name(self) -> str:
        """使用者の氏名・名称 with *** resolved to the owner."""
        return self.owner_name if self.user_is_owner else self.user_name

    @property
    def effective_user_address1(self) -> str:
        """使用者の住所1 with *** resolved to the owner."""
        return self.owner_address1 if self.user_is_owner else self.user_address1

    @property
    def effective_user_address2(self) -> str:
        """使用者の住所2 with *** resolved to the owner."""
        return self.owner_address2 if self.user_is_owner else self.user_address2

    @property
    def effective_user_address(self) -> str:
        """Both parts of it in one line."""
        return self.effective_user_address1 + self.effective_user_address2

    @property
    def user_equals_owner(self) -> bool:
        """Whether the 使用者 is the owner, by the tick or written out alike: 車両情報 shows ***."""
        if self.user_is_owner or not self.user_name:
            return self.user_is_owner
        owner, user = self.owner_address1 + self.owner_address2, self.user_address1 + self.user_address2
        return (self.owner_name, owner) == (self.user_name, user)

    def derive_keys(self) -> None:
        """Fill what searching and counting need from what is shown."""
        super().derive_keys()
        self.plate_key = plate_key(self.registration_number)
        self.owner_key = fold_for_search(self.owner_name)
        self.user_key = fold_for_search(self.effective_user_name)
        self.reading_key = fold_for_search(self.name_reading)
        self.used_at = self.updated_at


def plate_key(plate: RegistrationNumber) -> str:
    """Return the key by which cars with a 登録番号 are found."""
    return fold_for_search(plate.display())
