"""データの書き出し in 設定: asks for a folder, and writes everything into it in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.clock import JST

if TYPE_CHECKING:
    from onestop.screens.screen import Screen
    from onestop.services.data_export import WrittenTable

TITLE: Final = "書き出したデータ(新しいフォルダー)の保存"
PATTERNS: Final = "フォルダー (*)"
WRITTEN: Final = (
    "フォルダー「{}」に、{}個の表、{:,}件を書き出しました。個人情報が入っています。取り扱いに注意してください。"
).format


class TakingOut:
    """What 設定 holds for it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def ask(self) -> None:
        """Ask where to, beginning in the folder used last for a file."""
        self._screen.work("保存先を準備中", self._proposed, self._ask)

    def _proposed(self) -> Path:
        desk = self._screen.desk()
        name = f"onestop-{desk.data_export.now().astimezone(JST):%Y%m%d-%H%M%S}"
        return Path(desk.settings.export_folder()) / name

    def _ask(self, proposed: Path) -> None:
        self._screen.view.ask_save_file(TITLE, proposed, PATTERNS, self._write)

    def _write(self, folder: Path) -> None:
        def job() -> tuple[WrittenTable, ...]:
            return self._screen.desk().data_export.write(folder)

        self._screen.work("書き出し中", job, lambda tables: self._written(folder, tables))

    def _written(self, folder: Path, tables: tuple[WrittenTable, ...]) -> None:
        self._screen.say(WRITTEN(folder.name, len(tables), sum(each.rows for each in tables)))
        self._screen.view.show_folder(folder)
