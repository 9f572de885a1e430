"""What leaving a code field of a form makes of what was typed: widths and hyphens of codes, never of names."""

from __future__ import annotations

from onestop.model.text import to_half_width, without_unseen
from onestop.services.form_fields import insurance_number


def certificate_number(typed: str) -> str:
    """Return a 自賠責証明書番号 or 交付番号 in half-width capitals without hyphens and blanks (rule V07)."""
    return insurance_number(typed)


def code(typed: str) -> str:
    """Return a code in half width without blanks around it."""
    return to_half_width(without_unseen(typed)).strip()
