"""A save on top of another's save: both are shown, field by field, and the clerk says which is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic

from onestop.screens.display import named
from onestop.screens.editor import Editor, FormT
from onestop.screens.field_names import label_of_field
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.vehicle.labels import field_on_glass_of
from onestop.services.two_saves import TwoSaves, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.change import Author
    from onestop.screens.screen import Screen

TITLE: Final = "同時の変更"
EMPTY: Final = "(空欄)"
TEXT: Final = (
    "{who} が先に保存しました。両方が変えた項目の、どちらを残すかを選んでください({number}/{count})。\n\n"
    "{label}\n・この画面: {mine}\n・保存済み: {theirs}\n・開いたとき: {base}"
)
TAKEN: Final = "{who} が先に保存した {labels} を取り込みました。"
STAYS: Final = "{who} が先に保存した {labels} は取り込まず、この画面の値を残しました。"
SAVE_AGAIN: Final = "内容を確かめて、もう一度保存してください。"
MINE: Final = "この画面の値を残す"
THEIRS: Final = "保存済みの値を残す"


@dataclass(frozen=True, slots=True)
class Clash(Generic[FormT]):
    """What somebody else saved meanwhile, and who."""

    form: FormT = field(repr=False)
    who: Author
    taken: Callable[[], None]
    """Lets the window stand on what they saved."""
    table: str = ""
    """Under which name the history has it; a car where it is empty."""


def bring_together(screen: Screen, editor: Editor[FormT], clash: Clash[FormT], again: Callable[[], None]) -> None:
    """Ask about each field that both changed, put both into the fields, and let the clerk look before it is saved.

    `again` saves at once, where they changed nothing that stands in the fields.
    """
    saves = TwoSaves(editor.base, editor.form, clash.form)
    if not saves.only_theirs and not saves.both:
        _stand_on(editor, clash, saves.mine)
        again()
        return
    _Asking(screen, editor, clash, saves).ask(())


def _stand_on(editor: Editor[FormT], clash: Clash[FormT], form: FormT) -> None:
    clash.taken()
    editor.take(clash.form)
    editor.type(form)


@dataclass(frozen=True, slots=True)
class _Asking(Generic[FormT]):
    """The questions, one for each field that both changed."""

    screen: Screen
    editor: Editor[FormT]
    clash: Clash[FormT]
    saves: TwoSaves[FormT]

    def ask(self, answers: tuple[bool, ...]) -> None:
        """Ask about the next one; `answers` are those so far, true for theirs."""
        both = self.saves.both
        if len(answers) == len(both):
            self._take([unit for unit, theirs in zip(both, answers, strict=True) if theirs])
            return
        unit = both[len(answers)]
        choices = (
            Choice(MINE, lambda: self.ask((*answers, False))),
            Choice(THEIRS, lambda: self.ask((*answers, True))),
            Choice("戻る", self.screen.view.refresh, safe=True),
        )
        self.screen.view.ask(Question(TITLE, self._text(unit, len(answers) + 1), choices))

    def _text(self, unit: Unit, number: int) -> str:
        values = {name: _shown(unit, getattr(self.saves, name)) for name in ("base", "mine", "theirs")}
        told = {
            "who": named(self.clash.who),
            "number": number,
            "count": len(self.saves.both),
            "label": self._label(unit),
        }
        return TEXT.format(**values, **told)

    def _take(self, theirs: list[Unit]) -> None:
        mine = [unit for unit in self.saves.both if unit not in theirs]
        told = self._told(TAKEN, (*self.saves.only_theirs, *theirs)) + self._told(STAYS, mine)
        _stand_on(self.editor, self.clash, self.saves.kept(theirs))
        self.screen.say(told + SAVE_AGAIN, Tone.WARNING)

    def _told(self, sentence: str, units: Sequence[Unit]) -> str:
        labels = "・".join(map(self._label, units))
        return labels and sentence.format(who=named(self.clash.who), labels=labels)

    def _label(self, unit: Unit) -> str:
        """Name those of its fields that anybody changed; a plate is one thing."""
        base, mine, theirs = self.saves.base, self.saves.mine, self.saves.theirs
        changed = (name for name in unit.names if len({getattr(each, name) for each in (base, mine, theirs)}) > 1)
        return "・".join(dict.fromkeys(label_of_field(field_on_glass_of(name), self.clash.table) for name in changed))


def _shown(unit: Unit, form: Any) -> str:  # noqa: ANN401 - any form
    texts = (("はい" if value else "いいえ") if isinstance(value, bool) else value for value in unit.of(form))
    return " ".join(text for text in texts if text) or EMPTY
