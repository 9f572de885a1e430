"""Tests of the key lists that are drawn from the tables."""

from __future__ import annotations

from onestop.screens import function_keys
from onestop.screens.function_key import FunctionKey
from onestop.screens.help.pages import key_table, key_tables, meanings_table


def test_every_table_is_known_by_its_name() -> None:
    tables = {
        name
        for name, value in vars(function_keys).items()
        if isinstance(value, tuple) and value and isinstance(value[0], FunctionKey)
    }
    assert key_tables().keys() == tables


def test_a_list_has_every_key_of_its_table() -> None:
    for table in key_tables().values():
        part = key_table(table)
        for row in table:
            assert f"| **{row.key}**{row.also and f'({row.also})'} | {row.label} |" in part


def test_what_is_the_same_in_every_window_is_a_list_too() -> None:
    assert meanings_table().startswith("| キー | どの画面でも |\n")
    assert "| **F10** | 保存する |" in meanings_table()


def test_a_list_is_a_markdown_table() -> None:
    keys = (FunctionKey("F1", "ヘルプ", print), FunctionKey("F12", "閉じる", print))
    assert key_table(keys) == "| キー | はたらき |\n|:--|:--|\n| **F1** | ヘルプ |\n| **F12** | 閉じる |"
