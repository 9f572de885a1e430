"""見積書 of a car in 照会 and ワンストップサービス: F9 shows it as it will be printed, F8 writes it as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.exporting import Exporter
from onestop.screens.printing import show_preview

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.screens.screen import Screen
    from onestop.services.printing import Sheet


class CustomerEstimate:
    """What a screen with 見積書 holds."""

    def __init__(self, screen: Screen) -> None:
        self.exporter = Exporter(screen)
        self._screen = screen

    def preview(self, vehicle_id: int) -> None:
        """F9 見積書."""

        def sheets() -> tuple[Sheet, ...]:
            estimates = self._screen.desk().estimates
            return estimates.sheets(estimates.of_car(vehicle_id))

        show_preview(self._screen, sheets)

    def save(self, vehicle_id: int) -> None:
        """F8 PDF."""
        from onestop.documents.names import DocumentKind, Suffix, export_name  # noqa: PLC0415 - 照会 is painted first

        def write(path: Path) -> tuple[str, ...]:
            estimates = self._screen.desk().estimates
            return estimates.save_pdf(estimates.of_car(vehicle_id), path)

        name = export_name(DocumentKind.ESTIMATE, Suffix.PDF, vehicle_id, self._screen.clock.today())
        self.exporter.save("見積書の保存", name, Suffix.PDF, write)
