"""The key of an encrypted database, and how a person writes it down."""

from __future__ import annotations

import pytest

from onestop.errors import InvalidInput
from onestop.store.sqlite.key import GROUPS, Key, new_key, read_key


def test_what_was_written_down_is_read_back() -> None:
    key = new_key()
    assert read_key(key.written) == key
    assert len(key.written.split("-")) == GROUPS


def test_each_key_is_another() -> None:
    assert new_key() != new_key()


def test_no_print_of_a_key_shows_it() -> None:
    key = Key(bytes(range(32)))
    assert repr(key) == str(key) == "Key()"


@pytest.mark.parametrize("how", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", "\n")])
def test_width_case_blanks_and_letters_that_look_alike_make_no_difference(how: object) -> None:
    key = new_key()
    wide = key.written.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert read_key(how(key.written)) == read_key(wide) == key  # type: ignore[operator]
    assert read_key(key.written.replace("0", "O").replace("1", "l")) == key


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_slip_of_the_pen_is_told_by_its_group(group: int) -> None:
    groups = Key(bytes(range(32))).written.split("-")
    groups[group] = groups[group][:-1] + ("2" if groups[group][-1] != "2" else "3")
    with pytest.raises(InvalidInput) as told:
        read_key("-".join(groups))
    assert told.value.problems[0].message.startswith(f"{group + 1}組目")


def test_what_is_too_short_or_too_long_says_by_how_much() -> None:
    written = new_key().written
    for text, words in ((written[:-2], "あと2文字"), (written + "00", "2文字多すぎ"), ("", "あと65文字")):
        with pytest.raises(InvalidInput) as told:
            read_key(text)
        assert words in told.value.problems[0].message


def test_a_sign_that_no_key_has_is_told_by_its_group() -> None:
    with pytest.raises(InvalidInput) as told:
        read_key("鍵" + new_key().written[1:])
    assert told.value.problems[0].message.startswith("1組目")
