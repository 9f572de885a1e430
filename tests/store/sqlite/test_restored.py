"""What a restored database knows of itself (its behaviour is tested with what restores, and with what settles)."""

from __future__ import annotations

from onestop.store.sqlite.restored import Unsure


def test_each_kind_is_a_bit_of_its_own_which_stands_in_the_files_of_every_desk() -> None:
    assert [kind.value for kind in Unsure] == [1, 2, 4]
