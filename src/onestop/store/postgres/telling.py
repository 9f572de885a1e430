"""Lets the server tell every desk what was changed, with the transaction that changed it: by triggers and NOTIFY.

What is told are numbers and the mark of the desk that wrote, never anything of a record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from onestop.store.no_news import NO_NEWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

CHANNEL: Final = "onestop"
DESK: Final = "onestop.desk"
"""The server's setting in which each connection says whose it is."""
EVERYTHING: Final = "0", "0"
TYPED: Final = "editing"
"""The fourth word where somebody began to type about a car, or ended: programs before this one pass over it."""
_OF_INSPECTION: Final = "(SELECT vehicle_id FROM inspection WHERE id = changed.inspection_id)"
_OF_FILING: Final = "(SELECT vehicle_id FROM filing WHERE control_number = changed.control_number)"

TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "vehicle": ("changed.id", "0"),
    "vehicle_source": ("changed.vehicle_id", "0"),
    "confirmation": ("changed.vehicle_id", "0"),
    "inspection": ("changed.vehicle_id", "0"),
    "checklist_answer": (_OF_INSPECTION, "0"),
    "insurance_certificate": ("changed.vehicle_id", "0"),
    "conformity_certificate": ("changed.vehicle_id", "0"),
    "filing": ("changed.vehicle_id", "changed.control_number"),
    "filing_fee": (_OF_FILING, "changed.control_number"),
    "payment_match": (_OF_FILING, "changed.control_number"),
    "bank_statement": EVERYTHING,
    "closed_month": EVERYTHING,
    "fleet_consent": EVERYTHING,
    "added_rate": EVERYTHING,
    "editing": ("changed.vehicle_id", f"'0 {TYPED}'"),
}
"""What is told, by table: the car and, of a filing, its 管理番号. What no window shows is not told."""

_TELL: Final = """
CREATE OR REPLACE FUNCTION tell_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed {table};
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - {no_news} = to_jsonb(OLD) - {no_news} THEN RETURN NULL; END IF;
    PERFORM pg_notify('onestop', concat_ws(' ',
        coalesce(nullif(current_setting('onestop.desk', true), ''), '-'), coalesce({vehicle}, 0), {filing}));
    RETURN NULL;
END $$"""
_NO_NEWS: Final = f"ARRAY{[*NO_NEWS]}"
"""Columns in which alone a change is told to nobody."""
_TRIGGER: Final = """
CREATE OR REPLACE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION tell_{table}()"""
_TABLES: Final = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"


@dataclass(frozen=True, slots=True)
class Told:
    """What one desk told of a change; of nothing named everything may have changed."""

    desk: str = field(repr=False)
    vehicle_id: int | None = None
    control_number: int | None = None
    """Of a filing."""
    typed: bool = False
    """Nothing was changed: somebody began to type about the car there, or ended."""

    @property
    def is_general(self) -> bool:
        """Whether it was no car's, but everybody's, such as a row of 料金表."""
        return self.vehicle_id is None and self.control_number is None


def tell_changes(connection: Connection) -> None:
    """Let all tables that there are tell, in the transaction that migrates."""
    there = {*connection.scalars(text(_TABLES))}
    for table, (vehicle, filing) in TOLD.items():
        if table in there:
            connection.exec_driver_sql(_TELL.format(table=table, vehicle=vehicle, filing=filing, no_news=_NO_NEWS))
            connection.exec_driver_sql(_TRIGGER.format(table=table))


def read_told(payload: str) -> Told | None:
    """Read what a desk told; None for what is not ours."""
    match payload.split():
        case [desk, vehicle, filing] if vehicle.isdecimal() and filing.isdecimal():
            return Told(desk, int(vehicle) or None, int(filing) or None)
        case [desk, vehicle, _, word] if vehicle.isdecimal() and word == TYPED:
            return Told(desk, int(vehicle) or None, typed=True)
        case _:
            return None
