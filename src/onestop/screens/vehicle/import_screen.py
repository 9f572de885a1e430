"""取込: what a 車検証 file tells of a car, beside what is stored, to be accepted field by field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.files import shown_name
from onestop.model.plate import PLATE_PARTS
from onestop.screens.display import NOTHING
from onestop.screens.function_key import SECONDS_TO_READ, Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.places import MainPlace, VehiclePlace
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen
from onestop.screens.vehicle.car_file import ask_for_car_file
from onestop.screens.vehicle.imported_fields import ImportedField, changed_rows, follows_address, new_rows
from onestop.screens.vehicle.labels import shown
from onestop.screens.vehicle.many_files import ManyFiles
from onestop.screens.vehicle.saving_questions import renewal_question, same_car_question, same_text
from onestop.screens.vehicle.screen import NEW_PLACE
from onestop.services.vehicle.form import VehicleForm
from onestop.services.vehicle.importing import ImportPlan

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.screens.screen import Surroundings

COLUMNS: Final = (
    Column("accepted", "採用", 10),
    Column("label", "項目", 20),
    Column("now", "今の値", 34, least=30),
    Column("new", "車検証の値", 34, least=30),
)
TAKEN_UP: Final = "{count}件を後ろに加えました。この車両を終えると、続けて開きます。"
CHOOSE_ANOTHER: Final = "読み込めませんでした。F11 別のファイル で選び直すか、F12 で戻ってください。"
NEXT_INSTEAD: Final = "読み込めませんでした。Alt+N 見送る で次へ進むか、F11 別のファイル で選び直してください。"
JUST_CAME: Final = "次の車両に替わった直後です。内容を確かめて、もう一度押してください。"
FULL_ROW: Final = "{row.label}\n今の値: {row.now}\n車検証の値: {row.new}"


class ImportScreen(Screen):
    """Nothing is stored before F10 保存."""

    help_page = "import"

    def __init__(self, surroundings: Surroundings, documents: tuple[Path | ImportPlan, ...]) -> None:
        super().__init__(surroundings)
        self.document, *rest = documents
        """The file that is read, or what QR読取 handed over."""
        self.left: list[Path | ImportPlan] = rest
        """Those that come behind it."""
        self._alone = not rest
        self.many = ManyFiles(self)
        """All of them at once."""
        self.plan: ImportPlan | None = None
        self.chosen: int | None = None
        self._followed_at: float | None = None
        """When what is shown came behind another, by itself."""
        self.told: Message | None = None
        """What is said with the next answer, of what was done before."""
        self.fields: ListedRows[ImportedField] = ListedRows(
            COLUMNS,
            RowLook(self._texts, can_tick=lambda _row: self._is_known),
            lambda row: row.place,
            toggled=self._ticked,
        )

    # --- reading

    def started(self) -> None:
        """Read the file."""
        self.read(self.document)

    def read(self, document: Path | ImportPlan, *, follows: bool = False, told: Message | None = None) -> None:
        """Read this file, or what QR読取 handed over, instead of the one before, or behind it (`follows`).

        `told` is said once it is there or could not be read, of what was done before.
        """
        self.document, self.many.ended, self.told = document, "", told
        self.forget()

        def job() -> ImportPlan:
            desk = self.desk()
            if isinstance(document, ImportPlan):
                return desk.imports.planned(document.record, document.source)
            plan = desk.imports.read(document)
            desk.settings.remember_import_folder(document)
            return plan

        def done(plan: ImportPlan) -> None:
            self._followed_at = self.clock.monotonic() if follows else None
            self.message, self.told = told, None
            self._read(plan)

        self.work("ファイルを読み込み中", job, done)

    def forget(self) -> None:
        """Show no car any more."""
        self.plan = None
        self.fields.show(())

    def take_files(self, documents: tuple[Path | ImportPlan, ...]) -> None:
        """Take further files or cars up, behind those that are here; at once where nothing here is to be decided.

        One that could not be read may be whole by now, and is not here any more.
        """
        here = self.left if self.plan is None and self.busy is None else [self.document, *self.left]
        new = [each for each in dict.fromkeys(documents) if each not in here]
        if not new:
            return
        self._alone = False
        self.left += new
        if not self.fields.count and self.busy is None:
            self.go_on()
        else:
            self.say(TAKEN_UP.format(count=len(new)))

    def go_on(self, told: Message | None = None) -> None:
        """Read the next file, or leave behind the last."""
        if self.left:
            self.read(self.left.pop(0), follows=True, told=told)
        else:
            self.view.dismiss()

    def _read(self, plan: ImportPlan) -> None:
        self.plan = plan
        rows = new_rows(plan) if plan.is_new else changed_rows(plan)
        self.fields.ticked = {row.place for row in rows if row.new != NOTHING or follows_address(row, plan)}
        self.fields.show(rows)
        self.choose(0)

    # --- what stands on the glass

    @property
    def _is_known(self) -> bool:
        return self.plan is not None and not self.plan.is_new

    @property
    def heading(self) -> str:
        """What was read, and what F10 does with it."""
        plan = self.plan
        if plan is None:
            return "" if self.many.ended else self.source
        form = plan.record_form
        car = f"{shown(form, 'registration_number')}  {form.chassis_number}  {self.source}"
        if plan.is_new:
            return f"新しい車両: {car}\nF10 保存 で登録し、{self._then}。"
        to_do = f"採用する項目を Space で選び、F10 保存 で更新して、{self._then}。"
        if not plan.differences:
            to_do = f"登録済みの内容と車検証に違いはありません。{self._way_on}"
        return f"登録済みの車両: {car}\n{to_do}"

    @property
    def _then(self) -> str:
        """What comes after F10 保存."""
        if self.left:
            return f"次のファイルへ進みます(残り{len(self.left)}件)"
        return "ワンストップサービスを開きます" if self._alone else "前の画面に戻ります"

    @property
    def _way_on(self) -> str:
        if self.left:
            return f"Alt+N 見送る で次のファイルへ進みます(残り{len(self.left)}件)。"
        return "Alt+W でワンストップサービスを開きます。"

    @property
    def source(self) -> str:
        """Where it was read from."""
        return "QR読取" if isinstance(self.document, ImportPlan) else shown_name(self.document)

    @property
    def count_text(self) -> str:
        """How many fields there are, and how many of them are taken over."""
        if self.plan is None:
            return ""
        if self.plan.is_new:
            return f"{self.fields.count}項目"
        return f"違い {self.fields.count}項目 / 採用 {len(self.fields.ticked)}項目"

    @property
    def empty_text(self) -> str:
        """What the table says while it has no rows."""
        if self.busy:
            return "読み込んでいます。"
        if self.plan is None:
            return self.many.ended or (NEXT_INSTEAD if self.left else CHOOSE_ANOTHER)
        return f"違いはありません。{self._way_on}"

    @property
    def notices(self) -> str:
        """What was odd in the file, or is known of its car already, a line each."""
        plan = self.plan
        if plan is None:
            return ""
        same = () if plan.same_car is None else (same_text(plan.same_car).partition("\n")[0],)
        return "\n".join(f"▲ {notice}" for notice in (*plan.notices, *same))

    @property
    def full_text(self) -> str:
        """The chosen row with nothing cut."""
        row = None if self.chosen is None or self.chosen >= self.fields.count else self.fields.records[self.chosen]
        return "" if row is None else FULL_ROW.format(row=row)

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.chosen = position if 0 <= position < self.fields.count else None
        self.view.refresh()

    def _ticked(self) -> None:
        self.view.refresh()

    def _texts(self, row: ImportedField) -> tuple[str, ...]:
        ticked = row.place in self.fields.ticked
        word = ("採用" if ticked else "そのまま") if self._is_known else "新規"
        return word, row.label, _one_line(row.now), _one_line(row.new)

    # --- keys

    def can_save(self) -> Can:
        """Whether there is something to take over."""
        if self.plan is None:
            return no("読み込めたファイルがありません。F11 別のファイル で選んでください。")
        if not self.fields.count:
            return no(f"登録済みの内容と車検証に違いがありません。{self._way_on}")
        if not self.fields.ticked:
            return no("採用する項目がありません。Space で選んでください。")
        return self.can_work()

    def save(self) -> None:
        """F10 保存: register the new car and open it, or take over the accepted fields."""
        plan = self.plan
        if plan is None or self._is_unread():
            return
        taken = [row.names for row in self.fields.records if row.place in self.fields.ticked]
        accepted = frozenset(plan.differences) if plan.is_new else frozenset(name for names in taken for name in names)
        brings_plate = any(name in PLATE_PARTS for name in accepted)
        if plan.same_car is not None and brings_plate:
            save = Choice("このまま保存する", lambda: self._accept(plan, accepted))
            self.view.ask(same_car_question(self, plan.same_car, save, self.view.refresh))
        else:
            self._accept(plan, accepted)

    def _accept(self, plan: ImportPlan, accepted: frozenset[str], renewed: bool | None = None) -> None:  # noqa: FBT001 - an answer
        def job() -> int | None:
            imports = self.desk().imports
            if renewed is None and imports.asks_whether_renewed(plan, accepted):
                return None
            return imports.accept(plan, accepted, renewed=renewed)

        def done(vehicle_id: int | None) -> None:
            if vehicle_id is None:
                self.view.ask(renewal_question(partial(self._accept, plan, accepted), self.view.refresh))
            else:
                self._saved(vehicle_id)

        self.work("保存中", job, done)

    def _saved(self, vehicle_id: int) -> None:
        self.navigator.registered(vehicle_id)
        if self._alone:
            self.navigator.show(MainPlace(vehicle_id))
        self.go_on()

    def _is_unread(self) -> bool:
        """Tell whether a key was pressed twice for the one before, and say so."""
        came = self._followed_at
        unread = came is not None and self.clock.monotonic() - came < SECONDS_TO_READ
        if unread:
            self.say(JUST_CAME, Tone.WARNING)
        return unread

    def can_skip(self) -> Can:
        """Whether a file is open, or waits."""
        return self.many.can_skip_one()

    def skip(self) -> None:
        """Alt+N 見送る: leave this file, which the watched folder does not offer again, and go on to the next."""
        plan = self.plan
        if plan is None:
            self.go_on()
        elif not self._is_unread():
            digest = plan.source.digest
            self.work("次を準備中", lambda: self.desk().arrivals.settle(digest), lambda _none: self.go_on())

    def can_take_all(self) -> Can:
        """Whether several files are here."""
        return self.many.can_take()

    def take_all(self) -> None:
        """Alt+A まとめて登録."""
        self.many.take()

    def can_skip_all(self) -> Can:
        """Whether several cars wait."""
        return self.many.can_skip()

    def skip_all(self) -> None:
        """Alt+M すべて見送る."""
        self.many.skip()

    def can_open_car(self) -> Can:
        """Whether the file is of a car that is stored already."""
        if self.plan is None:
            return no("読み込めたファイルがありません。F11 別のファイル で選んでください。")
        return self.can_work() if self._is_known else no("未登録の車両です。F10 保存 で登録すると開きます。")

    def open_car(self) -> None:
        """ワンストップサービス: go on with the car as it is stored."""
        car = None if self.plan is None else self.plan.opened.vehicle_id
        if car is not None:
            self.navigator.show(MainPlace(car))
            self.view.dismiss()

    def other_file(self) -> None:
        """F11 別のファイル."""
        ask_for_car_file(self, self.read)

    def close(self) -> None:
        """F12 閉じる, or Esc: stop what is under way, or ask what becomes of the cars that wait."""
        if not (self.many.stop() or self.many.live.holds_closing() or self.many.ask_before_leaving()):
            super().close()

    # --- when it goes wrong

    def failed(self, error: OneStopError) -> None:
        """Say which file could not be read; offer to complete by hand what a file left out."""
        if isinstance(error, InvalidInput) and self.plan is None:
            sentence = error.problems[0].message
            error = InvalidInput(Problem("file", f"「{self.source}」を取り込めません: {sentence}"))
        elif isinstance(error, InvalidInput) and self.plan is not None and self.plan.is_new:
            self._offer_to_complete(error, self.plan)
        super().failed(error)
        if self.told is not None and self.message is not None:
            self.message, self.told = self.told.followed_by(self.message), None
            self.view.refresh()

    def _offer_to_complete(self, error: InvalidInput, plan: ImportPlan) -> None:
        reasons = "\n".join(f"・{problem.message}" for problem in error.problems)
        text = f"車検証のファイルだけでは登録できません。\n{reasons}\n車両 新規 の画面で補いますか。"
        choices = (
            Choice("戻る", lambda: None, safe=True),
            Choice("画面で補う", lambda: self._complete_by_hand(plan)),
        )
        self.view.ask(Question("取込", text, choices))

    def _complete_by_hand(self, plan: ImportPlan) -> None:
        def job() -> bool:
            desk = self.desk()
            typing = desk.typing
            if typing.found(NEW_PLACE, VehicleForm()) is not None:
                return False
            typing.keep(NEW_PLACE, plan.record_form)
            desk.vehicles.complete_by_hand(plan.record_form, plan.source)
            return True

        self.work("入力画面を準備中", job, self._handed_over)

    def _handed_over(self, free: bool) -> None:  # noqa: FBT001 - the result of a job
        if free:
            self.navigator.show(VehiclePlace(None))
            self.go_on()
        else:
            self.say("車両 新規 に保存していない入力が残っています。先に保存か破棄をしてください。", Tone.WARNING)


def _one_line(text: str) -> str:
    return " ".join(text.split())
