"""The base of every window: message strip, body, function bar, status line, and the keyboard habits of this trade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from onestop.screens.ports import Message, Question, Tone
from onestop.screens.screen import CHANGE_OPERATOR, Screen
from onestop.ui.background import WindowBackground
from onestop.ui.colours import colours_of
from onestop.ui.enters import is_enter
from onestop.ui.fields.fields import Field
from onestop.ui.file_dialogs import open_dialog, save_dialog
from onestop.ui.first_size import fit
from onestop.ui.keys.action_button import ActionButton
from onestop.ui.keys.function_bar import FunctionBar
from onestop.ui.keys.held_keys import keep_off_held_keys
from onestop.ui.keys.listening import listen
from onestop.ui.keys.opening_keys import OpeningKeys
from onestop.ui.keys.sending_guard import SendingGuard
from onestop.ui.layout import Body, ancestors, bring_into_sight, column
from onestop.ui.message_strip import MessageStrip
from onestop.ui.question import QuestionDialog
from onestop.ui.rows.row_teller import RowTeller
from onestop.ui.rows.view import RowsView
from onestop.ui.showing import Showing
from onestop.ui.soon import Soon
from onestop.ui.status_line import StatusLine
from onestop.ui.stops import stop_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent

    from onestop.screens.desk.standing import Standing
    from onestop.screens.function_key import FunctionKey
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset
    from onestop.ui.theme import Theme

ScreenT = TypeVar("ScreenT", bound=Screen)

PRACTICE_FRAME = 6
WINDOW = (
    Qt.WindowType.Window
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowSystemMenuHint
    | Qt.WindowType.WindowMinMaxButtonsHint
    | Qt.WindowType.WindowCloseButtonHint
)


class DeskWindow(QDialog, Generic[ScreenT]):
    """Implements ports.View. A window builds its body in `__init__`, ends with `bind`, and overrides `fill`.

    ```
    class SettingsDialog(DeskWindow[SettingsScreen]):
        def __init__(self, screen: SettingsScreen) -> None:
            super().__init__()
            self.api_key = SecretField("api_key", "APIキー")
            self.body.hold(self.api_key, …)
            self.bind(screen, SETTINGS, "設定", main_key="F10", edit=screen.edit)
    ```
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, WINDOW)
        self.strip = MessageStrip(self)
        self.body = Body(self)
        self.bar = FunctionBar()
        self.status = StatusLine(self)
        self._screen: ScreenT | None = None
        self._keys: tuple[FunctionKey[ScreenT], ...] = ()
        self._main_row: FunctionKey[ScreenT] | None = None
        self.guard = SendingGuard(self, lambda: self.screen_shown.clock)
        self._opening = OpeningKeys(self, lambda: self.screen_shown, self.press_row)
        self._action_buttons: list[ActionButton] = []
        self._fields: list[Field] = []
        self.standing: Standing | None = None
        """Where the desk stood with the world when the window last heard of it."""
        self._started = False
        self._dismissed = False
        self._showing = Showing(self._show_all)
        self._after_question = Soon(self, self._come_back)
        pile = column(self.strip, (self.body, 1), self.bar, self.status, spacing=4)
        margin = PRACTICE_FRAME + 3
        pile.setContentsMargins(margin, margin, margin, margin)
        self.setLayout(pile)
        self.strip.raise_()  # a long message covers what stands below it
        fit(self)

    # --- what windows and the app call

    def bind(
        self,
        screen: ScreenT,
        keys: tuple[FunctionKey[ScreenT], ...],
        title: str,
        *,
        main_key: str | None = None,
        edit: Callable[[str, object], None] | None = None,
    ) -> None:
        """Show this screen with these keys. `main_key` is where Enter leads from the last field, such as F10 保存.

        A key that sends is not pressed by Enter: then it leads to the strip, where the key stands that does.
        `edit` hears the name of each field in which something was typed, and what stands there.
        """
        self._screen = screen
        self._keys = keys
        self._main_row = next((row for row in keys if row.key == main_key), None)
        self.setWindowTitle(title)
        leads_to_strip = self._main_row is not None and self._main_row.sends
        if leads_to_strip:
            self.strip.make_hint()
        self.bar.draw(keys, None if leads_to_strip else main_key)
        self.bar.pressed.connect(self.press)
        for button in self.findChildren(QAbstractButton):
            if hasattr(button, "setAutoDefault"):
                button.setAutoDefault(False)  # Enter never sends
        self.listen_for(CHANGE_OPERATOR)
        screen.attach(self)
        if isinstance(screen.background, WindowBackground):
            screen.background.around = self._showing.once
        for table in self.findChildren(RowsView):
            RowTeller(table, screen)
        self._fields = self.findChildren(Field)
        for field in self._fields:
            field.entered.connect(self._show_strip)
            field.complained.connect(self._show_strip)
            if edit is not None:
                field.edited.connect(edit)
        self.refresh()

    def action_button(self, name: str, row: FunctionKey[ScreenT], *, also_hidden: bool = False) -> ActionButton:
        """Return a button for the body that does what a row of a key table says, also by that row's key.

        `also_hidden`: the key answers, too, while the button is not shown.
        """
        button = ActionButton(name, row)
        button.asked.connect(self.press_row)
        button.listen_in(self, also_hidden=also_hidden)
        self._action_buttons.append(button)
        return button

    def late_button(self, name: str, row: FunctionKey[ScreenT]) -> ActionButton:
        """Return a button that takes room only once it does something; its key always works, or says why not."""
        button = self.action_button(name, row, also_hidden=True)
        button.hide()
        return button

    def listen_for(self, row: FunctionKey[ScreenT] | FunctionKey[Screen]) -> None:
        """Let a key work in this window without a button."""
        listen(self, (row.key,), lambda: self.press_row(row), row.label)

    def furnish(self, theme: Theme, standing: Standing) -> None:
        """Give the window the text sizes and the status line; the app calls it for every window."""
        theme.listen_in(self)
        self.show_standing(standing)

    def show_standing(self, standing: Standing) -> None:
        """Show where the desk stands with the world; practice puts a coloured frame around everything."""
        self.standing = standing
        self.status.show_standing(standing)
        self.update()

    @property
    def screen_shown(self) -> ScreenT:
        """The screen of this window."""
        if self._screen is None:
            msg = "bind() has not been called"
            raise RuntimeError(msg)
        return self._screen

    def come_forward(self) -> None:
        """Stand before every other window and take the keys, also from among the minimised ones."""
        stood = self.isVisible()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if stood:
            self.guard.is_seen()

    def fill(self, screen: ScreenT) -> None:
        """Show the screen's values in the widgets; each compares and sets. Windows override this."""

    # --- ports.View

    def refresh(self) -> None:
        """Show the screen as it is now, or at the end of what a key or a result does."""
        self._showing.ask()

    def dismiss(self) -> None:
        """Close the window without asking; its callbacks are dropped, its work is not."""
        if self._dismissed:
            return
        self._dismissed = True
        self.screen_shown.gone()
        background = self.screen_shown.background
        if isinstance(background, WindowBackground):
            background.close()
        self.done(0)
        self.deleteLater()

    def focus_field(self, name: str) -> None:
        """Put the focus on the field with this English name."""
        self._showing.catch_up()  # what cannot be typed in yet takes no focus
        for widget in (*self.findChildren(QWidget, name), *self.findChildren(QWidget, f"{name}_field")):
            bring_into_sight(widget)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def alarm(self) -> None:
        """Sound once."""
        QApplication.beep()

    def ask(self, question: Question) -> None:
        """Ask, window-modal and without blocking."""
        dialog = QuestionDialog(question, self)
        dialog.finished.connect(lambda _result: self._after_question.start())
        dialog.open()

    def ask_open_file(self, title: str, patterns: str, chosen: Callable[[Path], None], folder: str = "") -> None:
        """Let the clerk choose a file, beginning in her downloads unless a folder is named.

        `patterns` is Qt's, such as `車検証ファイル (*.json)`.
        """
        dialog = open_dialog(self, title, patterns, folder)
        dialog.rejected.connect(self._after_question.start)

        def picked(path: str) -> None:
            before = _windows_shown()
            chosen(Path(path))
            if _windows_shown() == before:  # else what was chosen has opened a window of its own
                self._after_question.start()

        dialog.fileSelected.connect(picked)
        dialog.open()

    def ask_save_file(self, title: str, proposed: Path, patterns: str, chosen: Callable[[Path], None]) -> None:
        """Let the clerk choose where to, beginning in her documents unless a folder is proposed.

        A file that is there already is asked about by the dialog itself.
        """
        dialog = save_dialog(self, title, proposed, patterns)
        dialog.finished.connect(lambda _result: self._after_question.start())
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        dialog.open()

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def preview(self, sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None]) -> None:
        """Show pages as they will be printed."""
        from onestop.ui.windows.preview import open_preview  # noqa: PLC0415 - printing is rare, and start counts imports

        dialog = open_preview(sheets, kept, self)
        dialog.finished.connect(lambda _result: self._after_question.start())

    def _come_back(self) -> None:
        """Be active again after a dialog; not every window system does it by itself."""
        if QApplication.activeWindow() is None and not self._dismissed:
            self.activateWindow()

    # --- keys

    def press(self, key: str) -> None:
        """Do what a function key says."""
        self.press_row(next(row for row in self._keys if row.key == key))

    def press_row(self, row: FunctionKey[ScreenT] | FunctionKey[Screen]) -> None:
        """Do what a key of any table says, after what was being typed is settled; or say why not."""
        if self._opening.keeps(row):
            return
        QGuiApplication.inputMethod().commit()
        with self._showing.once():
            self.settle()
            screen = self.screen_shown
            screen.key_pressed()
            why_not = self.guard.why_not(row, screen) or row.press(screen)
            if why_not is not None:
                screen.say(why_not, Tone.WARNING)
            self.refresh()

    def settle(self) -> None:
        """Finish what is being typed in the focused field."""
        for widget in ancestors(self.focusWidget()):
            if isinstance(widget, Field):
                widget.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, Shift+Enter back; of QDialog's own keys Esc is wanted."""
        if is_enter(event):
            self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            event.accept()
        else:
            super().keyPressEvent(event)

    def _enter(self, *, back: bool) -> None:
        main = self._main_stop
        if main is not None and main.hasFocus() and not back:
            if isinstance(main, QAbstractButton):
                main.click()
            return
        if (stop := stop_after(self, self.focusWidget(), back=back) or (None if back else main)) is not None:
            bring_into_sight(stop)
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _main_stop(self) -> QWidget | None:
        """Where Enter ends: at the hint in the strip, or at the button of a key that Enter may press."""
        if self._main_row is None or self.strip.hint is not None:
            return self.strip.hint
        return self.bar.buttons[self._main_row.key]

    def reject(self) -> None:
        """Esc is F12: the screen may ask first."""
        self.press("F12")

    def closeEvent(self, event: QCloseEvent) -> None:
        """The close button, Alt+F4 and the end of the session may ask, too."""
        if not self._dismissed and self._screen is not None:
            self.settle()
            self.screen_shown.leave()
        event.setAccepted(self._dismissed or self._screen is None)  # Qt ends with the last window that it saw closing

    # --- inside

    def showEvent(self, event: QShowEvent) -> None:
        """Start the screen when its window stands."""
        super().showEvent(event)
        if not event.spontaneous():
            keep_off_held_keys(self, None if self._screen is None else self._screen.key_comes)
            self.guard.opens()
        if not self._started and self._screen is not None:
            self._started = True
            first = stop_after(self, None)
            if self.focusWidget() is None and first is not None:
                first.setFocus()
            self._opening.begin()
            self._screen.started()
            self._opening.look()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the practice frame."""
        super().paintEvent(event)
        if self.standing is not None and self.standing.practice:
            painter = QPainter(self)
            paper = QColor(colours_of(self.palette()).practice.paper)
            inner = self.rect().adjusted(PRACTICE_FRAME, PRACTICE_FRAME, -PRACTICE_FRAME, -PRACTICE_FRAME)
            painter.fillRect(self.rect(), paper)
            painter.fillRect(inner, self.palette().window())

    def _show_all(self) -> None:
        if self._dismissed:
            return
        screen = self.screen_shown
        self.status.show_busy(screen.busy)
        self.status.show_editing(screen.edited_elsewhere)
        self.bar.show_verdicts(self._keys, screen)
        for button in self._action_buttons:
            button.show_verdict(screen)
        self.fill(screen)
        for field in self._fields:
            field.show_required(screen.is_required(field.name))
        if self.strip.hint is not None and self._main_row is not None:
            self.strip.hint.show_hint(self._main_row.hint(screen))
        self._show_strip()
        self._opening.look()

    def _show_strip(self) -> None:
        """Show the screen's message, or in full what is wrong with the focused field: beside it is little room."""
        message = self.screen_shown.message
        field = next((each for each in ancestors(self.focusWidget()) if isinstance(each, Field)), None)
        problem = field.problem if field is not None else None
        if problem and (message is None or (message.field is not None and problem not in message.text)):
            message = Message(problem, Tone.ERROR, message.field if message else None)
        if message is None and field is not None and field.codes:
            message = Message(field.codes)
        self.strip.show_message(message)


def _windows_shown() -> int:
    return sum(isinstance(each, DeskWindow) and each.isVisible() for each in QApplication.topLevelWidgets())
