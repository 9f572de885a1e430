"""復元キー: to be written down and typed in from the paper, or only typed in. What is typed is never written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.desk import recovery_words as words
from onestop.screens.function_key import Can, no
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Surroundings
    from onestop.services.printing import Sheet
    from onestop.services.recovery import Recovery


class RecoveryScreen(Screen):
    """F7 tries what was typed; whoever closes without that is asked again."""

    help_page = "recovery"

    def __init__(
        self, surroundings: Surroundings, recovery: Recovery, done: Callable[[], None], left: Callable[[], None]
    ) -> None:
        """`done` runs once the right key was typed in, `left` when the window is closed without."""
        super().__init__(surroundings)
        self.typed = ""
        self._recovery = recovery
        self._done = done
        self._left = left

    def started(self) -> None:
        """Begin in the field: nothing has to be read."""
        self.view.focus_field("recovery_key")

    # --- what stands on the glass

    @property
    def about(self) -> str:
        """What is to be done here."""
        return words.TO_WRITE_DOWN if self._recovery.key else words.TO_ENTER

    @property
    def shown_key(self) -> str:
        """The key, as long as nothing is typed: what is copied from the glass tries no paper."""
        if self._recovery.key is None:
            return ""
        return words.HIDDEN if self.typed else "\n".join(self._recovery.lines)

    def edit(self, name: str, value: object) -> None:
        """Take what was typed."""
        self.typed_in(name)
        self.typed = str(value)
        self.view.refresh()

    # --- keys

    def can_check(self) -> Can:
        """Whether something was typed, and nothing is under way."""
        return self.can_work() if self.typed.strip() else no(words.EMPTY)

    def check(self) -> None:
        """F7 確認: try what was typed."""
        typed, take = self.typed, self._recovery.take
        self.work(words.CHECKING, lambda: take(typed), lambda _none: self._taken())

    def _taken(self) -> None:
        self.view.dismiss()
        self._done()

    def can_print(self) -> Can:
        """Whether there is a key to be written down."""
        return self.can_work() if self._recovery.key else no(words.NOT_SHOWN)

    def print(self) -> None:
        """F9 印刷: show the paper in 印刷プレビュー."""

        def show(paper: tuple[Sheet, ...]) -> None:
            self.view.preview(paper, lambda _title, _offset: None)  # it is printed once

        self.work(words.PRINTING, lambda: self._recovery.sheets(self.clock), show)

    def close(self) -> None:
        """F12 閉じる."""
        self.view.dismiss()
        self._left()
