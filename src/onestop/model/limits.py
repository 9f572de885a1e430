"""How long each stored text may be: one table for the forms, the import, the wire and the database."""

from __future__ import annotations

import re
from typing import Final

LINE: Final = 255
"""Characters of a text that somebody types or a 車検証 brings."""
MEMO: Final = 4_000
"""Characters of a text of several lines, such as 備考, the longest on a 車検証."""
SENT_LINE: Final = 160
"""Characters of a name or a line of an address that AINAS takes (resources/contract/ainas.yaml)."""
INSURER: Final = 60
"""Characters of a 保険会社 that e-JIBAI and AIRAS take."""
POLICY_MONTHS: Final = 37
"""Months that a 自賠責 may have (resources/contract/ejibai.yaml)."""
POLICY_NUMBER: Final = re.compile("[0-9A-Z]{1,20}")
"""自賠責証明書番号, without hyphen and space."""
WRITTEN: Final = 10_000_000
"""Characters of what the program itself writes, or cuts where it comes in: a frozen request, an answer, a draft."""

LIMITS: Final = {
    **dict.fromkeys(("user_name", "user_representative", "user_address1", "user_address2"), SENT_LINE),
    **dict.fromkeys(("insurer", "new_insurer", "old_insurer"), INSURER),
    **dict.fromkeys(("payload", "refusal", "message", "form", "value"), WRITTEN),
}
"""By the name of the column; others are a LINE, or a MEMO where they have several lines."""


def limit_of(name: str) -> int:
    """Return how many characters a line of text may have in a form."""
    return LIMITS.get(name, LINE)
