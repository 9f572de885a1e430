"""All tables: importing this imports every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model import certificates, confirmation, filing, inspection, typing_draft, vehicle
from onestop.model.base import Record
from onestop.store.sqlite import row_sums, saves

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
)
BOOKS: Final = (row_sums.ROW_SUM, saves.SAVE_MARK)
"""What the store keeps for itself."""
METADATA: Final[MetaData] = Record.metadata
