"""操作者: who may sign in, what each may do, and after how many minutes the desk is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.right import Right
from onestop.screens.editor import Editor
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.places import ChangesPlace, SignInPlace
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen
from onestop.services.operators.service import OperatorForm

if TYPE_CHECKING:
    from onestop.model.operator import Operator
    from onestop.screens.screen import Surroundings

COLUMNS: Final = (
    Column("name", "名前", 20),
    Column("reading", "読み", 20),
    Column("right", "権限", 8),
    Column("is_active", "状態", 8),
)
RIGHTS: Final = tuple((each.value, each.value) for each in Right)
MINUTES: Final = (("0", "施錠しない"), ("5", "5分"), ("10", "10分"), ("30", "30分"), ("60", "60分"))
ABOUT: Final = (
    "権限は 照会 → 準備 → 発行 → 管理 の順に広がり、右のものは左のものをすべて含みます。"
    "操作者が1人もいない間は、だれも名前を選ばずにすべての操作ができます。最初の操作者は「管理」にしてください。"
)
NOBODY_YET: Final = "操作者はまだいません。F4 新規 で、最初に「管理」の人を登録してください。"
LOADING: Final = "操作者を読み込んでいます。"
NO_ROW: Final = "操作者が選ばれていません。↑ ↓ で選んでください。"
BEGIN_FIRST: Final = "変更する操作者がありません。F4 新規 を押すか、一覧で選んで F5 修正 を押してください。"
BEGUN: Final = "名前・権限・暗証番号(4〜12桁の数字を2回)を入力して、F10 保存 を押してください。"
OPENED: Final = "変えるところを入力して、F10 保存 を押してください。暗証番号は、変えるときだけ入力します。"
SAVED: Final = "保存しました。"
SIGN_IN_NOW: Final = "最初の操作者を登録しました。これからは、名前と暗証番号を入力して始めます。"
DROPS_TYPED: Final = "入力中の操作者が、まだ保存されていません。進むと、その入力は元に戻せません。"


class OperatorsScreen(Screen):
    """Nothing is stored before F10, but for the minutes."""

    help_page = "operators"
    editor: Editor[OperatorForm]

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.editor = Editor(self, OperatorForm())
        self.rows: ListedRows[Operator] = ListedRows(COLUMNS, RowLook(_texts), lambda row: row.id)
        self.chosen: Operator | None = None
        self.lock_minutes = "0"
        self.typing = False
        """Whether an operator is being made or changed."""
        self._opened: Operator | None = None
        self._loaded = False

    # --- the list

    def started(self) -> None:
        """Read who there is."""
        self.work("読み込み中", self._read, self._show)

    def _read(self) -> tuple[tuple[Operator, ...], int]:
        desk = self.desk()
        return desk.operators.all(), desk.settings.lock_minutes()

    def _show(self, read: tuple[tuple[Operator, ...], int]) -> None:
        operators, minutes = read
        self._loaded = True
        self.lock_minutes = str(minutes)
        self.rows.show(operators)
        kept = self.chosen.id if self.chosen else 0
        self.chosen = next((each for each in operators if each.id == kept), next(iter(operators), None))
        self.view.refresh()

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.chosen = self.rows.record(position) if 0 <= position < self.rows.count else None
        self.view.refresh()

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return NOBODY_YET if self._loaded else LOADING

    @property
    def typing_text(self) -> str:
        """Whom the fields below the list are about."""
        if not self.typing:
            return BEGIN_FIRST
        return "新しい操作者" if self._opened is None else f"修正: {self._opened.name}"

    def edit(self, name: str, value: object) -> None:
        """Take what was typed; the minutes hold at once."""
        if name != "lock_minutes":
            if self.typing:
                self.editor.edit(name, value)
        elif self._loaded and value != self.lock_minutes:
            self.lock_minutes = str(value)
            minutes = int(self.lock_minutes)
            self.work("保存中", lambda: self.desk().settings.lock_after(minutes), lambda _none: self._kept())

    def _kept(self) -> None:
        self.navigator.changed()
        self.say(SAVED)

    # --- F4 新規, F5 修正

    def begin(self) -> None:
        """F4 新規."""
        self.editor.instead_of_typed("新規", DROPS_TYPED, lambda: self._turn_to(None))

    def can_open(self) -> Can:
        """Whether one is chosen."""
        return self.can_work() if self.chosen is not None else no(NO_ROW)

    def open(self) -> None:
        """F5 修正, or Enter on a row."""
        chosen = self.chosen
        self.editor.instead_of_typed("修正", DROPS_TYPED, lambda: self._turn_to(chosen))

    def _turn_to(self, operator: Operator | None) -> None:
        self._opened, self.typing = operator, True
        if operator is not None:
            form = OperatorForm(operator.name, operator.reading, operator.right.value, is_active=operator.is_active)
        elif self.rows.count:
            form = OperatorForm()
        else:
            form = OperatorForm(right=Right.ADMINISTER.value)
        self.editor.take(form)
        self.say(BEGUN if operator is None else OPENED, field="name")

    def show_changes(self) -> None:
        """Alt+H 変更の履歴 of 操作者, 設定 and all else that is about no car."""
        self.navigator.show(ChangesPlace(None))

    # --- F10 保存

    def can_save(self) -> Can:
        """Whether an operator is being made or changed."""
        return self.can_work() if self.typing else no(BEGIN_FIRST)

    def save(self) -> None:
        """F10 保存."""
        form, opened, first = self.editor.form, self._opened, not self.rows.count
        self.work("保存中", lambda: self._save(form, opened), lambda read: self._saved(read, first=first))

    def _save(self, form: OperatorForm, opened: Operator | None) -> tuple[tuple[Operator, ...], int] | None:
        desk = self.desk()
        desk.operators.save(form, opened)
        present = desk.operators.present()
        return None if present.is_used and present.right is None else self._read()

    def _saved(self, read: tuple[tuple[Operator, ...], int] | None, *, first: bool) -> None:
        self.typing, self._opened = False, None
        self.editor.take(OperatorForm())
        if read is None:  # nobody is signed in any more, or not yet
            self.navigator.show(SignInPlace(SIGN_IN_NOW if first else ""))
            self.view.dismiss()
            return
        self._show(read)
        self.say(SAVED, field="operators")

    def close(self) -> None:
        """F12 閉じる; asks when something was typed and not saved."""
        self.editor.leave_or_save("操作者", self.save)


def _texts(row: Operator) -> tuple[str, ...]:
    return row.name, row.reading, row.right.value, "使用中" if row.is_active else "停止"
