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
)


def take_out(screen: Screen) -> None:
    """Ask where to, beginning in the folder used last for a file, and write there."""

    def proposed() -> Path:
        name = f"onestop-{screen.clock.now().astimezone(JST):%Y%m%d-%H%M%S}"
        return Path(screen.desk().settings.export_folder()) / name

    def ask(folder: Path) -> None:
        screen.view.ask_save_file(TITLE, folder, PATTERNS, write)

    def write(folder: Path) -> None:
        screen.work("書き出し中", lambda: screen.desk().data_export.write(folder), lambda told: written(folder, told))

    def written(folder: Path, tables: tuple[WrittenTable, ...]) -> None:
        screen.say(WRITTEN.format(folder.name, len(tables), sum(each.rows for each in tables)))
        screen.view.show_folder(folder)

    screen.work("保存先を準備中", proposed, ask)
