"""The type of one function key: a row of data that the window and the help are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.right import Right

ScreenT = TypeVar("ScreenT")

SECONDS_TO_READ: Final = 0.7
"""Nobody has read what has just come sooner; a double press is 0.2 to 0.5 seconds apart."""


class Can(NamedTuple):
    """Whether a key works now, and if not, the sentence that says why."""

    allowed: bool
    why_not: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Can(allowed=True)


def no(why_not: str) -> Can:
    """Return a refusal with its reason, a whole Japanese sentence."""
    return Can(allowed=False, why_not=why_not)


def always(_screen: object) -> Can:
    """Stand for a key that always works."""
    return YES


@dataclass(frozen=True, slots=True)
class FunctionKey(Generic[ScreenT]):
    """One key of one window. `key` is F1 … F12, or a digit for a numbered panel button."""

    key: str
    label: str
    action: Callable[[ScreenT], None]
    can: Callable[[ScreenT], Can] = always
    word: Callable[[ScreenT], str] | None = None
    """What it is called now, where that depends on what the window shows; the label names all that it can be."""
    also: str = ""
    """A key that does the same without a label, for hands that know it from another window."""
    sends: bool = False
    """Whether a service is made to do something, or paper is spent: then no held key, no Enter and no hand that has not
    seen the window yet may press it (ui/keys/sending_guard.py)."""

    needs: Right | None = None
    """What who sits at the desk has to be allowed for it; the services hold it, too (services/operators/rights.py)."""

    def verdict(self, screen: ScreenT) -> Can:
        """Tell whether it works now, for who sits at the desk."""
        right: Right | None = getattr(screen, "right", None)
        lacks = right.lacks(self.needs) if right and self.needs else ""
        return no(lacks) if lacks else self.can(screen)

    def called(self, screen: ScreenT) -> str:
        """Return what stands on the button now."""
        return self.label if self.word is None else self.word(screen)

    def hint(self, screen: ScreenT) -> str:
        """Return what stands where Enter ends: F5 で発行, or that there is nothing to do with it now."""
        called = self.called(screen)
        return f"{self.key} で{called}" if self.verdict(screen) else f"{self.key} {called} は使えません"

    def press(self, screen: ScreenT) -> str | None:
        """Do it, or return the sentence for the strip that says why not."""
        verdict = self.verdict(screen)
        if verdict:
            self.action(screen)
            return None
        return self.refusal(screen, verdict.why_not)

    def refusal(self, screen: ScreenT, why_not: str) -> str:
        """Return the sentence for the strip that says why it does not work."""
        return f"[{self.key} {self.called(screen)}] は使えません: {why_not}"
