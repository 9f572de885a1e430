"""What every service that prints shares: the shop's own forms, the time of printing, the PDF of what was laid out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from onestop.clock import JST
from onestop.documents.forms import fill_form
from onestop.model.wareki import format_both

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.documents.layout import LaidOut
    from onestop.documents.papers import Paper
    from onestop.services.settings.form import PrintOffset
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database

PrintedT = TypeVar("PrintedT")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One way to print something: its pages, and how far they are moved on this machine's paper."""

    document: LaidOut
    offset: PrintOffset
    trial: LaidOut | None = None
    """For an official form: the frames of its places alone, to be printed on plain paper first."""


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """What printing depends on at a desk."""

    own_forms: Path
    practice: bool
    """Nothing is real here: 見本 stands across everything."""


class PrintingService:
    """Puts what is stored on forms."""

    def __init__(self, database: Database, settings: SettingsService, clock: Clock, press: PrintSetup) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._press = press

    def _filled(self, paper: Paper) -> LaidOut:
        return fill_form(paper, self._press.own_forms, practice=self._press.practice)

    def _sheet(self, document: LaidOut, trial: LaidOut | None = None) -> Sheet:
        return Sheet(document, self._settings.print_offset(document.title), trial)

    def _saved(self, document: LaidOut, path: Path) -> tuple[str, ...]:
        """Write a PDF and return the characters that became 〓."""
        from onestop.documents.pdf import write_pdf  # noqa: PLC0415 - 0.6 s of imports that only a PDF needs

        write_pdf(path, document, self._clock.now())
        return document.missing

    def _printed_at(self) -> str:
        return printed_moment(self._clock.now())


class OneFormService(PrintingService, ABC, Generic[PrintedT]):
    """Prints one thing that was found, in one way: on one form of ours."""

    @abstractmethod
    def pages(self, found: PrintedT) -> LaidOut:
        """Return it on its form, for a preview, a printer or a PDF.

        Raises:
            InvalidInput: the shop's own form is broken; the sentence says where.
        """

    def sheets(self, found: PrintedT) -> tuple[Sheet, ...]:
        """Return the one way to print it; raises as `pages` does."""
        return (self._sheet(self.pages(found)),)

    def save_pdf(self, found: PrintedT, path: Path) -> tuple[str, ...]:
        """Write it as a PDF; returns the characters that became 〓.

        Raises:
            FileNotWritten: see documents/saving.py.
            InvalidInput: as `pages`.
        """
        return self._saved(self.pages(found), path)


def printed_moment(moment: dt.datetime) -> str:
    """Return 令和8年11月24日(火) 2026/11/24 09:15 in Japan's time."""
    there = moment.astimezone(JST)
    return f"{format_both(there.date())} {there:%H:%M}"
