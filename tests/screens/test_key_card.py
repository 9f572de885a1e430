"""Tests of the key lists that are drawn from the tables."""

from __future__ import annotations

from onestop.screens import function_keys
from onestop.screens.function_key import FunctionKey
from onestop.screens.key_card import CARD, key_card, key_table, key_tables, meanings_table


def test_every_table_is_on_the_card() -> None:
    tables = {
        name
        for name, value in vars(function_keys).items()
        if isinstance(value, tuple) and value and isinstance(value[0], FunctionKey)
    }
    assert {name for name, _ in CARD} == tables
    assert key_tables().keys() == tables


def test_the_card_has_every_key_of_every_table() -> None:
    card = key_card()
    for name, title in CARD:
        part = card.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]
        for row in key_tables()[name]:
            assert f"| **{row.key}**{row.also and f'({row.also})'} | {row.label} |" in part


def test_the_card_begins_with_what_is_the_same_in_every_window() -> None:
    assert key_card().startswith(f"### どの画面でも\n\n{meanings_table()}\n")
    assert "| **F10** | 保存する |" in meanings_table()


def test_a_list_is_a_markdown_table() -> None:
    keys = (FunctionKey("F1", "ヘルプ", print), FunctionKey("F12", "閉じる", print))
    assert key_table(keys) == "| キー | はたらき |\n|:--|:--|\n| **F1** | ヘルプ |\n| **F12** | 閉じる |"
