"""A registration number in its four parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from onestop.ui.fields.fields import Field
from onestop.ui.fields.line_edit import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

PARTS = (
    ("area", "地名", 9, True),
    ("class_number", "分類番号", 5, False),
    ("kana", "かな", 4, True),
    ("serial", "一連指定番号", 6, False),
)
"""Each part: its English name, its Japanese label, its width in half-width characters, and whether kana are typed."""


class PlateField(Field):
    """Four inputs; a whole plate that is typed or pasted into the first is spread over all of them."""

    def __init__(
        self,
        name: str,
        label: str,
        parse: Callable[[str], Sequence[str] | None],
        *,
        folds: Sequence[Callable[[str], str]] = (str, str, str, str),
        mnemonic: str | None = None,
    ) -> None:
        """`parse` takes a whole plate and returns its four parts, or None; `folds` run when a part is left."""
        super().__init__(name, label, mnemonic=mnemonic)
        self._parse = parse
        self._folds = tuple(folds)
        self._length = 0
        self._part_problems: dict[str, str] = {}
        """What is wrong with single parts, by their object names."""
        self.parts = tuple(self._part(*row) for row in PARTS)
        self._inputs.addStretch(1)
        for part in self.parts:
            part.textEdited.connect(self._typed)
            part.refused.connect(self._refuse)
        self.setTabOrder(self.parts[0], self.parts[1])

    def show_value(self, value: object) -> None:
        """Show four parts."""
        for part, text in zip(self.parts, cast("Sequence[str]", value), strict=True):
            part.show_text(text)
        self._length = len(self.parts[0].text())

    def value(self) -> tuple[str, ...]:
        """Return the four parts."""
        return tuple(part.text() for part in self.parts)

    def blame(self, problem_of: Callable[[str], str | None]) -> None:
        """Show what is wrong: with single parts where they are known, else with all of it."""
        found = {part.objectName(): problem_of(part.objectName()) for part in self.parts}
        self._part_problems = {name: text for name, text in found.items() if text}
        super().blame(problem_of)
        self._show_note()
        self.update()

    def settle(self) -> None:
        """Spread a whole plate, or fold the parts."""
        if not self.locked and not self._spread():
            folded = tuple(fold(text) for fold, text in zip(self._folds, self.value(), strict=True))
            if folded != self.value():
                self._tell(folded)

    def _part(self, name: str, label: str, width: int, ime: bool) -> LineEdit:  # noqa: FBT001 - a row of PARTS
        part = LineEdit(width, 40)
        part.use_input_method(ime=ime)
        part.setPlaceholderText(label if width > len(label) * 2 else "")
        part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hold(part, name=f"{self.name}_{name}", label=f"{self.label} {label}")
        return part

    def _problem_at(self, widget: QWidget) -> str | None:
        return self._part_problems.get(widget.objectName()) if self._part_problems else self.problem

    def _refuse(self, composed: str) -> None:
        self._complain(f"「{composed}」は入力できません。分類番号と一連指定番号は半角で入力してください。")

    def _typed(self, _text: str) -> None:
        self._complain(None)
        came_at_once = len(self.parts[0].text()) - self._length > 1  # pasted, or confirmed from the input method
        self._length = len(self.parts[0].text())
        if not (came_at_once and self._spread()):
            self.edited.emit(self.name, self.value())

    def _spread(self) -> bool:
        whole = self._parse(self.parts[0].text()) if not any(part.text() for part in self.parts[1:]) else None
        if whole is None or not whole[-1]:
            return False
        self._tell(tuple(whole))
        if self.parts[0].hasFocus():
            self.parts[-1].setFocus()
        return True

    def _tell(self, parts: tuple[str, ...]) -> None:
        self.show_value(parts)
        self.edited.emit(self.name, parts)
