"""What is asked where a car gets a later 満了日 and nothing but a person knows whether a new 車検証 says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

LATER_EXPIRY: Final = (
    "満了日が、今より後の日になります。\n新しい車検証の満了日のときは、今回の車検が終わります。"
    "\n今までの満了日が間違っていたときは、今回の車検をそのまま続けます。どちらですか。"
)


def renewal_question(go: Callable[[bool], None], back: Callable[[], None]) -> Question:
    """Return the question; `go` hears whether 今回の車検 ends."""
    choices = (
        Choice("新しい車検証", lambda: go(True)),  # noqa: FBT003 - the one thing it says
        Choice("入力の訂正", lambda: go(False)),  # noqa: FBT003 - the same
        Choice("戻る", back, safe=True),
    )
    return Question("満了日の変更", LATER_EXPIRY, choices)
