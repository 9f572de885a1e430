"""What 照会 says of the watched folder: how many files wait there, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.function_key import YES, Can, no

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.vehicle.arriving import Arrivals

NOTHING_WAITS: Final = (
    "監視フォルダーに、届いた車検証ファイルはありません。監視フォルダーは F3 設定 で決めます。"
    "ファイルを選んで取り込むときは F11 取込 を使います。"
)
GONE: Final = "車検証ファイルの監視フォルダーが見つかりません。ネットワークかドライブを確かめてください。"
WAITS: Final = "届いた車検証: {count}件。Alt+N で内容を確かめて取り込みます。"
MOST_NAMES: Final = 2
LONGEST_NAME: Final = 30


class ArrivedFiles:
    """What the last look at the folder found: in words, and the files that go to 取込."""

    def __init__(self, found: Arrivals | None = None) -> None:
        self.found = found

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that wait, the oldest first."""
        return () if self.found is None else tuple(each.path for each in self.found.files)

    @property
    def text(self) -> str:
        """What is to be said; nothing while all is well and nothing waits."""
        if self.found is None:
            return ""
        gone = GONE if self.found.is_gone else ""
        waits = WAITS.format(count=len(self.paths)) if self.paths else ""
        return "  ".join(filter(None, (waits, gone, _unreadable(self.found.unreadable))))

    def can_open(self) -> Can:
        """Whether something waits."""
        return YES if self.paths else no(GONE if self.found is not None and self.found.is_gone else NOTHING_WAITS)


def _unreadable(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f"、ほか{len(names) - MOST_NAMES}件" if len(names) > MOST_NAMES else ""
    return f"車検証閲覧アプリのものではないファイル: {'、'.join(map(_cut, names[:MOST_NAMES]))}{more}"


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
