"""Every colour on the glass, light and dark, by what it means; and both once more for whoever needs strong contrast.

A test holds each pair to a contrast of 4.5:1, and the strong ones to 7:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QPalette

from onestop.screens.badge import BadgeKind
from onestop.screens.ports import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pair(NamedTuple):
    """Ink on paper."""

    ink: str
    paper: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours."""

    text: str
    dim: str
    disabled: str
    window: str
    base: str
    alternate: str
    button: str
    line: str
    accent: Pair
    """Focus frames, the selected row, digits that light up; ink stands on it."""
    info: Pair
    warning: Pair
    error: Pair
    plain: Pair
    waiting: Pair
    done: Pair
    rejected: Pair
    practice: Pair
    problem: str
    """The frame and the words of a field that is wrong."""

    @property
    def is_dark(self) -> bool:
        """Whether its paper is dark."""
        return QColor(self.window).lightness() <= 127  # noqa: PLR2004 - half of 255

    @property
    def is_strong(self) -> bool:
        """Whether its lines are as strong as its words: then whatever can be used has an outline."""
        return self.line == self.text

    def tone(self, tone: Tone) -> Pair:
        """Return the colours of a message."""
        return {Tone.INFO: self.info, Tone.WARNING: self.warning, Tone.ERROR: self.error}[tone]

    def badge(self, kind: BadgeKind) -> Pair:
        """Return the colours of a state badge."""
        return {
            BadgeKind.NONE: self.plain,
            BadgeKind.WAITING: self.waiting,
            BadgeKind.DONE: self.done,
            BadgeKind.ATTENTION: self.error,
            BadgeKind.REJECTED: self.rejected,
        }[kind]

    def pairs(self) -> Iterator[Pair]:
        """Yield every ink on every paper it is used on."""
        for paper in (self.window, self.base, self.alternate, self.button):
            yield from (Pair(ink, paper) for ink in (self.text, self.dim, self.disabled, self.problem))
        for drawn in (self.accent.paper, self.done.ink, self.warning.ink, self.waiting.ink):  # signs and bars
            yield Pair(drawn, self.window)
        yield from (self.accent, self.info, self.warning, self.error, self.plain, self.waiting)
        yield from (self.done, self.rejected, self.practice)


LIGHT = Colours(
    text="#15181c",
    dim="#454e5b",
    disabled="#596270",
    window="#eff1f4",
    base="#ffffff",
    alternate="#f2f6fb",
    button="#fafbfc",
    line="#98a1ae",
    accent=Pair("#ffffff", "#0b57b0"),
    info=Pair("#0b3d78", "#dfecfb"),
    warning=Pair("#573600", "#fdebbf"),
    error=Pair("#8c1212", "#fde0dd"),
    plain=Pair("#3c4550", "#dde2e8"),
    waiting=Pair("#44358a", "#e6e0fb"),
    done=Pair("#0f5027", "#d6f0de"),
    rejected=Pair("#ffffff", "#8c1212"),
    practice=Pair("#ffffff", "#b53a00"),
    problem="#b00f1c",
)

DARK = Colours(
    text="#e9ebee",
    dim="#b4bcc7",
    disabled="#9aa4b1",
    window="#20242a",
    base="#15181c",
    alternate="#1b2027",
    button="#2a3038",
    line="#66717f",
    accent=Pair("#06121f", "#74b6ff"),
    info=Pair("#c3dfff", "#17314e"),
    warning=Pair("#ffe0a3", "#463300"),
    error=Pair("#ffc6c1", "#571c1c"),
    plain=Pair("#c9d0d8", "#363d46"),
    waiting=Pair("#d9d0ff", "#352c60"),
    done=Pair("#b8f0c8", "#143c24"),
    rejected=Pair("#2b0505", "#ff9c93"),
    practice=Pair("#241000", "#ff8f57"),
    problem="#ff9f97",
)

LIGHT_STRONG = Colours(
    text="#000000",
    dim="#000000",
    disabled="#3f3f3f",
    window="#ffffff",
    base="#ffffff",
    alternate="#f0f0f0",
    button="#ffffff",
    line="#000000",
    accent=Pair("#ffffff", "#003a8c"),
    info=Pair("#00224f", "#dfecfb"),
    warning=Pair("#2e1d00", "#ffe39a"),
    error=Pair("#5c0000", "#ffe4e1"),
    plain=Pair("#000000", "#e6e6e6"),
    waiting=Pair("#1f1263", "#e6e0fb"),
    done=Pair("#00330f", "#d6f0de"),
    rejected=Pair("#ffffff", "#6b0000"),
    practice=Pair("#ffffff", "#7a2600"),
    problem="#8c0000",
)

DARK_STRONG = Colours(
    text="#ffffff",
    dim="#ffffff",
    disabled="#c8c8c8",
    window="#000000",
    base="#000000",
    alternate="#1a1a1a",
    button="#000000",
    line="#ffffff",
    accent=Pair("#000000", "#8fd0ff"),
    info=Pair("#e6f3ff", "#0b2340"),
    warning=Pair("#fff0cc", "#332600"),
    error=Pair("#ffe3e0", "#4a0f0f"),
    plain=Pair("#ffffff", "#262626"),
    waiting=Pair("#efeaff", "#261f4d"),
    done=Pair("#d9ffe4", "#0a2b17"),
    rejected=Pair("#000000", "#ffb3ad"),
    practice=Pair("#000000", "#ffa76b"),
    problem="#ffb0a8",
)
SETS = (LIGHT, DARK, LIGHT_STRONG, DARK_STRONG)


def colours_for(*, dark: bool, strong: bool) -> Colours:
    """Return the set that a system asks for."""
    if strong:
        return DARK_STRONG if dark else LIGHT_STRONG
    return DARK if dark else LIGHT


def colours_of(palette: QPalette) -> Colours:
    """Return the colours that belong to a widget's palette; widgets ask when they paint, so a change is live."""
    return _colours_of(palette.color(QPalette.ColorRole.Window).rgb())


@cache
def _colours_of(rgb: int) -> Colours:
    window = QColor(rgb)
    ours = next((each for each in SETS if each.window == window.name()), None)
    return ours or colours_for(dark=window.lightness() <= 127, strong=False)  # noqa: PLR2004 - half of 255


def palette_of(colours: Colours) -> QPalette:
    """Return the palette that the whole application gets."""
    role = QPalette.ColorRole
    palette = QPalette()
    every = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.alternate,
        role.Text: colours.text,
        role.PlaceholderText: colours.dim,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.info.paper,
        role.ToolTipText: colours.info.ink,
        role.Highlight: colours.accent.paper,
        role.HighlightedText: colours.accent.ink,
        role.Accent: colours.accent.paper,
        role.Link: colours.accent.paper,
        role.Mid: colours.line,
        role.Midlight: colours.alternate,
        role.Dark: colours.line,
        role.Light: colours.base,
    }
    for each, colour in every.items():
        palette.setColor(each, QColor(colour))
    # only what cannot be pressed is pale: words and ticks that cannot be changed are read as well as any others
    palette.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(colours.disabled))
    return palette
