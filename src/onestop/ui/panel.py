"""A panel of the main window: a frame with a title, a state, values, and buttons that digits press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from onestop.ui.colours import colours_of
from onestop.ui.fields.fields import ReadOnlyValue
from onestop.ui.keys.key_button import KeyButton
from onestop.ui.keys.listening import listen
from onestop.ui.labels import BadgeLabel, Data

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from onestop.screens.badge import Badge
    from onestop.screens.function_key import FunctionKey
    from onestop.screens.inspection.facts import Fact


ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
BELOW_VALUES = 2
"""A place in the pile: after the title and the values."""


class PanelTitle(Data):
    """The title of a panel, or of a part of it."""


class Panel(QFrame):
    """One panel. It takes the focus itself; its frame and its digits light up while the focus is in it."""

    pressed = Signal(str)
    """The digit of a button, by key or by mouse."""
    arrow = Signal(int, int)
    """An arrow key: its direction in x and y."""

    def __init__(  # noqa: PLR0913 - the parts of a panel, all by name but the first two
        self,
        name: str,
        title: str,
        *,
        values: Sequence[tuple[str, str]],
        keys: Sequence[FunctionKey[Any]] = (),
        mnemonic: str | None = None,
        columns: int = 1,
        headings: Mapping[str, str] | None = None,
        when_known: Collection[str] = (),
    ) -> None:
        """`values` are pairs of English name and Japanese label, down one of `columns` and then the next.

        `keys` are "1" to "4"; `headings` are sub-headings, each by the name of the value that it stands above.
        What is named in `when_known` takes no room while it is empty.
        """
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.mnemonic = mnemonic
        self.title = PanelTitle(f"{title} (Alt+{mnemonic})" if mnemonic else title)
        self.badge = BadgeLabel()
        self.values = {each: ReadOnlyValue(each, label, captioned=False) for each, label in values}
        self.headings = {each: PanelTitle(text) for each, text in (headings or {}).items() if each in self.values}
        self.buttons = {row.key: KeyButton(row.key, row.label, self, inline=True) for row in keys}
        for key, button in self.buttons.items():
            button.setObjectName(f"{name}_key_{key}")
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
        self.when_known = when_known
        self.lit = False
        self._lay_out(columns)

    # --- what windows call

    def add_words(self, words: QWidget) -> None:
        """Let something be said below the values, inside the frame: panels beside each other stay as high."""
        self._stack.insertWidget(BELOW_VALUES, words)

    def show_badge(self, badge: Badge | None) -> None:
        """Show the state."""
        self.badge.show_badge(badge)
        self.setAccessibleDescription("" if badge is None else str(badge))

    def show_values(self, values: Sequence[tuple[str, str]]) -> None:
        """Show values by their English names."""
        for name, text in values:
            value = self.values[name]
            value.show_value(text)
            if name in self.when_known:
                value.setVisible(bool(text))
                value.caption.setVisible(bool(text))

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show values, and colour the grounds of those that speak louder."""
        self.show_values([(fact.name, fact.text) for fact in facts])
        for fact in facts:
            self.values[fact.name].show_tone(fact.tone)

    def show_verdicts(self, keys: Sequence[FunctionKey[Any]], screen: object) -> None:
        """Show for each button whether it works now."""
        for row in keys:
            self.buttons[row.key].show_verdict(row.verdict(screen))

    def light(self, lit: bool) -> None:  # noqa: FBT001 - Qt's setters look like this
        """Show, or not, that digits reach this panel."""
        if lit != self.lit:
            self.lit = lit
            for button in self.buttons.values():
                button.light(lit)
            self.update()

    # --- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a digit press its button; keys of values inside the panel arrive here too."""
        if event.text() in self.buttons:
            self.pressed.emit(event.text())
        elif event.key() in ARROWS:
            self.arrow.emit(*ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame; a lit one is thick and in the accent's colour."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent.paper if self.lit else colours.line), 4 if self.lit else 1))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)

    def _lay_out(self, columns: int) -> None:
        head = QHBoxLayout()
        self.title.setWordWrap(True)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        stack = self._stack = QVBoxLayout(self)
        stack.setContentsMargins(12, 3, 12, 5)
        stack.setSpacing(2)
        stack.addLayout(head)
        stack.addLayout(self._grid(columns))
        stack.addStretch(1)
        for button in self.buttons.values():
            stack.addWidget(button)

    def _grid(self, columns: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        height = -(-len(self.values) // columns)
        for number, (name, value) in enumerate(self.values.items()):
            column, place = divmod(number, height)
            row, left = 2 * place + 1, 2 * column  # with a row between for a sub-heading
            if name in self.headings:
                grid.addWidget(self.headings[name], row - 1, left, 1, 2)
            grid.addWidget(value.caption, row, left, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, left + 1)
            grid.setColumnStretch(left + 1, 1)
        return grid


class PanelGroup(QObject):
    """Panels of one window that arrow keys, Ctrl+Tab and Alt with a letter move between."""

    def __init__(self, window: QWidget, panels: Sequence[Panel]) -> None:
        """`panels` stand in the order of the work; Ctrl+Tab follows it, arrows follow the eye."""
        super().__init__(window)
        self.panels = tuple(panels)
        listen(window, ("Ctrl+Tab",), lambda: self._step(1))
        listen(window, ("Ctrl+Shift+Tab",), lambda: self._step(-1))
        for panel in self.panels:
            panel.arrow.connect(self._go)
            if panel.mnemonic:
                listen(window, (f"Alt+{panel.mnemonic}",), panel.setFocus)
        QGuiApplication.instance().focusObjectChanged.connect(self._focus_moved)  # type: ignore[union-attr] # there is one

    @property
    def focused(self) -> Panel | None:
        """The panel that digits reach now."""
        return next((panel for panel in self.panels if panel.lit), None)

    def _focus_moved(self, new: QObject | None) -> None:
        if isinstance(new, QWidget) and new.window() is self.parent():
            for panel in self.panels:
                panel.light(panel is new or panel.isAncestorOf(new))

    def _step(self, by: int) -> None:
        lit = self.focused
        place = -1 if lit is None and by > 0 else 0 if lit is None else self.panels.index(lit)
        self.panels[(place + by) % len(self.panels)].setFocus()

    def _go(self, dx: int, dy: int) -> None:
        lit = self.focused
        if lit is not None:
            here = lit.geometry().center()
            ways = [(panel, panel.geometry().center() - here) for panel in self.panels if panel is not lit]
            ahead = [(panel, way) for panel, way in ways if _leads(panel, lit, dx, dy)]
            if ahead:
                min(ahead, key=lambda each: each[1].manhattanLength())[0].setFocus()


def _leads(panel: Panel, lit: Panel, dx: int, dy: int) -> bool:
    """Whether one panel lies wholly to that side of another."""
    there, here = panel.geometry(), lit.geometry()
    if dx:
        return there.left() > here.right() if dx > 0 else there.right() < here.left()
    return there.top() > here.bottom() if dy > 0 else there.bottom() < here.top()
