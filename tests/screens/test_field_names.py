"""What each stored field is called, and how a value of the history stands on the glass."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect

from onestop.model.base import Word
from onestop.model.money import TaxRate
from onestop.screens.field_names import RECORDS, label_of_field, label_of_record, value_in_words
from onestop.services.settings.form import SettingsForm
from onestop.store.history import KEYS_OF_OTHERS, LINES, NOT_TOLD, WHOLE

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapper

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@pytest.mark.parametrize("kind", WHOLE + LINES)
def test_every_field_that_the_history_tells_has_a_japanese_name(kind: type[Any]) -> None:
    assert kind.__tablename__ in RECORDS
    if kind in WHOLE:
        mapper: Mapper[Any] = inspect(kind)
        told = [each.key for each in mapper.column_attrs if each.key not in NOT_TOLD | KEYS_OF_OTHERS]
        assert [name for name in told if not JAPANESE.search(label_of_field(name))] == []


def test_every_setting_that_the_history_tells_has_a_japanese_name() -> None:
    told = [each.name for each in dataclasses.fields(SettingsForm)]
    assert [name for name in told if not JAPANESE.search(label_of_field(name))] == []


def test_the_number_of_a_certificate_is_not_called_that_of_the_car() -> None:
    tables = "", "insurance_certificate", "conformity_certificate"
    labels = [label_of_field("certificate_number", table) for table in tables]
    assert labels == ["電子車検証管理番号", "保険証番号", "交付番号"]


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        ("fuel", None, "–"),
        ("fuel", "軽油", "軽油"),
        ("expiry_date", "2027-03-01", "2027/03/01"),
        ("first_registration", "2021-12", "2021/12"),
        ("month", "2026-11", "2026/11"),
        ("first_registration", "不明", "不明"),
        ("fuel", "2021-12", "2021-12"),
        ("requested_at", "2026-11-24T00:15:00+00:00", "2026/11/24 9:15"),
        ("user_is_owner", "1", "はい"),
        ("user_is_owner", "0", "いいえ"),
        ("note_info", "2027-03-01まで", "2027-03-01まで"),
        ("sending", "draft", "依頼前"),
        ("tax_rate", "honsoku", TaxRate.REDUCED.label),
        ("validity_years", "2", "2年"),
        ("is_active", "(すべて停止)", "(すべて停止)"),
    ],
)
def test_a_value_stands_in_words_of_the_glass(field: str, kept: str | None, shown: str) -> None:
    assert value_in_words(field, kept) == shown


@pytest.mark.parametrize("kind", WHOLE)
def test_every_choice_that_the_history_tells_is_a_japanese_word(kind: type[Any]) -> None:
    mapper: Mapper[Any] = inspect(kind)
    choices = {each.key: each.columns[0].type for each in mapper.column_attrs if each.key not in NOT_TOLD}
    told = [(name, one.value) for name, word in choices.items() if isinstance(word, Word) for one in word.kind]
    assert [each for each in told if not JAPANESE.search(value_in_words(*each))] == []


def test_what_has_no_word_keeps_its_own() -> None:
    assert (label_of_field("x"), label_of_record("y")) == ("x", "y")
