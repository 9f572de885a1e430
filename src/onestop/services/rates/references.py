"""What the program goes by besides rates, to be looked at with its sources: hours, 保険会社, the words of a status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from onestop.model.rate_tables import Told
from onestop.model.words import CONFORMITY_STATUSES, FILING_STATUSES, FINISHED, NOT_REQUESTED, OSS_STATUSES, WAITING
from onestop.store.insurers import load_insurers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.model.words import StatusWord
    from onestop.store.settings_file import HoursTable, ServiceHours


class Reference(StrEnum):
    """The tables that are only looked at here."""

    HOURS = "hours"
    INSURERS = "insurers"
    STATUSES = "statuses"

    @property
    def label(self) -> str:
        """What it is called."""
        return {"hours": "受付時間と休み", "insurers": "保険会社", "statuses": "ステータスの語"}[self.value]


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One row: what it is about, and what holds for it."""

    label: str
    text: str
    told: Told


OF_2017: Final = Told(
    "2017年の公開資料(保適証サービス ご利用マニュアル)。設定ファイルの hours で変えられます", "one source"
)
OF_OFFICES: Final = Told("", "INFERENCE: public holidays are not known here")
OF_SHOP: Final = Told("データフォルダーの insurers.json", added=True)
WELL_KNOWN: Final = Told(
    "広く知られた会社名(公式の一覧の写しではありません)。最新の一覧と照らし合わせてください", "UNKNOWN"
)
OF_MANUAL: Final = Told("取扱説明書・AINASの公開資料", "FACT")
ASSUMED: Final = Told(
    "前後の語から推測した語です。違う語が返ってきたときは、そのまま表示し、未完了に数えます", "INFERENCE"
)
_KNOWN: Final = frozenset({NOT_REQUESTED, WAITING, FINISHED, "手続(交付)完了"})
_STATUSES: Final = (("申請", FILING_STATUSES), ("OSS", OSS_STATUSES), ("交付", CONFORMITY_STATUSES))


def hours_lines(table: HoursTable) -> tuple[ReferenceLine, ...]:
    """Return when the services answer, and when they and the offices are closed."""
    services = (("AINAS", table.ainas), ("AIRAS", table.airas), ("代理人(日整連)", table.agent))
    season = f"{table.closed_from.replace('-', '/')}～{table.closed_to.replace('-', '/')}"
    return (
        *(ReferenceLine(name, _span(hours), OF_2017) for name, hours in services),
        ReferenceLine("年末年始の休み", season, OF_2017),
        ReferenceLine("役所の休み", "土日と年末年始(祝日は数えていません)", OF_OFFICES),
    )


def insurer_lines(own: Path) -> tuple[ReferenceLine, ...]:
    """Return the 保険会社 that are offered.

    Raises:
        StoreError: no list can be read at all.
    """
    told = OF_SHOP if own.is_file() else WELL_KNOWN
    return tuple(ReferenceLine(name, "", told) for name in load_insurers(own))


def status_lines() -> tuple[ReferenceLine, ...]:
    """Return every word that may come back, and what it allows."""
    return tuple(_status(kind, word) for kind, words in _STATUSES for word in words)


def _status(kind: str, word: StatusWord) -> ReferenceLine:
    sure = kind == "交付" or word.word in _KNOWN or (word.anew and kind == "OSS")
    return ReferenceLine(f"{kind}: {word.word}", "、".join(_meanings(word)), OF_MANUAL if sure else ASSUMED)


def _meanings(word: StatusWord) -> Iterator[str]:
    flags = {
        "完了": word.done,
        "終わり": word.final,
        "対応が要る": word.error,
        "直して送れる": word.correctable,
        "取消・引戻できる": word.withdrawable,
        "新しく申請できる": word.anew,
    }
    yield from (name for name, is_set in flags.items() if is_set)


def _span(hours: ServiceHours) -> str:
    days = "平日" if hours.weekdays_only else "毎日"
    return f"{days} {hours.opens.hour}:{hours.opens:%M}～{hours.closes.hour}:{hours.closes:%M}"
