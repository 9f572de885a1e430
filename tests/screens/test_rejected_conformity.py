"""適合証・証明証発行 of one that AIRAS turned down: corrected in the form, or taken away where it never can be."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from onestop.model.sending_state import Sending
from onestop.screens.badge import BadgeKind
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.inspection.main_screen import MainScreen, PanelName
from onestop.screens.places import ConformityPlace
from onestop_sandbox import DEFAULT_WORLD, OldCertificate, Options, Sandbox, World
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.clock import FixedClock
from support.conformity import prepare_shop
from support.conformity_screen import press
from support.desks import a_desk
from support.inspections import of_now
from support.sandbox import READY
from support.screens import Stage, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHASSIS, NUMBER = "ABC123", "7"


@contextmanager
def turned_down(tmp_path: Path, why: str) -> Iterator[tuple[Stage, ConformityScreen]]:
    """Open a certificate that stands 却下 at AIRAS and 作成済 here; AIRAS is asked when it is opened."""
    clock = FixedClock()
    old = OldCertificate(
        NUMBER, READY[0], 1, CHASSIS, "2026-11-24", "2026-11-24T09:00:00+09:00", status="却下", message=why
    )
    world = World(DEFAULT_WORLD.accounts, policies=DEFAULT_WORLD.policies, certificates=(old,))
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox(world, Options(clock=clock, sleep=lambda _seconds: None)))
        room = stack.enter_context(a_desk(tmp_path, clock=clock, sandbox=sandbox))
        prepare_shop(room)
        car = room.a_car(chassis_number=CHASSIS)
        policy = an_insurance_certificate(vehicle_id=car, chassis_number=CHASSIS, end_date=dt.date(2028, 12, 21))
        made = a_conformity_certificate(
            vehicle_id=car,
            chassis_number=CHASSIS,
            certificate_number=NUMBER,
            sending=Sending.FILED,
            status="作成済",
            expiry_date=dt.date(2026, 12, 20),
        )
        with room.database.write() as shelves:
            shelves.insurance.add(of_now(shelves, policy))
            shelves.conformity.add(of_now(shelves, made))
        stage = Stage(desk=lambda: room.desk, clock=clock)
        yield stage, stage.open(ConformityScreen(stage.surroundings, car))


def test_it_is_corrected_in_the_form_with_the_reason_beside_it(tmp_path: Path) -> None:
    with turned_down(tmp_path, "走行距離が違います。") as (stage, screen):
        assert said(screen) == "却下されました: 走行距離が違います。 直して F5 で訂正を送信してください。"
        assert screen.shown.airas_message == "走行距離が違います。"
        assert screen.shown.mode == "訂正"
        for fixed in ("vehicle_category", "chassis_number", "issue_date"):
            assert screen.is_locked(fixed)
        assert not screen.is_locked("odometer_km")
        assert "F5 で送信" in (press("Alt+P", screen) or "")
        assert "F5 で送信" in (press("F4", screen) or "")
        screen.edit("odometer_km", "46000")
        press("F10", screen)
        assert screen.shown.status == "却下"
        press("F5", screen)
        if stage.view.questions:
            stage.view.answer("このまま送信する")
        assert said(screen) == "訂正しました。交付番号 7(作成済)"
        assert screen.editor.form.odometer_km == "46000"


def test_what_never_changes_is_taken_away_and_issued_anew(tmp_path: Path) -> None:
    with turned_down(tmp_path, "車台番号が登録と違います。") as (stage, screen):
        assert said(screen).endswith("F2 削除 のあと F4 新規 で発行し直してください。")
        press("F2", screen)
        stage.view.answer("削除する")
        assert screen.shown.status == "削除"
        press("F4", screen)
        assert screen.shown.mode == "新規"


def test_the_main_window_says_the_same(tmp_path: Path) -> None:
    with turned_down(tmp_path, "") as (stage, screen):
        assert "却下されました: 理由なし" in said(screen)
        main = stage.open(MainScreen(stage.surroundings, 1))
        assert main.hint.startswith("次にすること: 保適証が却下されました。エラー詳細を見て直し、訂正を送信します")
        assert main.badge(PanelName.CONFORMITY).kind is BadgeKind.REJECTED
        main.issue_conformity()
        assert stage.navigator.went[-1] == ConformityPlace(1, 1)
