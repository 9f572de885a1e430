"""All tables: importing this imports every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, Integer, String, Table

from onestop.model import (
    added_rate,
    bank,
    certificates,
    change,
    checklist,
    confirmation,
    editing,
    filing,
    inspection,
    inspector,
    operator,
    provenance,
    settled_file,
    typing_draft,
    vehicle,
)
from onestop.model.base import Record

if TYPE_CHECKING:
    from sqlalchemy import MetaData

RECORDS: Final = (
    vehicle.Vehicle,
    inspection.Inspection,
    filing.Filing,
    filing.FilingFee,
    certificates.InsuranceCertificate,
    certificates.ConformityCertificate,
    typing_draft.TypingDraft,
    confirmation.Confirmation,
    provenance.VehicleSource,
    settled_file.SettledFile,
    bank.BankStatement,
    bank.BankLine,
    bank.BankLineAgain,
    bank.PaymentMatch,
    bank.ClosedMonth,
    bank.PaymentEvent,
    checklist.ChecklistAnswer,
    checklist.FleetConsent,
    added_rate.AddedRate,
    operator.Operator,
    change.Change,
    editing.Editing,
    inspector.Inspector,
)
ROW_SUM: Final = Table(
    "row_sum",
    Record.metadata,
    Column("of", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("sum", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The sum of each row by its table and its key; of `sqlite_sequence` the number itself, of `sqlite_schema` one sum."""
SAVE_MARK: Final = Table(
    "save_mark",
    Record.metadata,
    Column("place", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("token", Integer, nullable=False),
)
"""The marks of the last saves (store/sqlite/saves.py)."""
BOOKS: Final = (ROW_SUM, SAVE_MARK)
"""What the store keeps for itself."""
METADATA: Final[MetaData] = Record.metadata
