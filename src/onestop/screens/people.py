"""How people and their desks are called on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onestop.model.change import Author

SOMEBODY: Final = "ほかの画面"


def named(author: Author) -> str:
    """Return who it is and at which desk, as 端末2 の 田中."""
    return " の ".join(each for each in (author.terminal, author.operator) if each) or SOMEBODY
