"""The words of the trade: what comes back from the services, and what each word allows.

Every status word stands in one of the tables below. A word that is not in them is shown as it came,
is not final and allows nothing: 未完了.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VehicleClass(StrEnum):
    """車両種別, in AINAS's words."""

    REGISTERED = "普通"
    KEI = "軽"
    MOTORCYCLE = "小型二輪"


class PartyKind(StrEnum):
    """使用者名義種別."""

    PERSON = "個人"
    COMPANY = "法人"
    AUTHORITY = "官公署"


class Procedure(StrEnum):
    """手続種別; this program knows one."""

    RENEWAL = "継続検査"


class PrivateOrBusiness(StrEnum):
    """自家用・事業用の別; 貸渡 is not on a 車検証 but has kana of its own."""

    PRIVATE = "自家用"
    BUSINESS = "事業用"
    RENTAL = "貸渡"


class FeeKind(StrEnum):
    """The kinds of 手数料・税 that are known; AINAS may return others, which are shown as they came."""

    INSPECTION = "検査登録手数料"
    TECHNICAL = "技術情報管理手数料"
    WEIGHT_TAX = "自動車重量税"


class Completion(StrEnum):
    """状態 of the 申請書一覧."""

    DONE = "完了"
    OPEN = "未完了"


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A status and what it means.

    Attributes:
        word: As it is shown.
        final: Nothing more will come from the services.
        error: Somebody has to act.
        correctable: What was issued may be changed here and sent again.
        done: The procedure is finished and the 車検証 can be collected.
        withdrawable: The requester may still take it back at the service (取消).
        anew: Another filing may be made for the car: this one was sent back, taken back or turned down.
    """

    word: str
    final: bool = False
    error: bool = False
    correctable: bool = False
    done: bool = False
    withdrawable: bool = False
    anew: bool = False


NOT_REQUESTED = "依頼前"
"""Ours: saved, and no 申請ID yet."""

NO_WORD = "(空欄)"
"""Shown for a status that came empty: it says nothing, and not that nobody knows whether it was sent."""

UNSETTLED = "確認中"
"""Ours: sent, and whether it arrived is not known yet."""

WAITING = "受付前"
"""Issued; the agent has not taken it yet."""

FINISHED = "手続完了"

SENT_BACK = "差戻"

WITHDRAWN = "取消"

REJECTED = "却下"

FILING_STATUSES: tuple[StatusWord, ...] = (
    StatusWord(NOT_REQUESTED, correctable=True),
    StatusWord(WAITING, withdrawable=True),
    StatusWord("受付済"),
    StatusWord("申請中"),
    StatusWord(SENT_BACK, error=True, anew=True),
    StatusWord(WITHDRAWN, final=True, anew=True),
    StatusWord("取下", final=True, anew=True),
    StatusWord("取下げ", final=True, anew=True),
    StatusWord("取り下げ", final=True, anew=True),
    StatusWord(REJECTED, final=True, error=True, anew=True),
    StatusWord("無効", final=True, error=True, anew=True),
    StatusWord(FINISHED, final=True, done=True),
)
"""申請ステータス. 依頼前, 受付前 and 手続完了 are the manual's; the others are assumed."""

OSS_STATUSES: tuple[StatusWord, ...] = (
    StatusWord("到着確認中"),
    StatusWord("受付審査中"),
    StatusWord("検査登録手数料納付待ち"),
    StatusWord("自動車重量税納付待ち"),
    StatusWord("審査中"),
    StatusWord("補正待ち", error=True),
    StatusWord("取下げ", final=True, anew=True),
    StatusWord("取り下げ", final=True, anew=True),
    StatusWord(REJECTED, final=True, error=True, anew=True),
    StatusWord("無効", final=True, error=True, anew=True),
    StatusWord("手続(交付)完了", final=True, done=True),
)
"""OSSステータス. 手続(交付)完了 is the manual's; from 無効, 却下 and 取り下げ (also spelled 取下げ) one files anew
(DOMAIN §4); the others are assumed."""

CONFORMITY_STATUSES: tuple[StatusWord, ...] = (
    StatusWord("作成中", correctable=True),
    StatusWord("作成済", withdrawable=True),
    StatusWord("報告済"),
    StatusWord(REJECTED, error=True, correctable=True),
    StatusWord("申請完", final=True, done=True),
    StatusWord("削除", final=True),
)
"""交付ステータス of AIRAS. 引戻 (withdrawable): OSS申請 from 作成済. 却下 is corrected in the form (DOMAIN §4)."""


def status_word(text: str | None) -> StatusWord:
    """Return what a 申請ステータス means; an unknown word allows nothing and is not final."""
    return _look_up(FILING_STATUSES, text)


def oss_status_word(text: str | None) -> StatusWord:
    """Return what an OSSステータス means; an unknown word allows nothing and is not final."""
    return _look_up(OSS_STATUSES, text)


def may_file_anew(status: str | None, oss_status: str | None) -> bool:
    """Tell whether another filing may be made beside one with these words, whichever of the two says so."""
    return status_word(status).anew or oss_status_word(oss_status).anew


def conformity_status_word(text: str | None) -> StatusWord:
    """Return what a 交付ステータス means; an unknown word allows nothing and is not final."""
    return _look_up(CONFORMITY_STATUSES, text)


def _look_up(table: tuple[StatusWord, ...], text: str | None) -> StatusWord:
    word = text or ""
    return next((row for row in table if row.word == word.strip()), StatusWord(word))


_COMPANY_WORDS = ("会社", "法人", "組合", "協会", "㈱", "㈲", "(株)", "(有)", "（株）", "（有）")


def guess_party_kind(name: str) -> PartyKind:
    """Guess 名義種別 from a name; the 車検証 does not carry it. 官公署 is never guessed: a person chooses it."""
    return PartyKind.COMPANY if any(word in name for word in _COMPANY_WORDS) else PartyKind.PERSON
