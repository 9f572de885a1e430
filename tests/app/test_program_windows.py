"""The windows of the running program: which opens, which comes back, and what is kept when they close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.app.start import Start
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.places import (
    BatchPlace,
    ComparePlace,
    ConformityPlace,
    FilingListPlace,
    HelpPlace,
    HistoryPlace,
    ImportPlace,
    InsurancePlace,
    IssuePlace,
    LedgerPlace,
    LookupPlace,
    MainPlace,
    PaperPlace,
    PaymentListPlace,
    ReconcilingPlace,
    ReportPlace,
    SettingsPlace,
    VehiclePlace,
    WorkSummaryPlace,
)
from onestop.services.settings.window_bounds import WindowBounds
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import load_settings
from support.builders import a_conformity_certificate
from support.inspections import of_now
from support.program import a_program, an_open_car, asked, click, rows, strip, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.paths import DataFolder


def test_a_window_for_another_car_takes_the_place_of_the_first(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        for number in (1, 2, 2):
            program.windows.show(MainPlace(number))
            until(lambda: program.windows._open["main"].screen_shown.current is not None)
            assert program.windows._open["main"].screen_shown.current.vehicle.id == number
        assert list(program.windows._open) == ["lookup", "main"]


def test_every_window_opens_and_closes_and_the_last_one_comes_back(
    qapp: QApplication, folder: DataFolder, tmp_path: Path
) -> None:
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: rows(program) == 35)
        windows = program.windows
        windows.show(VehiclePlace(None))
        windows.show(VehiclePlace(1))
        windows.show(ImportPlace((tmp_path / "none.json",)))
        windows.show(IssuePlace(1, None))
        windows.show(LedgerPlace())
        windows.show(PaperPlace())
        windows.show(WorkSummaryPlace(1))
        windows.show(ReportPlace())
        windows.show(ComparePlace(1))
        windows.show(HistoryPlace(1))
        windows.show(FilingListPlace())
        windows.show(PaymentListPlace())
        windows.show(ReconcilingPlace())
        windows.show(BatchPlace((5, 6)))
        windows.show(SettingsPlace())
        windows.show(HelpPlace("lookup"))
        windows.show(HelpPlace("issue"))
        assert len(windows._open) == 17
        until(lambda: all(window.screen_shown.busy is None for window in windows._open.values()))
        windows.changed(vehicle_id=1, control_number=5)
        windows.show(LookupPlace())
        windows._open["help"].dismiss()
        assert next(reversed(windows._open)) == "lookup"
        until(lambda: all(window.screen_shown.busy is None for window in windows._open.values()))


def test_the_window_that_tells_of_a_change_has_read_it_already(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(FilingListPlace())
        screen = program.windows.last().screen_shown
        assert isinstance(screen, FilingListScreen)

        def is_loading() -> bool:
            return screen._loading

        until(lambda: not is_loading())
        program.windows.changed(but=screen)
        assert not is_loading()
        program.windows.changed()
        assert is_loading()
        until(lambda: not is_loading())


def test_what_is_typed_is_kept_when_the_connection_is_changed_or_the_program_ends(
    qapp: QApplication, folder: DataFolder
) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        first = an_open_car(program)
        first.edit("note_info", "一")
        assert len(program.windows.others(program.windows.first().screen_shown).unsaved) == 1
        program.windows.reopen()
        until(lambda: "練習に切り替えました" in strip(program))
        second = an_open_car(program)
        click("復元する")
        assert second.editor.form.note_info == "一"
        second.edit("note_info", "二")
        program.windows.end()
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        third = an_open_car(program)
        click("復元する")
        assert third.editor.form.note_info == "二"


def test_a_filing_has_one_window_however_it_was_come_to(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        windows = program.windows

        def shown(vehicle_id: int | None, control_number: int | None) -> IssueScreen:
            windows.show(IssuePlace(vehicle_id, control_number))
            screen = windows.last().screen_shown
            until(lambda: screen.busy is None and screen.shown is not None)
            assert isinstance(screen, IssueScreen)
            return screen

        car = next(
            each.vehicle_id for each in windows.first().screen_shown.found.records if each.control_number is None
        )
        first = shown(car, None)
        first.save()
        until(lambda: first.busy is None and bool(first.shown.control_number))
        number = first.shown.control_number
        assert shown(None, number) is first
        assert shown(car, None) is first
        other = shown(None, 1)
        assert other is not first
        assert shown(None, 1) is other


def test_an_older_certificate_has_a_window_beside_the_newest(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        with program.desk_access.desk().conformity._database.write() as shelves:
            old, new = (
                shelves.conformity.add(
                    of_now(shelves, a_conformity_certificate(certificate_number=number, status=status))
                ).control_number
                for number, status in (("A1", "申請完"), ("A2", "作成中"))
            )
        windows = program.windows
        shown = []
        for number in (new, old, None, new):
            windows.show(ConformityPlace(1, number))
            shown.append(windows.last().screen_shown)
            until(lambda: shown[-1].busy is None)
        assert shown[0] is shown[2] is shown[3] is not shown[1]
        assert [each.shown.control_number for each in shown[:2]] == [new, old]


def test_f12_in_the_first_window_ends_everything(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(MainPlace(1))
        an_open_car(program).edit("note_info", "まだ")
        first = program.windows.first()
        first.screen_shown.close()
        assert asked().windowTitle() == "終了"
        click("戻る")
        assert list(program.windows._open) == ["lookup", "main", "vehicle/1"]
        first.screen_shown.close()
        click("終了する")
        assert program.windows._open == {}


def test_what_comes_late_shows_no_window_again(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        program.windows.first().screen_shown.leave()
        program._lead_to_settings(is_begun=False)
        program._ask_secrets(in_keychain=False)
        program._come_forward("")
        assert program.windows._open == {}


def test_the_first_window_is_always_there(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(MainPlace(1))
        program.windows.first().dismiss()
        assert list(program.windows._open) == ["main"]
        assert program.windows.first().windowTitle() == "照会"


def test_the_text_size_is_remembered(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.theme.larger()
        larger = program.theme.percent
    with a_program(qapp, Start(folder)) as program:
        until(lambda: program.theme.percent == larger)
        program.theme.usual()
        assert larger > 100


def test_the_insurance_of_a_car_has_one_window(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        windows = program.windows
        shown = []
        for car in (1, 2, 1):
            windows.show(InsurancePlace(car, None))
            shown.append(windows.last().screen_shown)
            until(lambda: shown[-1].busy is None)
        assert shown[0] is shown[2] is not shown[1]


def test_where_a_window_stands_when_it_is_closed_is_written_down_for_the_next_of_its_kind(
    qapp: QApplication, folder: DataFolder
) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(VehiclePlace(1))
        window = program.windows._open["vehicle/1"]
        window.resize(1000, 600)
        window.dismiss()
    kept = {each.kind: (each.width, each.height) for each in load_settings(folder.settings).settings.windows}
    assert kept == {"vehicle": (1000, 600), "lookup": (1280, 720)}
    with a_program(qapp, Start(folder)) as program:
        until(lambda: "vehicle" in program.windows._bounds)
        assert isinstance(program.windows._bounds["vehicle"], WindowBounds)
