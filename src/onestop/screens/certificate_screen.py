"""What 自賠責証明書発行 and 適合証・証明証発行 share besides being sent: a certificate that is printed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.form_screen import FormT, OpenedT, ShownT
from onestop.screens.function_key import YES, Can, no
from onestop.screens.sending_screen import SendingScreen

if TYPE_CHECKING:
    from onestop.screens.screen import Surroundings


class CertificateScreen(SendingScreen[FormT, OpenedT, ShownT]):
    """A form whose record can be put on paper as it is stored."""

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        super().__init__(surroundings, vehicle_id, control_number)
        self.printing = CertificatePrinting(self)

    @abstractmethod
    def _why_not_printed(self) -> str:
        """Return why it is not printed; nothing when it may be."""

    def can_print(self) -> Can:
        """Whether it can be put on paper, and nothing is under way."""
        working = self.can_work()
        if not working:
            return working
        why_not = self._why_not_printed()
        return no(why_not) if why_not else YES

    def can_open_folder(self) -> Can:
        """Whether a file was written."""
        return self.printing.exporter.can_open_folder()

    def open_folder(self) -> None:
        """Alt+O フォルダを開く."""
        self.printing.exporter.open_folder()
