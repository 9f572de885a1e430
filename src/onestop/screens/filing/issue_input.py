"""What leaving a code field of a form makes of what was typed: widths and hyphens of codes, never of names."""

from __future__ import annotations

import re

from onestop.model.text import fold_hyphens, to_half_width


def certificate_number(typed: str) -> str:
    """Return a 自賠責証明書番号 or 交付番号 in half-width capitals without hyphens and blanks (rule V07)."""
    return re.sub(r"[-\s]", "", fold_hyphens(to_half_width(typed))).upper()


def code(typed: str) -> str:
    """Return a code in half width without blanks around it."""
    return to_half_width(typed).strip()
