"""Our own icons, by name. What they show stands in words beside them as well."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from onestop.paths import RESOURCES
from onestop.screens.badge import BadgeKind

SIGN_FILES = {
    BadgeKind.NONE: "none",
    BadgeKind.WAITING: "waiting",
    BadgeKind.DONE: "done",
    BadgeKind.ATTENTION: "attention",
    BadgeKind.REJECTED: "rejected",
}


def icon(name: str) -> QIcon:
    """Return resources/icons/<name>.svg; Qt reads it when it is first drawn."""
    return QIcon(str(RESOURCES / "icons" / f"{name}.svg"))


def sign_icon(kind: BadgeKind) -> QIcon:
    """Return the sign of a state."""
    return icon(SIGN_FILES[kind])
