"""What a filing is held against: the other papers of its inspection, and how its 自賠責 and 保適証 stand (C13, C14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import BEING_MADE, DELETED, MADE, REPORTED, ApplicationKind
from onestop.model.comparison import Source
from onestop.model.findings import finding
from onestop.model.words import conformity_status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.model.checks import FilingFacts
    from onestop.model.comparison import Comparison
    from onestop.model.findings import Finding

FILED_WITH: Final = (MADE, REPORTED)
"""交付ステータス with which a filing may be made."""
UNUSABLE: Final = (BEING_MADE, DELETED, "却下")
"""交付ステータス with which it may not."""
INSURANCE: Final = "insurance_certificate_number"
CONFORMITY: Final = "conformity_certificate_number"
ON_GLASS: Final = {
    "address": "user_address1",
    "kind": "",
    "insurance_number": INSURANCE,
    "conformity_number": CONFORMITY,
}
"""Rows of 照合 whose field on the glass has another name; 車両種別 is mended in the car, and has none."""


def check_papers(papers: Comparison) -> Iterator[Finding]:
    """Say where the filing differs from its car and its certificates, and then where those do."""
    for each in papers.of(Source.FILING):
        yield each.found(each.on_glass(ON_GLASS))
    for source, number in ((Source.INSURANCE, INSURANCE), (Source.CONFORMITY, CONFORMITY)):
        for each in papers.of(source):
            yield each.found(number, source)


def check_certificates(facts: FilingFacts) -> Iterator[Finding]:
    """Say which of the filing's certificates it may not be made with."""
    if facts.insurance_cancelled:
        yield finding("C13", INSURANCE, f"自賠責証明書 {facts.insurance_certificate_number} は取消済みです。")
    elif facts.insurance_not_electronic:
        why = f"{facts.insurance_not_electronic}OSS申請に使えるかを、発行の前に確かめてください。"
        yield finding("V12", INSURANCE, why)
    number, status = facts.conformity_certificate_number, facts.conformity_status
    known = conformity_status_word(status).counts_as
    if known in UNUSABLE:
        yield finding("C13", CONFORMITY, f"保適証 {number} は{status}です。この番号では申請できません。")
    elif facts.conformity_kind == ApplicationKind.COUNTER:
        yield finding("C13", CONFORMITY, f"保適証 {number} は窓口申請です。OSS申請で発行し直してください。")
    elif facts.conformity_held_back:
        yield finding("C13", CONFORMITY, f"保適証 {number} は引戻を待っています。終わるまで申請できません。")
    elif status and known not in FILED_WITH:
        yield finding("C14", CONFORMITY, f"保適証の交付ステータスが「{status}」です。")
