"""What every service that prints takes: the shop's own forms, the time of printing, and the PDF of what it laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.documents.forms import fill_form, save_pdf
from onestop.model.wareki import format_both

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.documents.layout import LaidOut
    from onestop.documents.papers import Paper
    from onestop.services.settings import SettingsService
    from onestop.store.database import Database


class PrintingService:
    """Puts what is stored on forms."""

    def __init__(self, database: Database, settings: SettingsService, clock: Clock, own_forms: Path) -> None:
        """`own_forms` is the folder where a shop puts forms of its own."""
        self._database = database
        self._settings = settings
        self._clock = clock
        self._own_forms = own_forms

    def _filled(self, paper: Paper) -> LaidOut:
        return fill_form(paper, own_forms=self._own_forms)

    def _saved(self, document: LaidOut, path: Path) -> tuple[str, ...]:
        """Write a PDF and return the characters that became 〓."""
        save_pdf(path, document, self._clock.now())
        return document.missing

    def _printed_at(self) -> str:
        return printed_moment(self._clock.now())


def printed_moment(moment: dt.datetime) -> str:
    """Return 令和8年11月24日(火) 2026/11/24 09:15 in Japan's time."""
    there = moment.astimezone(JST)
    return f"{format_both(there.date())} {there:%H:%M}"
