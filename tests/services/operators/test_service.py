"""操作者: signing in, what each may do, and that a shop never locks itself out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.operator import Operator
from onestop.model.right import Right
from onestop.services.operators import service
from onestop.services.operators.service import (
    CHANGED_ELSEWHERE,
    LAST_ADMINISTRATOR,
    NO_NAME,
    NOBODY,
    NOT_ACTIVE,
    PIN_DIFFERS,
    PIN_RULE,
    TAKEN_NAME,
    WRONG,
    OperatorForm,
    OperatorService,
    SignedIn,
)
from onestop.store.pins import hashed, is_right
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database", "quick_pins")

BOSS = OperatorForm("所長", "しょちょう", Right.ADMINISTER.value, "100100", "100100")
STUCK_SECONDS = 60
"""After which a write that waits for another counts as one that would wait for it for ever."""
CLERK = OperatorForm("田中", "たなか", Right.PREPARE.value, "2580", "2580")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> Iterator[Database]:
    with a_database(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def operators(database: Database, clock: FixedClock) -> OperatorService:
    return OperatorService(database, clock, "端末1")


def said(problem: pytest.ExceptionInfo[errors.InvalidInput]) -> list[tuple[str, str]]:
    return [(each.field, each.message) for each in problem.value.problems]


def test_without_operators_nobody_signs_in_and_everything_is_allowed(operators: OperatorService) -> None:
    operators.require(Right.ADMINISTER)

    assert operators.present() == SignedIn(is_used=False)
    assert operators.names() == ()
    assert operators.author().terminal == "端末1"


def test_who_signs_in_may_do_what_her_right_includes_and_nothing_more(operators: OperatorService) -> None:
    operators.save(BOSS, None)
    clerk = operators.save(CLERK, None)

    assert operators.sign_in(clerk.id, "2580") == SignedIn(is_used=True, name="田中", right=Right.PREPARE)
    operators.require(Right.LOOK)
    operators.require(Right.PREPARE)
    with pytest.raises(errors.NotAllowed, match="「発行」の権限が要ります"):
        operators.require(Right.SEND)
    assert operators.author().operator == "田中"


def test_with_operators_nothing_is_done_before_somebody_signs_in(operators: OperatorService) -> None:
    boss = operators.save(BOSS, None)
    with pytest.raises(errors.NotAllowed, match=NOBODY[:10]):
        operators.require(Right.LOOK)

    operators.sign_in(boss.id, "100100")
    operators.require(Right.ADMINISTER)
    operators.sign_out()

    assert operators.present().right is None
    assert operators.author().operator == ""


def test_names_stand_in_the_order_of_their_reading_without_those_who_left(operators: OperatorService) -> None:
    operators.save(BOSS, None)
    clerk = operators.save(CLERK, None)
    gone = operators.save(OperatorForm("青木", "あおき", Right.LOOK.value, "1111", "1111", is_active=False), None)

    assert [name for _, name in operators.names()] == ["所長", "田中"]
    assert [each.id for each in operators.all()] == [1, clerk.id, gone.id]
    with pytest.raises(errors.NotAllowed, match=NOT_ACTIVE[:10]):
        operators.sign_in(gone.id, "1111")


def test_a_right_that_was_taken_away_at_another_desk_holds_no_longer(
    operators: OperatorService, database: Database, clock: FixedClock
) -> None:
    boss, clerk = operators.save(BOSS, None), operators.save(CLERK, None)
    elsewhere = OperatorService(database, clock, "端末2")
    operators.sign_in(clerk.id, "2580")

    elsewhere.sign_in(boss.id, "100100")
    elsewhere.save(OperatorForm("田中", "たなか", Right.LOOK.value), clerk)

    with pytest.raises(errors.NotAllowed, match="「準備」の権限が要ります"):
        operators.require(Right.PREPARE)


def test_wrong_pins_are_slowed_more_and_more_and_the_right_one_ends_it(
    operators: OperatorService, clock: FixedClock
) -> None:
    boss = operators.save(BOSS, None)
    for _ in range(3):
        with pytest.raises(errors.NotAllowed, match=WRONG[:8]):
            operators.sign_in(boss.id, "999999")

    with pytest.raises(errors.NotAllowed, match="2秒待って"):
        operators.sign_in(boss.id, "100100")
    clock.advance(seconds=2)
    with pytest.raises(errors.NotAllowed, match=WRONG[:8]):
        operators.sign_in(boss.id, "999999")
    with pytest.raises(errors.NotAllowed, match="4秒待って"):
        operators.sign_in(boss.id, "100100")
    clock.advance(seconds=4)
    assert operators.sign_in(boss.id, "100100").right is Right.ADMINISTER

    with pytest.raises(errors.NotAllowed, match=WRONG[:8]):
        operators.sign_in(boss.id, "999999")


def test_another_desk_writes_while_a_pin_is_hashed_or_compared(
    operators: OperatorService, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def beside(what: Callable[..., Any]) -> Callable[..., Any]:
        def done(*values: str) -> Any:  # noqa: ANN401 - what the function returns
            desk = threading.Thread(target=_write, args=(database, written), name="another desk")
            desk.start()
            desk.join(STUCK_SECONDS)
            assert not desk.is_alive()
            return what(*values)

        return done

    monkeypatch.setattr(service, "hashed", beside(hashed))
    monkeypatch.setattr(service, "is_right", beside(is_right))
    boss = operators.save(BOSS, None)

    assert operators.sign_in(boss.id, "100100").right is Right.ADMINISTER
    assert written == ["written"] * 2


def _write(database: Database, written: list[str]) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    written.append("written")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pin": "7410", "pin_again": "7410"}, CHANGED_ELSEWHERE),
        ({"is_active": False}, NOT_ACTIVE),
    ],
)
def test_what_another_desk_changes_of_an_operator_while_her_pin_is_compared_counts(
    operators: OperatorService, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], told: str
) -> None:
    operators.save(BOSS, None)
    clerk = operators.save(CLERK, None)

    def compared(pin: str, kept: str) -> bool:
        operators.save(OperatorForm("田中", "たなか", Right.PREPARE.value, **change), clerk)
        return is_right(pin, kept)

    monkeypatch.setattr(service, "is_right", compared)
    with pytest.raises(errors.NotAllowed, match=told[:10]):
        operators.sign_in(clerk.id, "2580")
    assert operators.author().operator == ""


def test_nobody_waits_longer_than_a_minute(operators: OperatorService, database: Database, clock: FixedClock) -> None:
    boss = operators.save(BOSS, None)
    with database.write() as shelves:
        stored = shelves.operators.get(boss.id)
        stored.failures, stored.failed_at = 500, clock.now()

    with pytest.raises(errors.NotAllowed, match="60秒待って"):
        operators.sign_in(boss.id, "100100")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (OperatorForm(" ", pin="2580", pin_again="2580"), [("name", NO_NAME)]),
        (OperatorForm("所長", pin="2580", pin_again="2580"), [("name", TAKEN_NAME)]),
        (OperatorForm("木村", pin="123", pin_again="123"), [("pin", PIN_RULE)]),
        (OperatorForm("木村", pin="1234567890123", pin_again="1234567890123"), [("pin", PIN_RULE)]),
        (OperatorForm("木村", pin="２５８０", pin_again="２５８０"), [("pin", PIN_RULE)]),
        (OperatorForm("木村", pin="abcd", pin_again="abcd"), [("pin", PIN_RULE)]),
        (OperatorForm("木村"), [("pin", PIN_RULE)]),
        (OperatorForm("木村", pin="2580", pin_again="2581"), [("pin_again", PIN_DIFFERS)]),
        (OperatorForm(""), [("name", NO_NAME), ("pin", PIN_RULE)]),
    ],
)
def test_what_cannot_be_stored_is_named(
    operators: OperatorService, form: OperatorForm, told: list[tuple[str, str]]
) -> None:
    operators.save(BOSS, None)

    with pytest.raises(errors.InvalidInput) as problem:
        operators.save(form, None)

    assert said(problem) == told
    assert len(operators.all()) == 1


def test_the_first_operator_is_one_who_may_administer(operators: OperatorService) -> None:
    with pytest.raises(errors.NotAllowed, match=LAST_ADMINISTRATOR[:8]):
        operators.save(CLERK, None)

    assert operators.all() == ()


@pytest.mark.parametrize("less", [{"right": "発行"}, {"right": "管理", "is_active": False}])
def test_the_last_who_may_administer_stays_one(operators: OperatorService, less: dict[str, object]) -> None:
    boss = operators.save(BOSS, None)
    operators.save(CLERK, None)

    with pytest.raises(errors.NotAllowed, match=LAST_ADMINISTRATOR[:8]):
        operators.save(OperatorForm("所長", **less), boss)  # type: ignore[arg-type] # any field

    assert operators.all()[0].right is Right.ADMINISTER


def test_an_administrator_gives_another_pin_and_the_history_says_so_without_it(
    operators: OperatorService, database: Database
) -> None:
    operators.save(BOSS, None)
    clerk = operators.save(CLERK, None)

    changed = operators.save(OperatorForm("田中", "たなか", Right.PREPARE.value, "7410", "7410"), clerk)

    with pytest.raises(errors.NotAllowed):
        operators.sign_in(clerk.id, "2580")
    assert operators.sign_in(clerk.id, "7410").name == "田中"
    with database.read() as shelves:
        told = [str((each.old, each.new)) for each in shelves.changes.of_no_car()]
    assert any("(変更)" in each for each in told)
    assert not any("7410" in each or changed.pin_hash in each for each in told)


def test_a_pin_that_is_left_empty_stays(operators: OperatorService) -> None:
    boss = operators.save(BOSS, None)

    operators.save(OperatorForm("本部長", "ほんぶちょう", Right.ADMINISTER.value), boss)

    assert operators.sign_in(boss.id, "100100").name == "本部長"


def test_what_was_changed_at_another_desk_is_not_overwritten(operators: OperatorService) -> None:
    boss = operators.save(BOSS, None)
    operators.save(OperatorForm("本部長", "", Right.ADMINISTER.value), boss)

    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE[:8]):
        operators.save(OperatorForm("支店長", "", Right.ADMINISTER.value), boss)


def test_an_administrator_gives_another_pin_while_the_old_one_is_tried_at_another_desk(
    operators: OperatorService, database: Database, clock: FixedClock
) -> None:
    operators.save(BOSS, None)
    opened = operators.save(CLERK, None)
    at_the_counter = OperatorService(database, clock, "端末2")
    with pytest.raises(errors.WrongPin):
        at_the_counter.sign_in(opened.id, "9999")

    changed = operators.save(OperatorForm("田中", "たなか", opened.right.value, "1357", "1357"), opened)

    assert changed.failures == 0
    assert at_the_counter.sign_in(opened.id, "1357").name == "田中"


def test_the_owner_of_the_data_folder_lets_everybody_in_again(operators: OperatorService, database: Database) -> None:
    operators.save(BOSS, None)
    operators.save(CLERK, None)

    assert operators.release() == 2
    operators.require(Right.ADMINISTER)
    with database.read() as shelves:
        assert "is_active" in [each.field for each in shelves.changes.of_no_car()]
    assert operators.release() == 0


def test_an_operator_shows_nothing_of_herself_in_a_repr(operators: OperatorService) -> None:
    boss = operators.save(BOSS, None)

    assert "所長" not in repr(boss)
    assert boss.pin_hash not in repr(boss)
    assert isinstance(boss, Operator)
