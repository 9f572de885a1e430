"""期日の図 on the glass: a line with the days of an inspection on it, and their words above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from onestop.screens.inspection.timeline import DayKind
from onestop.ui.colours import Colours, colours_of
from onestop.ui.spare_room import Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.screens.function_key import FunctionKey
    from onestop.screens.inspection.timeline import Mark, Timeline

ROWS = 2
"""Words stand above and below the line, by turns."""


class Words(NamedTuple):
    """The words of a mark: where its day stands, where they begin, and how wide they are, in pixels."""

    mark: Mark
    at: float
    left: float
    width: float


def ink_of(kind: DayKind, colours: Colours) -> str:
    """Return the colour of a sign; its shape says the same."""
    return {
        DayKind.WINDOW: colours.dim,
        DayKind.TODAY: colours.accent.paper,
        DayKind.CONFORMITY: colours.done.ink,
        DayKind.LAST_APPLICATION: colours.warning.ink,
        DayKind.EXPIRY: colours.problem,
        DayKind.POLICY: colours.waiting.ink,
    }[kind]


def apart(wanted: Sequence[tuple[float, float]], gap: float, room: float) -> list[float]:
    """Return left ends for words with these middles and widths, in their order, so that none touches another."""
    lefts: list[float] = []
    end = -gap
    for middle, width in wanted:
        lefts.append(max(middle - width / 2, end + gap))
        end = lefts[-1] + width
    edge = room
    for place in reversed(range(len(lefts))):
        lefts[place] = min(lefts[place], edge - wanted[place][1])
        edge = lefts[place] - gap
    return lefts


class TimelineBar(Drawing):
    """Draws a timeline. Its words are its accessible name."""

    def __init__(self, name: str, row: FunctionKey[Any]) -> None:
        super().__init__(name, row)
        self._timeline: Timeline | None = None

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show these days; None shows nothing."""
        if timeline != self._timeline:
            self._timeline = timeline
            self.setText("" if timeline is None else f"{self._title}: {timeline.sentence}")
            self.setAccessibleName(self.text())
            self.update()
            self.drawn.emit()

    def fits(self, width: int) -> bool:
        """Tell whether the words of both rows have room beside each other."""
        rows = [sum(self._width(mark) + self.em for mark in marks) for marks in self._rows()]
        return self._timeline is not None and max(rows) <= width

    def height_needed(self) -> int:
        """Return two lines of text, and the line between."""
        return int(self.em * 4.2)

    def places(self) -> list[list[Words]]:
        """Return where all words stand, above the line and below it."""
        timeline = self._timeline
        return [] if timeline is None else [self._placed(timeline, marks) for marks in self._rows()]

    @property
    def _title(self) -> str:
        return f"{self.row.label} ({self.row.key})"

    def _rows(self) -> list[Sequence[Mark]]:
        marks = self._timeline.marks if self._timeline else ()
        return [marks[row::ROWS] for row in range(ROWS)]

    def _beyond(self, mark: Mark) -> int:
        """Return to which side a day lies beyond the line; an arrow in its words says so, and no sign."""
        return self._timeline.beyond(mark.day) if self._timeline else 0

    def _words(self, mark: Mark) -> str:
        text = f"{''.join(kind.value for kind in dict.fromkeys(mark.kinds))} {mark.label}"
        if self._timeline and mark is self._timeline.marks[0]:
            text = f"{self._title}  {text}"
        return {-1: f"← {text}", 0: text, 1: f"{text} →"}[self._beyond(mark)]

    def _width(self, mark: Mark) -> int:
        return self.fontMetrics().horizontalAdvance(self._words(mark)) + 2

    def _x(self, place: float) -> float:
        """Return where a place between 0 and 1 is; the ends keep off the edges."""
        margin = self.em * 2.0
        return margin + place * (self.width() - 2 * margin)

    def _placed(self, timeline: Timeline, marks: Sequence[Mark]) -> list[Words]:
        places = [self._x(timeline.place(mark.day)) for mark in marks]
        widths = [self._width(mark) for mark in marks]
        lefts = apart(list(zip(places, widths, strict=True)), self.em, self.width())
        return [Words(*each) for each in zip(marks, places, lefts, widths, strict=True)]

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, the two months on it, then each day with its words."""
        timeline, colours = self._timeline, colours_of(self.palette())
        if timeline is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if timeline.window is not None:
            begin, end = (self._x(timeline.place(day)) for day in timeline.window)
            painter.setPen(QPen(QColor(colours.info.ink), 1))
            painter.setBrush(QColor(colours.info.paper))
            painter.drawRect(QRectF(begin, middle - self.em * 0.3, end - begin, self.em * 0.6))
        painter.setPen(QPen(QColor(colours.line), 2))
        painter.drawLine(QLineF(self.em, middle, self.width() - self.em, middle))
        for row, words in enumerate(self.places()):
            for each in words:
                self._draw(painter, each, middle, below=row == 1)

    def _draw(self, painter: QPainter, words: Words, middle: float, *, below: bool) -> None:
        colours, em = colours_of(self.palette()), self.em
        top = self.height() - em if below else 0
        edge = top - em / 8 if below else top + em * 9 / 8
        painter.setPen(QColor(colours.text))
        text = QRectF(words.left, top, words.width, em)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._words(words.mark))
        if self._beyond(words.mark):
            return
        nearest = min(max(words.at, words.left + em / 2), words.left + words.width - em / 2)
        painter.setPen(QPen(QColor(colours.dim), 1))
        painter.drawLine(QLineF(QPointF(nearest, edge), QPointF(words.at, middle)))
        for nth, kind in enumerate(dict.fromkeys(words.mark.kinds)):
            painter.setPen(QColor(ink_of(kind, colours)))
            sign = QRectF(words.at - em + nth * em * 0.9, middle - em, 2 * em, 2 * em)
            painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, kind.value)
