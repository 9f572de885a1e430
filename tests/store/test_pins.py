"""A 暗証番号 is kept so that nobody gets it back, and known again."""

from __future__ import annotations

import pytest

from onestop.store.pins import hashed, is_right


def test_a_pin_is_known_again_and_another_is_not() -> None:
    kept = hashed("482915")

    assert is_right("482915", kept)
    assert not is_right("482916", kept)


def test_it_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hashed("4829"), hashed("4829")

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert "4829" not in first.rpartition("$")[0]


@pytest.mark.parametrize("kept", ["", "4829", "$argon2id$"])
def test_where_no_pin_is_kept_none_is_right(kept: str) -> None:
    assert not is_right("4829", kept)
