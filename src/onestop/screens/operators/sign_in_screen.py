"""操作者の切替: whoever sits down chooses a name and types the 暗証番号; opening it means to have left the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import WrongPin
from onestop.screens.function_key import Can, no
from onestop.screens.ports import Choice, Message, Tone
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from onestop.errors import OneStopError
    from onestop.screens.screen import Surroundings
    from onestop.services.operators.service import SignedIn

ABOUT: Final = (
    "ほかの画面は開いたままです。入力中の内容も残っています。"
    "暗証番号を忘れたときは、「管理」の人に 設定 の 操作者 で新しい番号を付けてもらってください。"
)
NO_OPERATORS: Final = (
    "操作者は登録されていません。設定(F3)の 操作者 で登録すると、名前と暗証番号で始めるようになります。"
)
NO_PIN: Final = "暗証番号を入力してください。"
LEAVES: Final = "名前を選ばずに閉じると、プログラムを終了します。入力中の内容は、次に続きから始められます。"


class SignInScreen(Screen):
    """Whatever is open stays open behind it."""

    help_page = "operators"

    def __init__(self, surroundings: Surroundings, greeting: str = "") -> None:
        """`greeting` says why it came, where nobody asked for it."""
        super().__init__(surroundings)
        self._greeting = greeting
        self.names: tuple[tuple[str, str], ...] = ()
        self.operator = self.pin = ""
        self._refused = ""
        """What is said of a wrong 暗証番号, until another is typed."""
        self._loaded = False

    def started(self) -> None:
        """Leave the desk, and read who may sit down."""
        self.navigator.seated("", None)
        self._read_names()

    def _read_names(self) -> None:
        def leave_desk() -> tuple[tuple[int, str], ...]:
            operators = self.desk().operators
            operators.sign_out()
            return operators.names()

        self.work("操作者を読み込み中", leave_desk, self._show)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - the server is back
        """Read who may sit down, if that could not be read before."""
        if not self._loaded and not self.busy:
            self._read_names()

    def _show(self, names: tuple[tuple[int, str], ...]) -> None:
        self._loaded = True
        self.names = tuple((str(number), name) for number, name in names)
        self.operator = self.names[0][0] if self.names else ""
        if not self.names:
            self.say(NO_OPERATORS)
            return
        self.message = Message(self._greeting) if self._greeting else None
        self.view.refresh()
        self.view.focus_field("operator")

    def edit(self, name: str, value: object) -> None:
        """Take the name that was chosen, or what was typed of the PIN."""
        setattr(self, name, str(value))
        self._refused = ""
        self.view.refresh()

    # --- F5 始める

    def can_begin(self) -> Can:
        """Whether there is anybody to choose, and a PIN; or nobody could be read, which may be tried again."""
        if self._loaded and not self.names:
            return no(NO_OPERATORS)
        return self.can_work() if self.pin or not self._loaded else no(self._refused or NO_PIN)

    def begin(self) -> None:
        """F5 始める, or Enter behind the PIN."""
        if not self._loaded:
            self._read_names()
            return
        number, pin = int(self.operator), self.pin
        self.work("確認中", lambda: self.desk().operators.sign_in(number, pin), self._seated)

    def _seated(self, present: SignedIn) -> None:
        self.pin = ""
        self.navigator.seated(present.name, present.right)
        self.view.dismiss()

    def failed(self, error: OneStopError) -> None:
        """Tell it, and let the PIN be typed again."""
        self.pin = ""
        self._refused = str(error) if isinstance(error, WrongPin) else ""
        super().failed(error)
        self.view.focus_field("pin")

    # --- F12

    def close(self) -> None:
        """F12 閉じる: nobody sits here, so there is nothing to go back to but the end; without operators there is."""
        if self._loaded and not self.names:
            self.view.dismiss()
            return
        self.ask("終了", LEAVES, Choice("終了する", self.navigator.end))

    def help(self) -> None:
        """F1 ヘルプ: the way out of a forgotten PIN stands in the strip, for no other window can be read now."""
        self.say(ABOUT, Tone.INFO)
