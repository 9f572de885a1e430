"""印刷 and PDF of the certificate that a window shows, as it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.documents.names import Suffix, export_name
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import no
from onestop.screens.printing import show_preview

if TYPE_CHECKING:
    from onestop.screens.function_key import Can
    from onestop.screens.screen import Screen
    from onestop.services.papers import CertificateKind


class CertificatePrinting:
    """What a screen with a certificate to print holds."""

    def __init__(self, screen: Screen) -> None:
        self.exporter = Exporter(screen)
        self._screen = screen

    def can_print(self, why_not: str) -> Can:
        """Whether it can be put on paper: nothing speaks against it, and nothing is under way."""
        working = self._screen.can_work()
        return no(why_not) if working and why_not else working

    def preview(self, kind: CertificateKind, control_number: int) -> None:
        """Show its 控, and the values for its official form; printing starts from there alone."""
        desk = self._screen.desk
        show_preview(self._screen, lambda: desk().papers.sheets(kind, control_number))

    def save(self, kind: CertificateKind, control_number: int) -> None:
        """Ask where to, and write its PDF there."""
        desk = self._screen.desk
        self.exporter.save(
            f"{kind.value}の保存",
            export_name(kind, Suffix.PDF, control_number),
            Suffix.PDF,
            lambda path: desk().papers.save_pdf(kind, control_number, path),
        )
