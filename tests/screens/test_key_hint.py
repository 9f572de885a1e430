"""What stands where Enter ends: the key that sends, or that it does not work now."""

from __future__ import annotations

import pytest

from onestop.screens.function_key import YES, Can, FunctionKey, no


@pytest.mark.parametrize(("can", "hint"), [(YES, "F5 で発行"), (no("発行済みです。"), "F5 発行 は使えません")])
def test_the_hint_never_names_a_key_that_does_not_work(can: Can, hint: str) -> None:
    row: FunctionKey[object] = FunctionKey("F5", "発行", lambda _screen: None, lambda _screen: can)
    assert row.hint(object()) == hint
