"""No function key means two things, in whatever window; what the manual fixes is named here, with its source."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import onestop
from onestop.paths import RESOURCES
from onestop.screens.help.pages import key_tables
from onestop.screens.key_meanings import MEANINGS, OPENS_CHOSEN, WITH_ALT

MANUAL: Final = {
    ("FILING_LIST", "F5", "修正"): "申請書一覧: F5 修正 (manual, AINAS一覧 Ver3 Rev0.3)",
    ("FILING_LIST", "F9", "一括申請"): "申請書一覧: F9 一括申請 (manual, AINAS一覧 Ver3 Rev0.3)",
    ("SETTINGS", "F9", "保存"): "設定: F9 保存 (manual, 設定)",
}
"""Where the product's manual gives a key to something else than it means elsewhere."""
FIXED: Final = {
    "ISSUE": {"F1": "ヘルプ", "F2": "削除・取消", "F3": "設定", "F5": "発行", "F10": "保存", "F12": "閉じる"},
    "FILING_LIST": {
        "F1": "ヘルプ",
        "F3": "設定",
        "F5": "修正",
        "F7": "検索",
        "F9": "一括申請",
        "F12": "閉じる",
    },
    "SETTINGS": {"F1": "ヘルプ", "F9": "保存", "F12": "閉じる"},
}
"""The manual's own keys, window by window; F2 is 取消 as well, once the filing was sent."""
ROWS: Final = [
    (name, row.key, row.label) for name, table in key_tables().items() for row in table if row.key.startswith("F")
]
WORDS: Final = {each.key: each.words for each in MEANINGS}


def test_every_key_has_one_meaning() -> None:
    assert [each.key for each in MEANINGS] == [f"F{number}" for number in range(1, 13)]
    assert len({each.name for each in MEANINGS}) == len(MEANINGS)


def test_no_word_stands_at_two_keys() -> None:
    words = [word for each in MEANINGS for word in each.words]
    assert len({*words}) == len(words)


@pytest.mark.parametrize(("name", "key", "label"), ROWS)
def test_a_key_means_the_same_in_every_window(name: str, key: str, label: str) -> None:
    opens = key == "F5" and label in OPENS_CHOSEN
    assert label in WORDS[key] or opens or (name, key, label) in MANUAL


def test_what_opens_the_chosen_one_stands_at_no_other_key() -> None:
    assert {key for _, key, label in ROWS if label in OPENS_CHOSEN} == {"F5"}


def test_every_word_and_every_exception_is_used() -> None:
    assert {word for words in WORDS.values() for word in words} <= {label for _, _, label in ROWS}
    assert {*OPENS_CHOSEN} <= {label for _, _, label in ROWS}
    assert MANUAL.keys() <= {*ROWS}


def test_a_second_key_of_a_row_means_what_it_means_elsewhere() -> None:
    others = [(row.also, row.label) for table in key_tables().values() for row in table if row.also.startswith("F")]
    assert [(also, label) for also, label in others if label not in WORDS[also]] == []


def test_a_button_that_several_windows_have_has_the_same_letter_in_all_of_them() -> None:
    buttons = [(row.key, row.label) for table in key_tables().values() for row in table]
    for key, label in WITH_ALT.items():
        assert buttons.count((key, label)) > 1
        assert {each for each in buttons if key == each[0] or label == each[1]} == {(key, label)}


@pytest.mark.parametrize("name", FIXED)
def test_the_manuals_keys_are_the_manuals(name: str) -> None:
    labels = {row.key: row.label for row in key_tables()[name]}
    assert FIXED[name].items() <= labels.items()


def test_whatever_names_a_key_with_its_word_names_the_right_one() -> None:
    keys: dict[str, set[str]] = {}
    for row in (row for table in key_tables().values() for row in table):
        for word in {row.label, *row.label.split("・")}:
            keys.setdefault(word, set()).update((row.key, row.also))
    words = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    named = re.compile(rf"\b(F\d+|Alt ?\+ ?\w)\*{{0,2}} ({words})")
    told = [*RESOURCES.glob("help/*.md"), *RESOURCES.glob("rules/*.csv"), *Path(onestop.__file__).parent.rglob("*.py")]
    found = [(path.name, match) for path in told for match in named.finditer(path.read_text(encoding="utf-8"))]
    assert len(found) > 100
    assert [(name, match[0]) for name, match in found if match[1].replace(" ", "") not in keys[match[2]]] == []
