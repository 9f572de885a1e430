"""A desktop whose colours are dark: those of KDE, whose settings Qt reads from a file, whether KDE is there or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from glass.display import Display

PAPER: Final = "35,38,41"
INK: Final = "252,252,252"
GROUNDS: Final = ("Window", "View", "Button", "Tooltip", "Selection")
KDE: Final = {
    "QT_QPA_PLATFORMTHEME": "kde",
    "XDG_CURRENT_DESKTOP": "KDE",
    "KDE_SESSION_VERSION": "5",
    "KDE_FULL_SESSION": "true",
}


def in_the_dark(glass: Display, folder: Path) -> Display:
    """Return the same screen as one where all that opens is dark; its folder for settings is this one."""
    colours = f"BackgroundNormal={PAPER}\nBackgroundAlternate={PAPER}\nForegroundNormal={INK}\n"
    parts = ("[General]\nColorScheme=BreezeDark\n", *(f"[Colors:{ground}]\n{colours}" for ground in GROUNDS))
    (folder / "kdeglobals").write_text("".join(parts), encoding="utf-8")
    return replace(glass, env={**glass.env, **KDE})
