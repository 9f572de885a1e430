"""操作者: making them, signing in and out, and asking what who is signed in may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.change import Author
from onestop.model.operator import Operator
from onestop.model.right import Right
from onestop.services.saving import unchanged
from onestop.store.pins import hashed, is_right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.clock import Clock
    from onestop.store.database import Database, Shelves

FREE_TRIES: Final = 3
"""Wrong PINs after which the next one has to wait."""
LONGEST_WAIT: Final = dt.timedelta(seconds=60)
SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12

NOBODY: Final = "操作者が選ばれていません。操作者の切替(Ctrl+F12)で、名前と暗証番号を入力してください。"
WRONG: Final = "暗証番号が違います。入力し直してください。忘れたときは、管理の人に新しい番号を付けてもらってください。"
WAIT: Final = "間違いが続いたため、{seconds}秒待ってから入力してください。"
NOT_ACTIVE: Final = "この操作者は使えなくなっています。管理の人に確かめてください。"
CHANGED_ELSEWHERE: Final = "この操作者は別の画面で変更されました。選び直してから入力してください。"
NO_NAME: Final = "名前を入力してください。"
TAKEN_NAME: Final = "同じ名前の操作者がいます。区別できる名前にしてください。"
PIN_RULE: Final = f"暗証番号は{SHORTEST_PIN}〜{LONGEST_PIN}桁の数字にしてください。"
PIN_DIFFERS: Final = "2回の暗証番号が違います。同じ番号を入力してください。"
LAST_ADMINISTRATOR: Final = (
    "「管理」の操作者がいなくなるため、保存できません。ほかの人を「管理」にしてから変更してください。"
)
RECORD: Final = Operator.__tablename__
PIN_CHANGED: Final = "(変更)"
RELEASED: Final = "(すべて停止)"


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """What is typed of an operator; an empty 暗証番号 stays as it is."""

    name: str = field(default="", repr=False)
    reading: str = field(default="", repr=False)
    right: str = Right.PREPARE.value
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at this desk."""

    is_used: bool
    """The shop has operators: somebody has to sign in."""
    name: str = field(default="", repr=False)
    right: Right | None = None
    """None: nobody is signed in."""


