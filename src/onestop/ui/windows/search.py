"""What 申請書一覧 and 指定整備元帳 share on the glass: lines of conditions above a list that Enter opens a row of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import typed_in
from onestop.ui.labels import Data
from onestop.ui.layout import ScrolledPage, column, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

    from onestop.screens.filing.list_screen import FilingListScreen
    from onestop.screens.function_key import FunctionKey
    from onestop.screens.ledger.ledger_screen import LedgerScreen
    from onestop.ui.fields.fields import Field
    from onestop.ui.layout import Columns, Part
    from onestop.ui.rows.view import RowsView

SearchScreenT = TypeVar("SearchScreenT", bound="FilingListScreen | LedgerScreen")


class SearchWindow(DeskWindow[SearchScreenT]):
    """A window makes its conditions and its `rows`, lays them out, and ends with `bind_search`."""

    rows: RowsView
    page: ScrolledPage

    def bind_search(self, screen: SearchScreenT, keys: tuple[FunctionKey[SearchScreenT], ...], title: str) -> None:
        """Let the fields edit the conditions of this screen and the list open its rows, and show it with these keys."""
        self.fields = [field for field in typed_in(self.body) if hasattr(screen.conditions.typed, field.name)]
        for field in self.fields:
            field.edited.connect(screen.conditions.edit)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press("F5"))
        self.bind(screen, keys, title, main_key="F7")
        self.page.begin_at(self.rows, whole=True)

    def fill(self, screen: SearchScreenT) -> None:
        """Show the conditions, and the words for no rows."""
        for field in self.fields:
            field.show_value(getattr(screen.conditions.typed, field.name))
        self.rows.show_empty(screen.empty_text)

    def lay_out(self, *lines: QLayout, below: Sequence[Part]) -> None:
        """Put lines above the list and the rest below it, and all on a page."""
        self.rows.keep_high()
        self.page = ScrolledPage(column(*lines, (self.rows, 1), *below, spacing=6))  # for the largest text
        self.body.hold(self.page)


def pair(first: Field, last: Field) -> Columns:
    """Put two fields side by side with a wave between them."""
    wave = Data("～")
    wave.setContentsMargins(0, 0, 0, 7)
    return line(first, wave, last)
