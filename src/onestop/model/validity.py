"""How many years a 継続検査 gives (車両法61条): by the dated table, or as a person says where the table does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.rate_book import rates
from onestop.model.rate_tables import in_force
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.taxable import TaxableVehicle

CHOICES: Final = (1, 2)
"""The years that a renewal can give; three are for a first 車検 alone."""
CHOOSE_INSTEAD: Final = "「有効期間」で1年か2年を選んでください。"
CHOOSE: Final = f"車両の{CHOOSE_INSTEAD}"


@dataclass(frozen=True, slots=True)
class Validity:
    """The years of the new 有効期間; None: a person is to be asked."""

    years: int | None
    proposal: int | None = None
    """What the table proposes where a person is asked, if anything."""
    label: str = ""
    """What the table calls such a car; "" when it has no row for it."""
    tabled: int | None = None
    """What the table says, whatever a person chose."""
    untyped: tuple[str, ...] = ()
    """What of the car the table goes by and nobody has typed, as it is called on the form."""

    @property
    def question(self) -> str:
        """Why a person is asked, and for what; "" when the years are known."""
        if self.years is not None:
            return ""
        if self.untyped:
            asked = "、".join(self.untyped)
            return f"{asked}が未入力のため、車検の有効期間の年数が決まりません。車両に入力するか、{CHOOSE_INSTEAD}"
        of_what = f"「{self.label}」は" if self.label else "種別・用途・車体の形状・自家用の別からは"
        usual = f"多くは{self.proposal}年です。" if self.proposal else ""
        return f"{of_what}車検の有効期間の年数が表で決まりません。{usual}{CHOOSE}"


def validity_of(vehicle: TaxableVehicle, day: dt.date) -> Validity:
    """Return the years that an application on a day gives (rule V34)."""
    row = in_force([each for each in rates().validity if each.condition.fits(vehicle)], day)
    if row is None:
        return Validity(vehicle.chosen_years, untyped=_untyped(vehicle))
    years = vehicle.chosen_years or row.years
    return Validity(years, row.proposal, row.label, row.years)


def _untyped(vehicle: TaxableVehicle) -> tuple[str, ...]:
    """Return what nobody typed of what decides; a motorcycle has no 用途."""
    use = "用途" if not vehicle.use and vehicle.vehicle_class is not VehicleClass.MOTORCYCLE else ""
    owner = "" if vehicle.private_or_business else "自家用・事業用の別"
    return tuple(each for each in (use, owner) if each)
