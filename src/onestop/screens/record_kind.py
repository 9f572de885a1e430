"""What is different about 申請, 自賠責 and 保適証 at the desk: how each is opened, saved, checked and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from onestop.screens.editor import FormT
from onestop.screens.shown_record import ShownRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.findings import Finding
    from onestop.screens.open_question import Decides
    from onestop.screens.shown_record import Recorded
    from onestop.services.desk import Desk


class Opened(Protocol):
    """What the desk hands out when a record is opened: its form and its car, beside what is its own."""

    @property
    def form(self) -> Any:  # noqa: ANN401 - a bound cannot name another TypeVar; every screen's own form
        """What stands in the fields."""
        ...

    @property
    def vehicle_id(self) -> int:
        """Its car."""
        ...


OpenedT = TypeVar("OpenedT", bound=Opened)
ShownT = TypeVar("ShownT", bound=ShownRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Generic[FormT, OpenedT, ShownT]):
    """One of the three: its words, and what workers call."""

    kept_as: str
    """Under which English word unsaved typing is kept."""
    noun: str
    """What it is called, in Japanese; so are the others."""
    sending_word: str
    """What F5 does."""
    sent_to: str
    """The service."""
    number_word: str
    """What the service's number is called."""
    checking: str
    """What is being done while the service is asked."""
    is_filing: bool = False
    """Whether the windows tell each other of it by its 管理番号, too."""
    blank: ShownT
    """What stands beside the fields until one is opened."""
    open: Callable[[Desk, int | None, int | None], OpenedT]
    """Opens the one with this 管理番号, or what there is for the car; both may be unknown."""
    propose: Callable[[Desk, int], OpenedT]
    """Returns another one for the car, whatever there is; where F4 never begins one, what there is."""
    shown: Callable[[OpenedT], ShownT]
    """Returns what stands beside the fields."""
    save: Callable[[Desk, FormT, int, int | None, int | None], Recorded]
    """Saves the form of a car; the 管理番号 and the version are those of what was opened."""
    findings: Callable[[Desk, FormT, int, int | None], Sequence[Finding]]
    """Checks the form of a car and a 管理番号 before it is sent."""
    send: Callable[[Desk, ShownT], object]
    """Sends what is saved, once."""
    ask: Callable[[Desk, ShownT], object]
    """Asks how it stands, or settles one whose answer was lost."""
    resolution: Callable[[Desk], Decides]
    """Returns what takes the clerk's word for one of which the service does not say enough."""
    delete: Callable[[Desk, int], object]
    """Deletes the one with this 管理番号, at its service where it was sent."""
