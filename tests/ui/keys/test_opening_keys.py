"""A key pressed right after a window opened waits until what it shows is read; what sends does not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from onestop.errors import StoreError
from onestop.screens.function_key import Can, FunctionKey
from support.qt import SampleScreen, SampleWindow, Stand, press_key, said
from support.screens import InlineBackground, Stage


class Reader(SampleScreen):
    """Reads something when it opens; one of its keys needs it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.surroundings)
        self.broken = False
        self.has_read = False

    def started(self) -> None:
        self.work("読み込み中", self._read, self._take)

    def _read(self) -> None:
        if self.broken:
            raise StoreError

    def _take(self, _nothing: None) -> None:
        self.has_read = True

    def can_look(self) -> Can:
        return self.can_work()

    def look_at_it(self) -> None:
        self.done.append(f"looked: {self.has_read}")


KEYS: tuple[FunctionKey[Reader], ...] = (
    FunctionKey("F1", "ヘルプ", Reader.help),
    FunctionKey("F4", "新規", Reader.start),
    FunctionKey("F5", "発行", Reader.issue, Reader.can_look, sends=True),
    FunctionKey("F6", "照合", Reader.look_at_it, Reader.can_look),
    FunctionKey("F12", "閉じる", Reader.close),
)


class ReaderWindow(SampleWindow):
    """Shows it."""

    def bind(
        self,
        screen: SampleScreen,
        _keys: object,
        title: str,
        *,
        main_key: str | None = None,  # noqa: ARG002 - as the base has it
        edit: object = None,  # noqa: ARG002 - the same
    ) -> None:
        super().bind(screen, KEYS, title)  # type: ignore[arg-type]  # the screen is a Reader


@pytest.fixture
def opening(stand: Stand) -> tuple[ReaderWindow, Reader, InlineBackground]:
    background = InlineBackground(held=True)
    screen = Reader(Stage(background=background))
    return stand(ReaderWindow(screen)), screen, background


def read(background: InlineBackground) -> None:
    background.work_all()
    QApplication.processEvents()


def test_a_key_waits_and_acts_once_on_what_was_read(opening: tuple[ReaderWindow, Reader, InlineBackground]) -> None:
    window, screen, background = opening
    press_key(window, "F6")
    assert (screen.done, said(window)) == ([], "")
    read(background)
    assert screen.done == ["looked: True"]
    press_key(window, "F6")
    assert screen.done == ["looked: True"] * 2


def test_keys_after_one_that_waits_keep_their_order(opening: tuple[ReaderWindow, Reader, InlineBackground]) -> None:
    window, screen, background = opening
    press_key(window, "F4")
    assert screen.done == ["start"]
    press_key(window, "F6")
    press_key(window, "F4")
    assert screen.done == ["start"]
    read(background)
    assert screen.done == ["start", "looked: True", "start"]


def test_what_sends_is_refused_rather_than_kept(opening: tuple[ReaderWindow, Reader, InlineBackground]) -> None:
    window, screen, background = opening
    press_key(window, "F5")
    assert said(window) == "[F5 発行] は使えません: 読み込み中。終わるまでお待ちください。"
    read(background)
    assert screen.done == []


def test_closing_waits_for_nothing(opening: tuple[ReaderWindow, Reader, InlineBackground]) -> None:
    window, screen, background = opening
    press_key(window, "F6")
    press_key(window, "F12")
    assert not window.isVisible()
    background.work_all()
    assert screen.done == []


def test_what_could_not_be_read_is_told_and_not_hidden_by_a_key(
    opening: tuple[ReaderWindow, Reader, InlineBackground],
) -> None:
    window, screen, background = opening
    screen.broken = True
    press_key(window, "F6")
    read(background)
    assert screen.done == []
    assert said(window)
    assert "使えません" not in said(window)


def test_later_work_is_waited_for_by_no_key(opening: tuple[ReaderWindow, Reader, InlineBackground]) -> None:
    window, screen, background = opening
    read(background)
    screen.started()
    press_key(window, "F6")
    assert said(window) == "[F6 照合] は使えません: 読み込み中。終わるまでお待ちください。"
    read(background)
    assert screen.done == []
