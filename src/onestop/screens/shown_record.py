"""What a form screen shows of its record besides the fields that are typed, and what that allows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from onestop.model.sending_state import Sending

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self

    from onestop.screens.function_key import Can
    from onestop.screens.ports import Message


class Recorded(Protocol):
    """What a filing and the certificates have in common for the glass."""

    @property
    def control_number(self) -> int:
        """管理番号."""

    @property
    def version(self) -> int:
        """How often it was written; who saves says which one was read."""

    @property
    def sending(self) -> Sending:
        """How far its sending is."""


@dataclass(frozen=True, slots=True)
class ShownRecord(ABC):
    """A record as it is stored now; None before 新規 is first saved."""

    record: Recorded | None = None

    @property
    def mode(self) -> str:
        """新規 or 修正."""
        return "新規" if self.record is None else "修正"

    @property
    def control_number(self) -> int:
        """管理番号; 0 until it is first saved."""
        return self.record.control_number if self.record else 0

    @property
    def version(self) -> int | None:
        """Which version was read; None until it is first saved."""
        return self.record.version if self.record else None

    @property
    def is_draft(self) -> bool:
        """Whether it is ours alone: never issued, or not even saved."""
        return self.record is None or self.record.sending is Sending.DRAFT

    @property
    def is_unsettled(self) -> bool:
        """Whether it was sent and nobody knows yet whether it arrived."""
        return self.record is not None and self.record.sending.is_unsettled

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it, so that the car may get another one."""
        return False

    @property
    def texts(self) -> tuple[str, ...]:
        """What a service wrote, which may be long."""
        return ()

    @property
    def is_editable(self) -> bool:
        """Whether what stands in the fields may be changed."""
        return self.is_draft

    @property
    def is_asked_about(self) -> bool:
        """Whether its service is asked how it stands when it is opened."""
        return False

    @property
    def saved_word(self) -> str:
        """What F10 did."""
        return "保存"

    @property
    def waiting_text(self) -> str:
        """What is waited for before it can be sent, which is no trouble; empty when nothing is."""
        return ""

    @abstractmethod
    def can_change(self, now: dt.datetime) -> Can:
        """Whether it can be saved or sent."""

    @abstractmethod
    def can_check(self) -> Can:
        """Whether its service can be asked about it."""

    @abstractmethod
    def standing_message(self) -> Message | None:
        """Return what the clerk must know of it when it is opened."""

    @abstractmethod
    def sent_text(self, before: Self) -> str:
        """Return what is said once it was sent; `before` is how it stood when F5 was pressed."""

    @abstractmethod
    def check_message(self) -> Message:
        """Return what came of asking about it."""
