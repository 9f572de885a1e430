"""Where a filing says otherwise than its car, and how it takes over what the car says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.ports import Choice, Question
from onestop.services.filing.form import BesideCar

if TYPE_CHECKING:
    from onestop.screens.editor import Editor
    from onestop.screens.screen import Screen
    from onestop.services.filing.form import FilingForm


class CarsWords:
    """Held by 申請書発行."""

    def __init__(self, screen: Screen, editor: Editor[FilingForm]) -> None:
        self.beside = BesideCar()
        self._screen, self._editor = screen, editor

    def offer(self) -> None:
        """Ask whether to take over what the car says, if it says anything else."""
        if self.beside.differences:
            lines = "\n".join(f"・{each.message}" for each in self.beside.differences)
            leave = Choice("そのままにする", self._screen.view.refresh, safe=True)
            text = f"車両の内容と違うところがあります。\n\n{lines}"
            self._screen.view.ask(Question("車両との違い", text, (leave, *self.choices())))

    def choices(self) -> tuple[Choice, ...]:
        """Return the button that takes it over, if there is anything to take."""
        return (Choice("車両の内容に合わせる", self._take),) if self.beside.differences else ()

    def _take(self) -> None:
        self._screen.sending = False
        self._editor.type(self.beside.taken_over(self._editor.form))
        self._editor.problems = ()
        self._screen.say("車両の内容に合わせました。確かめて、F5 発行 か F10 保存 を押してください。")
