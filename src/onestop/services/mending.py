"""Where what does not agree is mended: the key that opens the paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from onestop.model.comparison import Source
from onestop.services.inspection.next_step import Press

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.model.findings import Finding

MENDED_BY: Final = {
    Source.CAR: Press.VEHICLE,
    Source.INSURANCE: Press.INSURANCE,
    Source.CONFORMITY: Press.CONFORMITY,
    Source.FILING: Press.FILING,
}
"""As they stand on ワンストップサービス."""


def with_keys(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings; one that is mended in another paper than the one checked names the key that opens it."""
    return tuple(
        replace(each, message=f"{each.message}({MENDED_BY[Source(each.paper)].value})") if each.paper else each
        for each in findings
    )
