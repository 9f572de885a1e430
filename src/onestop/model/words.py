"""The words of the trade: what comes back from the services, and what each word allows.

Every status word stands in one of the tables below. A word that is not in them is shown as it came,
is not final and allows nothing: 未完了. An administrator may say in 料金表 which known word it is like (word_book.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.model.word_book import STATUSES, added_keys, added_wording

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        like: The known word that it counts as, if it is another one.
    """

    word: str
    final: bool = False
    error: bool = False
    correctable: bool = False
    done: bool = False
    withdrawable: bool = False
    anew: bool = False
    like: str = field(default="", compare=False)

    @property
    def counts_as(self) -> str:
        """The known word by which the tables of rules are read; `UNKNOWN_WORD` for one that nobody knows."""
        return self.like or self.word


UNKNOWN_WORD = "知らない語"
"""Stands in the tables of rules for every word that is not known."""

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


FILING_WORD, OSS_WORD, CONFORMITY_WORD = "申請", "OSS", "交付"
"""The three kinds of status, as 料金表 names them."""
STATUS_WORDS: Final[Mapping[str, tuple[StatusWord, ...]]] = {
    FILING_WORD: FILING_STATUSES,
    OSS_WORD: OSS_STATUSES,
    CONFORMITY_WORD: CONFORMITY_STATUSES,
}
_KIND_ENDS: Final = ": "


def status_key(kind: str, word: str) -> str:
    """Return by which key a word stands in 料金表, such as 申請: 受付済."""
    return f"{kind}{_KIND_ENDS}{word}"


def _look_up(kind: str, text: str | None) -> StatusWord:
    """Return what a status of a kind means; an unknown word allows nothing and is not final."""
    word = (text or "").strip()
    added = added_wording(STATUSES, status_key(kind, word))
    wanted = word if added is None else added.cells[0]
    row = next((row for row in STATUS_WORDS[kind] if row.word == wanted), None)
    if row is None:
        return StatusWord(text or "", like=UNKNOWN_WORD)
    return row if added is None else replace(row, word=word, like=row.word)


status_word: Final = partial(_look_up, FILING_WORD)
oss_status_word: Final = partial(_look_up, OSS_WORD)
conformity_status_word: Final = partial(_look_up, CONFORMITY_WORD)


def may_file_anew(status: str | None, oss_status: str | None) -> bool:
    """Tell whether another filing may be made beside one with these words, whichever of the two says so."""
    return status_word(status).anew or oss_status_word(oss_status).anew


def words_like(kind: str, known: str) -> tuple[str, ...]:
    """Return all words of a kind that count as a known one today, for the database to look for."""
    ours = (
        key.removeprefix(status_key(kind, "")) for key in added_keys(STATUSES) if key.startswith(status_key(kind, ""))
    )
    return tuple(word for word in dict.fromkeys((known, *ours)) if _look_up(kind, word).counts_as == known)


_COMPANY_WORDS = ("会社", "法人", "組合", "協会", "㈱", "㈲", "(株)", "(有)", "（株）", "（有）")


def guess_party_kind(name: str) -> PartyKind:
    """Guess 名義種別 from a name; the 車検証 does not carry it. 官公署 is never guessed: a person chooses it."""
    return PartyKind.COMPANY if any(word in name for word in _COMPANY_WORDS) else PartyKind.PERSON
