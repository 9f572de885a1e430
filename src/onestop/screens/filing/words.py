"""Words of a filing on the glass that come from more than one of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.recording import AT_OFFICE, OWN_REWRITE
from onestop.model.sending_state import Sending
from onestop.model.words import NO_WORD, NOT_REQUESTED, UNSETTLED

if TYPE_CHECKING:
    from onestop.model.filing import Filing

CERTIFICATE_UPDATES: Final = (
    ("", "登録のとおり"),
    (OWN_REWRITE, OWN_REWRITE),
    (AT_OFFICE, AT_OFFICE),
)
"""電子車検証更新区分: the value on the wire and its word. One that is not here is shown and sent as it came."""


def filing_status(filing: Filing | None) -> str:
    """Return the 申請ステータス for the glass: AINAS's own word, or ours before it has one."""
    if filing is None or filing.sending is Sending.DRAFT:
        return NOT_REQUESTED
    return UNSETTLED if filing.sending.is_unsettled else filing.status or NO_WORD
