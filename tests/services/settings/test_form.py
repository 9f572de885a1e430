"""The 整備工場コード and the 検査員 of 設定, as they are typed and as they are kept."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput
from onestop.model.inspector import Inspector
from onestop.services.settings.form import (
    SettingsForm,
    Workshop,
    inspectors_as_text,
    read_charge,
    read_inspectors,
    read_workshop_code,
    shown_charge,
)
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path


def test_short_codes_are_padded_on_the_left() -> None:
    read = read_inspectors("\ufeff112345\t検査一郎\n\n００２２３３４４　検査 二郎 \n")
    assert read == (Inspector(code="00112345", name="検査一郎"), Inspector(code="00223344", name="検査 二郎"))
    assert read_inspectors(inspectors_as_text(read)) == read


@pytest.mark.parametrize("line", ["検査一郎", "112345", "123456789 検査一郎", "11-2345 検査一郎", "١١٢ 検査一郎"])
def test_a_line_that_is_no_inspector_is_named(line: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_inspectors(line)
    assert [each.field for each in caught.value.problems] == ["inspectors"]


@pytest.mark.parametrize("line", ["1-12345 検査一郎", "１－１２３４５　検査一郎", "001-12345 検査一郎", "1─12345"])
def test_t48_the_code_that_was_meant_is_proposed(line: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_inspectors(line)
    (problem,) = caught.value.problems
    assert problem.message.endswith("」は「00112345」ではありませんか。")


def test_a_code_stands_there_once() -> None:
    with pytest.raises(InvalidInput, match="inspectors"):
        read_inspectors("112345 検査一郎\n00112345 検査二郎")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("１１－１２３４", "11-1234"), ("１１ー\u200b１２３４", "11-1234"), (" 08-0123 ", "08-0123"), ("", "")],
)
def test_a_workshop_code_is_folded(typed: str, code: str) -> None:
    assert read_workshop_code(typed) == code


def test_another_shape_is_refused() -> None:
    with pytest.raises(InvalidInput, match="workshop_code"):
        read_workshop_code("111234")


def test_the_workshop_is_kept(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        settings = room.desk.settings
        assert settings.workshop() == Workshop()
        form = dataclasses.replace(settings.state().form, workshop_code="０８－０１２３", inspectors="112345 検査一郎")
        settings.save(dataclasses.replace(form, workshop_name=" 見本自動車 古河工場 "))
        assert settings.workshop() == Workshop(
            "08-0123", (Inspector(code="00112345", name="検査一郎"),), "見本自動車 古河工場"
        )
        assert settings.state().form.workshop_name == "見本自動車 古河工場"
        assert settings.workshop().name_of("00112345") == "検査一郎"
        assert settings.workshop().name_of("99999999") == ""
        assert settings.state().form.inspectors == "00112345 検査一郎"


def test_both_are_named_at_once_and_nothing_is_kept(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        with pytest.raises(InvalidInput) as caught:
            room.desk.settings.save(SettingsForm(workshop_code="x", inspectors="y"))
        assert [each.field for each in caught.value.problems] == ["workshop_code", "inspectors"]
        assert room.desk.settings.workshop() == Workshop()


@pytest.mark.parametrize(
    ("typed", "yen"), [("3300", 3300), ("¥3,300", 3300), ("３，３００円", 3300), ("0", 0), (" ", None)]
)
def test_the_shops_charge_is_read_as_it_is_written(typed: str, yen: int | None) -> None:
    assert read_charge(typed) == yen
    assert read_charge(shown_charge(yen)) == yen


@pytest.mark.parametrize("typed", ["-1", "3300.5", "約三千円", "1000000", "²", "9" * 5000])
def test_what_is_no_charge_is_named(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_charge(typed)
    assert [each.field for each in caught.value.problems] == ["oss_charge"]


def test_the_charge_is_kept_with_the_workshop(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        settings = room.desk.settings
        settings.save(dataclasses.replace(settings.state().form, oss_charge="3,300"))
        assert settings.workshop().oss_charge == 3300
        assert settings.state().form.oss_charge == "3300"
