"""Writing a file for the clerk: asking where, writing in the background, and offering the folder afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from onestop.documents.names import Suffix
from onestop.screens.function_key import YES, Can, FunctionKey, no
from onestop.screens.ports import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Screen

PATTERNS: Final = {
    Suffix.PDF: "PDF (*.pdf)",
    Suffix.EXCEL: "Excel ブック (*.xlsx)",
    Suffix.CSV: "CSV (*.csv)",
}
NOTHING_SAVED: Final = "この画面では、まだファイルを保存していません。"


class Exporter:
    """What a screen with F11 Excel, CSV or F8 PDF holds."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.saved: Path | None = None

    def save(self, title: str, name: str, suffix: Suffix, write: Callable[[Path], tuple[str, ...]]) -> None:
        """Ask where to, beginning in the folder used last; then write there in the background.

        Args:
            title: of the window that asks.
            name: of the file, as proposed.
            suffix: which kind of file.
            write: runs on a worker and returns the characters that became 〓.
        """
        screen = self._screen

        def ask(folder: str) -> None:
            proposed = Path(folder) / name if folder else Path(name)
            screen.view.ask_save_file(title, proposed, PATTERNS[suffix], lambda path: self._write(path, suffix, write))

        def folder() -> str:
            return screen.desk().settings.export_folder()

        screen.work("保存先を準備中", folder, ask)

    def _write(self, chosen: Path, suffix: Suffix, write: Callable[[Path], tuple[str, ...]]) -> None:
        path = chosen if chosen.suffix.lower() == suffix else chosen.with_name(chosen.name + suffix)
        screen = self._screen

        def job() -> tuple[str, ...]:
            missing = write(path)
            screen.desk().settings.remember_export_folder(str(path.parent))
            return missing

        screen.work("ファイルを書き出し中", job, lambda missing: self._written(path, missing))

    def _written(self, path: Path, missing: tuple[str, ...]) -> None:
        self.saved = path
        text = f"保存しました: {path.name}。Alt+O でフォルダーを開きます。"
        if missing:
            lost = " ".join(missing)
            self._screen.say(f"{text} 変換できない文字は〓にしました: {lost}", Tone.WARNING)
        else:
            self._screen.say(text)

    def can_open_folder(self) -> Can:
        """Whether something was written."""
        return YES if self.saved else no(NOTHING_SAVED)

    def open_folder(self) -> None:
        """Open the folder of what was written last."""
        if self.saved is not None:
            self._screen.view.show_folder(self.saved.parent)


class Exports(Protocol):
    """A screen that writes files."""

    exporter: Exporter


ExportsT = TypeVar("ExportsT", bound=Exports)


def open_folder_key() -> FunctionKey[ExportsT]:
    """Return the key that leads to what was written, the same in every window that writes files."""
    return FunctionKey(
        "Alt+O",
        "フォルダーを開く",
        lambda screen: screen.exporter.open_folder(),
        lambda screen: screen.exporter.can_open_folder(),
    )
