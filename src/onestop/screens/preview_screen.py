"""印刷プレビュー: the sheets, how far they are moved on the paper, the printer, and how large they are shown."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Protocol

from onestop.screens.function_key import YES, Can, no
from onestop.screens.ports import Tone
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.documents.layout import LaidOut
    from onestop.screens.screen import Surroundings
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset

SHEETS: Final = (("copy", "控"), ("official", "公式用紙に印字"))
"""What a sheet is called; something that has no official form has the first alone, and none is offered."""
ZOOMS: Final = (None, 100, 150, 200, 300)
"""How large pages are shown, in percent; None is the whole page."""
UNLABELLED: Final = {
    "conditions": "検索条件",
    "period": "交付年月日の期間",
    "printed_at": "印刷日時",
    "totals": "合計",
    "workshop_code": "整備工場コード",
    "workshop_name": "事業場の名称",
}
"""What stands on our forms without a label, as a clerk calls it."""
OFFICIAL: Final = (
    "公式用紙に、値だけを印字します。用紙をプリンターに入れ、先に試し刷りを普通の紙に印刷して位置を確かめてください。"
)
TRIED: Final = "試し刷りを印刷しました。公式用紙に重ねて枠の位置を確かめ、ずれは「右へ」「下へ」で直してください。"
LOOKING: Final = "プリンターを探しています。"
NO_PRINTER: Final = "プリンターがありません。閉じて、PDF で保存するか、書き写してください。"
NOT_PRINTED: Final = "印刷できませんでした。プリンターの電源と用紙を確かめてください。"
NO_TRIAL: Final = "試し刷りは、公式用紙に印字するときに使います。"
LARGEST: Final = "これより大きくはできません。"
SMALLEST: Final = "ページの全体が見えています。"


class Press(Protocol):
    """What prints. Implemented by Qt's printers, and by the tests'."""

    def printers(self) -> tuple[str, ...]:
        """Return the names of the printers, the system's own choice first; a print server takes its time."""

    def send(self, document: LaidOut, offset: PrintOffset, printer: str) -> bool:
        """Print all pages; whether that went well."""


class PreviewScreen(Screen):
    """What is about to be printed. F9 spends paper, so that it is guarded like a key that sends."""

    def __init__(
        self,
        surroundings: Surroundings,
        sheets: tuple[Sheet, ...],
        press: Press,
        kept: Callable[[str, PrintOffset], None],
    ) -> None:
        """Show the first sheet; `kept` hears of every offset that was changed when the window ends."""
        super().__init__(surroundings)
        self.sheets = sheets
        self.shown = 0
        """Which sheet."""
        self.offsets = [sheet.offset for sheet in sheets]
        self.printers: tuple[str, ...] | None = None
        """None until the system has told them."""
        self.printer = ""
        self.zoom: int | None = None
        """In percent; None shows the whole page."""
        self._press = press
        self._kept = kept

    def started(self) -> None:
        """Ask the system for its printers."""
        self.background.run(self._press.printers, self._know_printers, lambda _error: self._know_printers(()))

    def _know_printers(self, names: tuple[str, ...]) -> None:
        self.printers, self.printer = names, names[0] if names else ""
        self.view.refresh()

    # --- what stands on the glass

    @property
    def sheet(self) -> Sheet:
        """The sheet that is shown."""
        return self.sheets[self.shown]

    @property
    def document(self) -> LaidOut:
        """The pages that are shown."""
        return self.sheet.document

    @property
    def offset(self) -> PrintOffset:
        """How far they are moved now."""
        return self.offsets[self.shown]

    @property
    def heading(self) -> str:
        """What is printed."""
        return f"印刷プレビュー {self.document.title}"

    @property
    def told(self) -> str:
        """What there is to know before printing."""
        can, document = self.can_print(), self.document
        told = f"{len(document.pages)}ページ" if can else can.why_not
        if self.sheet.trial is not None:
            told = f"{told} {OFFICIAL}"
        if document.missing:
            told = f"{told} 変換できない文字は〓にしました: {' '.join(document.missing)}"
        if document.tiny:
            told = f"{told} 字が小さくなりました: {'・'.join(UNLABELLED.get(name, name) for name in document.tiny)}"
        return told

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what stands in a field of the window now."""
        self.quiet()
        match name:
            case "sheet":
                self.shown = [key for key, _ in SHEETS].index(str(value))
            case "printer":
                self.printer = str(value)
            case _:
                self.offsets[self.shown] = dataclasses.replace(self.offset, **{name: float(str(value))})
        self.view.refresh()

    # --- keys

    def can_print(self) -> Can:
        """Whether there is a printer."""
        if self.printers is None:
            return no(LOOKING)
        return YES if self.printers else no(NO_PRINTER)

    def print(self) -> None:
        """F9 印刷: send all pages to the chosen printer, and close."""
        if self._press.send(self.document, self.offset, self.printer):
            self.view.dismiss()
        else:
            self.say(NOT_PRINTED, Tone.ERROR)

    def can_try(self) -> Can:
        """Whether the sheet has frames to try, and there is a printer."""
        return self.can_print() if self.sheet.trial is not None else no(NO_TRIAL)

    def try_out(self) -> None:
        """試し刷り: print the frames of the official form, moved as it is now, and stay."""
        trial = self.sheet.trial
        if trial is not None:
            went_well = self._press.send(trial, self.offset, self.printer)
            self.say(TRIED if went_well else NOT_PRINTED, Tone.INFO if went_well else Tone.ERROR)

    def can_enlarge(self) -> Can:
        """Whether pages can be shown larger."""
        return no(LARGEST) if self.zoom == ZOOMS[-1] else YES

    def enlarge(self) -> None:
        """Ctrl++: show pages larger."""
        self._zoom(1)

    def can_reduce(self) -> Can:
        """Whether pages can be shown smaller."""
        return YES if self.zoom else no(SMALLEST)

    def reduce(self) -> None:
        """Ctrl+-: show pages smaller."""
        self._zoom(-1)

    def show_whole(self) -> None:
        """Ctrl+0: show the whole page."""
        self.zoom = None
        self.view.refresh()

    def _zoom(self, by: int) -> None:
        self.zoom = ZOOMS[ZOOMS.index(self.zoom) + by]
        self.view.refresh()

    def keep_offsets(self) -> None:
        """What was moved stays moved, however the window was closed."""
        for sheet, offset in zip(self.sheets, self.offsets, strict=True):
            if offset != sheet.offset:
                self._kept(sheet.document.title, offset)
