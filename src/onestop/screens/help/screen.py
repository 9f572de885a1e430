"""ヘルプ: a page for every window, a search over all of them, and the way back."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.paths import RESOURCES
from onestop.screens.function_key import YES, Can, no
from onestop.screens.help.pages import WHOLE, HelpBook, HelpPage, Hit, find, load_help, whole_page
from onestop.screens.listed_rows import ListedRows
from onestop.screens.ports import Tone
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.screens.screen import Surroundings

COLUMNS: Final = (Column("title", "ページ", 24), Column("excerpt", "内容", 22))
FIRST: Final = "index"
OUTSIDE: Final = "ヘルプの外のページは開きません。"
LOADING: Final = "ヘルプを読み込んでいます。"
NOT_FOUND: Final = "見つかりません。\n\nことばを短くするか、別のことばで探してください。"


class HelpScreen(Screen):
    """What ヘルプ knows: the page that stands, and how the reader came there."""

    help_page = FIRST

    def __init__(
        self,
        surroundings: Surroundings,
        page: str = FIRST,
        folder: Path = RESOURCES / "help",
        whole: tuple[str, ...] = (),
    ) -> None:
        """`page` is a name of help_pages.PAGES; `whole` are texts to be shown in full before it."""
        super().__init__(surroundings)
        self.book = HelpBook()
        self.search_text = ""
        self.hits: ListedRows[Hit] = ListedRows(
            COLUMNS, RowLook(lambda hit: (hit.title, hit.excerpt)), lambda hit: hit.place
        )
        self.found_word = ""
        """What the reader searched for, to be shown on the page that was opened from the list."""
        self._name = page
        self._folder = folder
        self._whole = whole
        self._came_from: list[str] = []

    def started(self) -> None:
        """Read the book."""
        self.work("ヘルプを読み込み中", lambda: load_help(self._folder), self._loaded)

    def _loaded(self, book: HelpBook) -> None:
        self.book = book
        if book.page(self._name) is None:
            self._name = FIRST
        if self._whole:
            self.book = dataclasses.replace(book, pages=(whole_page(self._whole), *book.pages))
            self._came_from.append(self._name)
            self._name = WHOLE
        self._search()
        self.view.focus_field("page")

    # --- pages

    @property
    def page(self) -> HelpPage | None:
        """The page that stands; None until the book is read."""
        return self.book.page(self._name)

    @property
    def place(self) -> int | None:
        """Where the page that stands is in the list; None when the search did not find it."""
        return next((place for place, hit in enumerate(self.hits.records) if hit.name == self._name), None)

    def turn_to(self, name: str, found_word: str = "") -> None:
        """Open a page and remember where the reader comes from."""
        if name != self._name:
            self._came_from.append(self._name)
        self._name = name
        self.found_word = found_word
        self.quiet()
        self.view.focus_field("page")

    def follow(self, link: str) -> None:
        """Follow a link on a page: other pages alone, nothing outside is ever loaded."""
        name = link.partition("#")[0].removesuffix(".md")
        if self.book.page(name) is None:
            self.say(OUTSIDE, Tone.WARNING)
        else:
            self.turn_to(name)

    def contents(self) -> None:
        """F1: the first page."""
        self.turn_to(FIRST)

    def can_go_back(self) -> Can:
        """Whether there is a page to go back to."""
        return YES if self._came_from else no("前のページはありません。")

    def back(self) -> None:
        """Alt+Left 戻る."""
        self._name = self._came_from.pop()
        self.found_word = ""
        self.quiet()

    # --- searching

    def type(self, words: str) -> None:
        """Search for what stands in the field now."""
        self.search_text = words
        self._search()
        self.view.refresh()

    def _search(self) -> None:
        self.hits.show(find(self.book, self.search_text))

    def search(self) -> None:
        """F7 検索: go to the search field."""
        self.view.focus_field("search_text")

    def open_hit(self, position: int) -> None:
        """Enter on a page of the list."""
        if 0 <= position < self.hits.count:
            hit = self.hits.records[position]
            self.turn_to(hit.name, next(iter(self.search_text.split()), ""))

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return NOT_FOUND if self.book.pages else LOADING
