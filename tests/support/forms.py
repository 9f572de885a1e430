"""申請書発行, 自賠責証明書発行 and 適合証・証明証発行 without Qt: each on a stage of its own, at a real desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import (
    CONFORMITY,
    CONFORMITY_BUTTONS,
    INSURANCE,
    INSURANCE_BUTTONS,
    ISSUE,
    ISSUE_BUTTONS,
)
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox import Kind, Trouble
from support.clock import FixedClock
from support.desks import DeskRoom, a_desk
from support.insurance import INSURER
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from onestop.screens.function_key import FunctionKey
    from onestop.screens.ports import Tone

ScreenT = TypeVar("ScreenT", bound=IssueScreen | InsuranceScreen | ConformityScreen)

OF_ELSEWHERE: Final = {
    "origin": "紙",
    "insurer": INSURER,
    "certificate_number": "X123456",
    "months": "",
    "end_date": "R10.12.21",
    "premium": "18560",
}
"""What is typed from a 自賠責証明書 on paper."""


@dataclass(frozen=True, slots=True)
class FormKind(Generic[ScreenT]):
    """One of the three: its screen, made for a car and a 管理番号, and its keys."""

    make: Callable[..., ScreenT]
    keys: tuple[FunctionKey[ScreenT], ...]

    def open(self, room: DeskRoom, vehicle_id: int | None, control_number: int | None = None) -> OpenForm[ScreenT]:
        assert isinstance(room.clock, FixedClock)
        stage = Stage(desk=lambda: room.desk, clock=room.clock)
        screen = stage.open(self.make(stage.surroundings, vehicle_id, control_number))
        return OpenForm(self, room, stage, screen, vehicle_id)


@dataclass(frozen=True, slots=True)
class OpenForm(Generic[ScreenT]):
    """A form that stands open, and what is done with it."""

    kind: FormKind[ScreenT]
    room: DeskRoom
    stage: Stage
    screen: ScreenT
    vehicle_id: int | None

    def press(self, key: str) -> str | None:
        return self.stage.press(self.kind.keys, key, self.screen)

    def type(self, **values: object) -> None:
        for name, value in values.items():
            self.screen.edit(name, value)

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""

    @property
    def tone(self) -> Tone | None:
        return self.screen.message.tone if self.screen.message else None

    @property
    def number(self) -> int:
        return int(self.screen.shown.control_number)

    def again(self, control_number: int | None = None) -> OpenForm[ScreenT]:
        """Open the same car once more, in a window of its own."""
        return self.kind.open(self.room, self.vehicle_id, control_number)


ISSUE_FORM: Final = FormKind(IssueScreen, (*ISSUE, *ISSUE_BUTTONS))
INSURANCE_FORM: Final = FormKind(InsuranceScreen, (*INSURANCE, *INSURANCE_BUTTONS))
CONFORMITY_FORM: Final = FormKind(ConformityScreen, (*CONFORMITY, *CONFORMITY_BUTTONS))


class Forms(Generic[ScreenT]):
    """Opens desks with a form on them, and closes them at the end of the test."""

    def __init__(self, kind: FormKind[ScreenT], folder: Path, stack: ExitStack) -> None:
        self._kind, self._folder, self._stack = kind, folder, stack

    def room(self, secrets: ApiSecrets | None = None) -> DeskRoom:
        held = MemorySecrets(secrets) if secrets is not None else None
        return self._stack.enter_context(a_desk(self._folder, secrets=held))

    def on(self, room: DeskRoom, vehicle_id: int | None, control_number: int | None = None) -> OpenForm[ScreenT]:
        return self._kind.open(room, vehicle_id, control_number)

    def __call__(self, secrets: ApiSecrets | None = None, **car: object) -> OpenForm[ScreenT]:
        room = self.room(secrets)
        return self.on(room, room.a_car(**car))


class IssueForms(Forms[IssueScreen]):
    """Opens 申請書発行."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(ISSUE_FORM, folder, stack)

    def __call__(self, secrets: ApiSecrets | None = None, **car: object) -> OpenForm[IssueScreen]:
        """Open 新規 for a car that has its 自賠責 and its 保適証, so that it may be issued."""
        room = self.room(secrets)
        vehicle_id = room.a_car(**car)
        room.certify(vehicle_id)
        return self.on(room, vehicle_id)

    def issued(self) -> OpenForm[IssueScreen]:
        here = self()
        assert here.press("F5") is None
        assert here.screen.shown.filing_id
        return here

    def lost(self, *, acted: bool) -> OpenForm[IssueScreen]:
        """Issue, and lose the answer after or before AINAS acted."""
        here = self()
        here.room.sandbox.troubles.add(Trouble(Kind.HTML, "submitFiling", status=200, after=acted))
        here.press("F5")
        return here


class InsuranceForms(Forms[InsuranceScreen]):
    """Opens 自賠責証明書発行."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(INSURANCE_FORM, folder, stack)

    def ready(self, **car: object) -> OpenForm[InsuranceScreen]:
        here = self(None, **car)
        here.type(insurer=INSURER)
        return here

    def issued(self) -> OpenForm[InsuranceScreen]:
        here = self.ready()
        assert here.press("F5") is None
        assert here.screen.shown.certificate_number
        return here

    def lost(self, *, acted: bool) -> OpenForm[InsuranceScreen]:
        """Issue, and lose the answer after or before e-JIBAI acted."""
        here = self.ready()
        here.room.sandbox.troubles.add(Trouble(Kind.HTML, "issuePolicy", status=200, after=acted))
        here.press("F5")
        return here

    def by_hand(self, **changes: str) -> OpenForm[InsuranceScreen]:
        here = self()
        here.press("Alt+E")
        here.type(**OF_ELSEWHERE | changes)
        assert here.press("F10") is None
        return here