class OperatorService:
    """Where the shop has made no operators nobody signs in, and everything is allowed."""

    def __init__(self, database: Database, clock: Clock, terminal: str) -> None:
        self._database = database
        self._clock = clock
        self._terminal = terminal
        self._signed_in: int | None = None
        self._name = ""

    def author(self) -> Author:
        """Return who works here now, for the history."""
        return Author(self._name, self._terminal)

    def present(self) -> SignedIn:
        """Tell who is at this desk, as the database has it now: a right that was taken away holds no longer."""
        with self._database.read() as shelves:
            active = {each.id: each for each in shelves.operators.all() if each.is_active}
        mine = active.get(self._signed_in or 0)
        return SignedIn(bool(active), mine.name if mine else "", mine.right if mine else None)

    def require(self, right: Right) -> None:
        """Let only those go on who have a right.

        Raises:
            NotAllowed: nobody is signed in, or somebody who may not.
        """
        present = self.present()
        if not present.is_used:
            return
        if present.right is None:
            raise errors.NotAllowed(NOBODY)
        if lacks := present.right.lacks(right):
            raise errors.NotAllowed(lacks)

    def names(self) -> tuple[tuple[int, str], ...]:
        """Return who may sign in, by かな."""
        with self._database.read() as shelves:
            return tuple((each.id, each.name) for each in shelves.operators.all() if each.is_active)

    def sign_in(self, operator_id: int, pin: str) -> SignedIn:
        """Sign in; whoever was signed in before is not any more.

        Raises:
            WrongPin: it is not this operator's.
            NotAllowed: it came too soon after wrong ones, or the operator may not sign in any more.
        """
        now = self._clock.now()
        with self._database.read() as shelves:
            known = shelves.operators.get(operator_id)
        _check_may_try(known, now)
        right = is_right(pin, known.pin_hash)  # long on purpose: no other desk waits for it
        with self._database.write() as shelves:
            operator = shelves.operators.get(operator_id)
            _check_may_try(operator, now)
            if operator.pin_hash != known.pin_hash:
                raise errors.NotAllowed(CHANGED_ELSEWHERE)
            operator.failures, operator.failed_at = (0, None) if right else (operator.failures + 1, now)
        if not right:
            raise errors.WrongPin(WRONG)
        self._signed_in, self._name = operator.id, operator.name
        return SignedIn(is_used=True, name=operator.name, right=operator.right)

    def sign_out(self) -> None:
        """Lock this desk: nobody is signed in."""
        self._signed_in, self._name = None, ""

    # --- making them

    def all(self) -> tuple[Operator, ...]:
        """Return all, also those who may not sign in any more."""
        with self._database.read() as shelves:
            return shelves.operators.all()

    def save(self, form: OperatorForm, opened: Operator | None) -> Operator:
        """Make an operator, or change the one that was opened.

        Raises:
            InvalidInput: something cannot be stored; nothing was changed.
            NotAllowed: nobody would be left who may administer; changed meanwhile.
        """
        now = self._clock.now()
        pin_hash = hashed(form.pin) if _is_pin(form.pin) else ""  # long on purpose, too: before the lock
        with self._database.write() as shelves:
            if opened is None:
                operator = Operator(created_at=now, updated_at=now, name="")
            else:
                operator = unchanged(shelves.operators.get(opened.id), opened.version, CHANGED_ELSEWHERE)
            _check(form, operator, shelves.operators.all())
            operator.name, operator.reading = form.name.strip(), form.reading.strip()
            operator.right, operator.is_active, operator.updated_at = Right(form.right), form.is_active, now
            if form.pin:
                operator.pin_hash, operator.failures, operator.failed_at = pin_hash, 0, None
            shelves.operators.add(operator)
            if form.pin and opened is not None:
                shelves.changes.note(self.author(), now, RECORD, [("pin", None, f"{operator.name} {PIN_CHANGED}")])
            _check_administrators(shelves)
        return operator

    def release(self) -> int:
        """Let nobody have to sign in any more, as the owner of the data folder says; returns how many were active."""
        with self._database.write() as shelves:
            active = [each for each in shelves.operators.all() if each.is_active]
            for each in active:
                each.is_active = False
            if active:
                shelves.changes.note(self.author(), self._clock.now(), RECORD, [("is_active", None, RELEASED)])
        return len(active)


def _check_may_try(operator: Operator, now: dt.datetime) -> None:
    if not operator.is_active:
        raise errors.NotAllowed(NOT_ACTIVE)
    if (wait := _wait(operator, now)) > dt.timedelta():
        raise errors.NotAllowed(WAIT.format(seconds=-(-wait // dt.timedelta(seconds=1))))


def _wait(operator: Operator, now: dt.datetime) -> dt.timedelta:
    """Return how long the next PIN has to wait: 2 seconds, 4, 8 … after the free tries."""
    if operator.failed_at is None or operator.failures < FREE_TRIES:
        return dt.timedelta()
    pause = dt.timedelta(seconds=2 ** min(operator.failures - FREE_TRIES + 1, 10))
    return operator.failed_at + min(pause, LONGEST_WAIT) - now


def _check(form: OperatorForm, operator: Operator, others: Iterable[Operator]) -> None:
    problems: list[errors.Problem] = []
    name = form.name.strip()
    if not name:
        problems.append(errors.Problem("name", NO_NAME))
    elif any(each.name == name and each.id != operator.id for each in others):
        problems.append(errors.Problem("name", TAKEN_NAME))
    if not _is_pin(form.pin) and (form.pin or not operator.pin_hash):
        problems.append(errors.Problem("pin", PIN_RULE))
    elif form.pin != form.pin_again:
        problems.append(errors.Problem("pin_again", PIN_DIFFERS))
    if problems:
        raise errors.InvalidInput(*problems)


def _is_pin(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and SHORTEST_PIN <= len(typed) <= LONGEST_PIN


def _check_administrators(shelves: Shelves) -> None:
    active = [each for each in shelves.operators.all() if each.is_active]
    if active and not any(each.right is Right.ADMINISTER for each in active):
        raise errors.NotAllowed(LAST_ADMINISTRATOR)
