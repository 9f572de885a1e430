"""The rows of 料金表 that come from this machine: the hours of its settings, and the 保険会社 of the shop's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.rate_tables import Told
from onestop.model.word_checks import EVERY_DAY, SEASON, WEEKDAYS
from onestop.model.word_tables import ALWAYS, IN_USE, NOT_IN_USE, WordRow, shipped_insurers
from onestop.model.working_days import DAY_OFF
from onestop.store.settings_file import HoursTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from onestop.store.settings_file import ServiceHours

OF_2017: Final = Told("2017年の公開資料(保適証サービス ご利用マニュアル)", "one source")
OF_SETTINGS: Final = Told("設定ファイル settings.json の hours", "UNKNOWN")
OF_SHOP: Final = "データフォルダーの insurers.json"
SERVICES: Final = {"ainas": "AINAS", "airas": "AIRAS", "agent": "代理人(日整連)"}
SEASON_LABEL: Final = "年末年始の休み(AINAS・AIRAS・代理人)"


def hours_rows(table: HoursTable) -> tuple[WordRow, ...]:
    """Return when the services answer by this machine's settings, and when all are closed."""
    shipped = HoursTable()
    rows = [
        WordRow(key, label, ALWAYS, None, _span(getattr(table, key)), _told(table, shipped, key))
        for key, label in SERVICES.items()
    ]
    season = (table.closed_from, table.closed_to, DAY_OFF)
    told = _told(table, shipped, "closed_from", "closed_to")
    return (*rows, WordRow(SEASON, SEASON_LABEL, ALWAYS, None, season, told))


def _told(table: HoursTable, shipped: HoursTable, *names: str) -> Told:
    same = all(getattr(table, name) == getattr(shipped, name) for name in names)
    return OF_2017 if same else OF_SETTINGS


def _span(hours: ServiceHours) -> tuple[str, str, str]:
    opens, closes = (f"{each.hour}:{each:%M}" for each in (hours.opens, hours.closes))
    return opens, closes, WEEKDAYS if hours.weekdays_only else EVERY_DAY


def of_own_file(names: Sequence[str], used: Collection[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Return keys and cells by which 料金表 says what the file said: these names, and no others but used ones."""
    yield from ((name, (name, "", IN_USE)) for name in names)
    left = (name for name in shipped_insurers() if name not in names and name not in used)
    yield from ((name, (name, "", NOT_IN_USE)) for name in left)
