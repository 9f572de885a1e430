"""確認票: what only people know of 今回の車検, one page that Space and Enter work."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.model.checklist import ANSWERS, EXEMPT, FOR_ALL, GIVEN, UNASKED, Item, said_of_answered
from onestop.model.wareki import format_short
from onestop.screens.display import car_words, moment
from onestop.screens.editor import Editor
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import Can, no
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.printing import show_preview
from onestop.screens.screen import Screen
from onestop.services.inspection.checklist import consent_words
from onestop.services.inspection.checklist_form import FIELDS, ChecklistForm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from onestop.screens.screen import Surroundings
    from onestop.services.inspection.checklist import OpenedChecklist, Said

QUESTIONS: Final[Mapping[Item, str]] = {
    Item.CONSENT: "承諾書(使用者から代理人へ)",
    Item.TAX: "納税(自動車税・軽自動車税)",
    Item.PARKING: "放置違反金",
    Item.RECALL: "リコール(タカタ製エアバッグ)",
    Item.OBD: "OBD検査",
}
OPTIONS: Final = {FIELDS[item]: tuple((word, word) for word in words) for item, words in ANSWERS.items()}
"""The answers by their field."""
NOT_READ: Final = "確認票が読み込まれていません。"
NOT_SAVED: Final = "(まだ保存していません)"
SAVED: Final = "保存しました。"
STILL_UNASKED: Final = "保存しました。{items} はまだ未確認です。"
REVOKED: Final = "まとめての承諾書を取り消しました。この使用者の車は、承諾書が未確認に戻ります。"
NO_FLEET: Final = "この使用者の、まとめての承諾書はありません。この車だけの承諾は、承諾書の答えを「なし」に変えます。"
SAVE_FIRST: Final = "保存していない答えがあります。先に F10 保存 を行ってください。"
SHOWN: Final = 6
"""Older answers on the glass; all of them are on paper."""


class ChecklistScreen(Screen):
    """Nothing is stored before F10 保存, or a question at F2."""

    help_page = "checklist"
    editor: Editor[ChecklistForm]

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.opened: OpenedChecklist | None = None
        self.editor = Editor(self, ChecklistForm())
        self.exporter = Exporter(self)

    # --- loading

    def started(self) -> None:
        """Read what was answered."""
        self.work("読み込み中", lambda: self.desk().checklists.open(self.vehicle_id), self._take)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read it again if the car was changed, unless something is typed here."""
        if vehicle_id in (None, self.vehicle_id) and control_number is None and not self.changed:
            self.read_again(lambda: self.desk().checklists.open(self.vehicle_id), self._read_again)

    def _read_again(self, opened: OpenedChecklist) -> None:
        if not self.changed:
            self._take(opened)
            self.view.refresh()

    def _take(self, opened: OpenedChecklist) -> None:
        self.opened = opened
        self.editor.take(opened.form)

    # --- what stands on the glass

    @property
    def car(self) -> str:
        """Whose page it is."""
        car = self.opened.car if self.opened else None
        if car is None:
            return ""
        return f"{car_words(car)}  {car.effective_user_name}"

    @property
    def verdict(self) -> str:
        """What is still to be answered, or what the answers stand in the way of."""
        if self.opened is None:
            return ""
        unasked = [item for item, word in self._answers.items() if word == UNASKED]
        said = [f"未確認: {'・'.join(unasked)}"] if unasked else []
        said += [each.message for each in said_of_answered(self._answers)]
        return " ".join(said or ["すべて確認済です。"]) + (NOT_SAVED if self._answers_changed else "")

    @property
    def tone(self) -> Tone | None:
        """The tone of the verdict."""
        if said_of_answered(self._answers):
            return Tone.ERROR
        return Tone.WARNING if UNASKED in self._answers.values() or self._answers_changed else None

    @property
    def _answers(self) -> Mapping[Item, str]:
        """What stands in the fields of what is asked."""
        asked = self.opened.checklist.items if self.opened else ()
        return {item: str(self.editor.value(FIELDS[item])) for item in asked}

    @property
    def asks_obd(self) -> bool:
        """Whether OBD検査 is asked of this car."""
        return self.opened is not None and Item.OBD in self.opened.checklist.items

    @property
    def has_consent(self) -> bool:
        """Whether a 承諾書 is there, which has a date."""
        return self.editor.form.consent in (GIVEN, FOR_ALL)

    @property
    def gives_fleet_consent(self) -> bool:
        """Whether a new one for all cars is to be noted, which may have a last day."""
        return self.fleet_text == "" and self.editor.form.consent == FOR_ALL

    @property
    def needs_obd_number(self) -> bool:
        """Whether 特例番号 is needed, and does not stand there yet."""
        return self.editor.form.obd == EXEMPT and not self.editor.form.obd_number

    @property
    def rests_on_fleet(self) -> bool:
        """Whether it is one for all cars that is noted already: then its days stand there."""
        return self.fleet_text != "" and self.editor.form.consent == FOR_ALL

    @property
    def fleet_text(self) -> str:
        """The 承諾書 for all cars of the 使用者, if one holds."""
        fleet = self.opened.checklist.fleet if self.opened else None
        return f"この使用者のまとめての承諾書: {consent_words(fleet)}(F2 で取り消せます)" if fleet else ""

    @property
    def history_text(self) -> str:
        """Who answered what when, the newest first."""
        said = self.opened.said if self.opened else ()
        more = (f"ほか{len(said) - SHOWN}件(F9 印刷 で全部が出ます)",) if len(said) > SHOWN else ()
        return "\n".join((*map(_line, said[:SHOWN]), *more)) or "まだ答えがありません。"

    def read_consent_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day of the past means in both calendars, or what is wrong with it."""
        return self.editor.read_day(typed, past=True)

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take an answer; a 承諾書 that is there now is dated today unless another day stands there."""
        new = name == "consent" and value in (GIVEN, FOR_ALL) and not self.editor.form.consent_day
        with_it = {"consent_day": format_short(self.clock.today())} if new else {}
        self.editor.edit(name, value, **with_it)

    # --- F10 保存

    def can_save(self) -> Can:
        """Whether there is something that could be saved, and nothing is under way."""
        return no(NOT_READ) if self.opened is None and not self.busy else self.can_work()

    def save(self) -> None:
        """F10 保存."""
        opened, form = self.opened, self.editor.form
        if opened is not None:
            self.work("保存中", lambda: self.desk().checklists.save(opened, form), self._saved)

    def _saved(self, opened: OpenedChecklist) -> None:
        self._take(opened)
        self.navigator.changed(vehicle_id=self.vehicle_id)
        if unasked := opened.checklist.unasked:
            self.say(STILL_UNASKED.format(items="・".join(unasked)), Tone.WARNING, FIELDS[unasked[0]])
        else:
            self.say(" ".join((SAVED, *(each.message for each in said_of_answered(self._answers)))))

    # --- F2 承諾の取消

    def can_revoke(self) -> Can:
        """Whether there is a 承諾書 for all cars, and the page stands here as it is stored."""
        if not self.fleet_text:
            return self.can_save() and no(NO_FLEET)
        return self.can_print()

    def revoke(self) -> None:
        """F2: take back the 承諾書 for all cars of the 使用者, after a question."""
        text = f"{self.fleet_text}\n取り消すと、この使用者のほかの車でも使えません。発行済みの申請は変わりません。"
        self.ask("承諾の取消", text, Choice("承諾を取り消す", self._revoke))

    def _revoke(self) -> None:
        opened, name = self.opened, self.editor.form.answered_by
        if opened is not None:
            self.work("取消中", lambda: self.desk().checklists.revoke(opened, name), self._revoked)

    def _revoked(self, opened: OpenedChecklist) -> None:
        self._take(opened)
        self.navigator.changed()
        self.say(REVOKED, Tone.WARNING)

    @property
    def _answers_changed(self) -> bool:
        """Whether an answer, its day or its number is not stored; a name alone answers nothing."""
        base = self.editor.base
        return dataclasses.replace(self.editor.form, answered_by=base.answered_by) != base

    # --- printing

    def can_print(self) -> Can:
        """Whether the page stands here as it is stored: what is printed is what is stored."""
        verdict = self.can_save()
        return no(SAVE_FIRST) if verdict and self._answers_changed else verdict

    def print(self) -> None:
        """F9 印刷: 確認票, in a preview."""
        opened = self.opened
        if opened is not None:
            show_preview(self, lambda: self.desk().checklists.sheets(opened))

    def pdf(self) -> None:
        """F8 PDF: either of the two."""
        choices = (
            Choice("確認票", lambda: self._save(DocumentKind.CHECKLIST), safe=True),
            Choice("承諾書", lambda: self._save(DocumentKind.CONSENT)),
            Choice("キャンセル", self.view.refresh),
        )
        self.view.ask(Question("PDF", "どちらをPDFで保存しますか。", choices))

    def _save(self, kind: DocumentKind) -> None:
        opened = self.opened
        if opened is None:
            return

        def write(path: Path) -> tuple[str, ...]:
            checklists = self.desk().checklists
            save = checklists.save_pdf if kind is DocumentKind.CHECKLIST else checklists.save_consent_pdf
            return save(opened, path)

        name = export_name(kind, Suffix.PDF, self.vehicle_id, self.clock.today())
        self.exporter.save(f"{kind.value}の保存", name, Suffix.PDF, write)

    def print_consent(self) -> None:
        """Alt+P: the 承諾書 of this car, to be signed."""
        opened = self.opened
        if opened is not None:
            show_preview(self, lambda: self.desk().checklists.consent_sheets(opened))

    # --- F12

    def close(self) -> None:
        """F12 閉じる: changed answers ask."""
        self.editor.leave_or_save("答え", self.save)


def _line(said: Said) -> str:
    more = f"({said.more})" if said.more else ""
    return f"{moment(said.at)} {said.item}: {said.answer}{more} {said.by}"
