"""The database of one desk: `read()`, `write()` and the quick questions of `lists` are the only ways in."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.orm import Session

from onestop.errors import InvalidInput
from onestop.model.certificates import InsuranceCertificate
from onestop.model.change import Author
from onestop.model.filing import Filing
from onestop.model.inspection import Inspection
from onestop.model.vehicle import Vehicle
from onestop.store.history import refuse_untold, write_history
from onestop.store.lengths import unstorable
from onestop.store.no_news import changed, write_no_news
from onestop.store.plain_saves import save_plainly
from onestop.store.shelves.added_rates import AddedRateShelf
from onestop.store.shelves.changes import ChangeShelf
from onestop.store.shelves.checklists import ChecklistShelf
from onestop.store.shelves.confirmations import ConfirmationShelf
from onestop.store.shelves.conformity import ConformityShelf
from onestop.store.shelves.editing import EditingShelf
from onestop.store.shelves.everything import EverythingShelf
from onestop.store.shelves.filings import FilingShelf
from onestop.store.shelves.inspections import InspectionShelf
from onestop.store.shelves.inspectors import InspectorShelf
from onestop.store.shelves.insurance import InsuranceShelf
from onestop.store.shelves.ledger import LedgerShelf
from onestop.store.shelves.operators import OperatorShelf
from onestop.store.shelves.payments import PaymentShelf
from onestop.store.shelves.restored import RestoredShelf
from onestop.store.shelves.settled_files import SettledFileShelf
from onestop.store.shelves.sources import SourceShelf
from onestop.store.shelves.typing_drafts import TypingShelf
from onestop.store.shelves.vehicles import VehicleShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from onestop.clock import Clock
    from onestop.store.backing import Backing
    from onestop.store.lists import Lists
    from onestop.store.sqlite.key import Key


class Shelves:
    """What lies in the database, one shelf for each noun, made when it is asked for.

    Valid inside the `with` that gave it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    vehicles = cached_property(lambda self: VehicleShelf(self._session))
    inspections = cached_property(lambda self: InspectionShelf(self._session))
    filings = cached_property(lambda self: FilingShelf(self._session))
    insurance = cached_property(lambda self: InsuranceShelf(self._session))
    conformity = cached_property(lambda self: ConformityShelf(self._session))
    ledger = cached_property(lambda self: LedgerShelf(self._session))
    payments = cached_property(lambda self: PaymentShelf(self._session))
    typing = cached_property(lambda self: TypingShelf(self._session))
    confirmations = cached_property(lambda self: ConfirmationShelf(self._session))
    checklists = cached_property(lambda self: ChecklistShelf(self._session))
    restored = cached_property(lambda self: RestoredShelf(self._session))
    sources = cached_property(lambda self: SourceShelf(self._session))
    settled_files = cached_property(lambda self: SettledFileShelf(self._session))
    added_rates = cached_property(lambda self: AddedRateShelf(self._session))
    changes = cached_property(lambda self: ChangeShelf(self._session))
    operators = cached_property(lambda self: OperatorShelf(self._session))
    editing = cached_property(lambda self: EditingShelf(self._session))
    inspectors = cached_property(lambda self: InspectorShelf(self._session))
    everything = cached_property(lambda self: EverythingShelf(self._session))


class Database:
    """One migrated database (store/opening.py opens it). Usable from several threads.

    Entities come out detached. One that was changed outside is given back with a shelf's `add()`; if somebody else
    changed it in between, that is refused (NotAllowed), so that nothing is overwritten unseen.
    """

    def __init__(self, backing: Backing, clock: Clock, lists: Lists | None = None) -> None:
        """`lists`: where it is asked already; they are closed with the database."""
        self._backing = backing
        self.lists = lists or backing.open_lists()
        self.author: Callable[[], Author] = Author
        """Tells who writes: the history names them."""
        self._clock = clock

    @property
    def is_shared(self) -> bool:
        """Whether it is on a server, which other desks use as well and its administrator backs up."""
        return self._backing.file is None

    @property
    def key(self) -> Key | None:
        """What a file of this machine is encrypted with."""
        return self._backing.key

    @property
    def path(self) -> Path:
        """Where it lies on this machine, for one that is not shared."""
        if self._backing.file is None:
            msg = "a shared database has no file here"
            raise LookupError(msg)
        return self._backing.file

    @contextmanager
    def read(self) -> Iterator[Shelves]:
        """Look at one consistent state of the database. Nothing done to what comes out is kept.

        Raises:
            RecordsDamaged: Something is not what was written.
            StoreError: The machine failed.
        """
        with self._backing.told(), _Reading(self._backing.reading, autoflush=False, expire_on_commit=False) as session:
            yield Shelves(session)

    @contextmanager
    def write(self) -> Iterator[Shelves]:
        """Change the database: all of it at the end of the block, or, after an exception, nothing.

        Holds the only write lock from the start: keep it short, never across a request, never one inside another.

        Raises:
            InvalidInput: A text is longer than its column takes (model/limits.py).
            NotAllowed: A record was changed by somebody else since it was read, or the car has an open filing.
            RecordsDamaged: Something is not what was written; it is not written over.
            StoreError: The machine failed; DataFolderGone where it was not kept because the file is gone.
        """
        writing = _Writing(self._backing.writing, self.author, self._clock)
        with self._backing.told(), writing as session, self._backing.saving(session):
            yield Shelves(session)
            session.flush()

    def close(self) -> None:
        """Close all connections."""
        self.lists.close()
        self._backing.close()


class _Reading(Session):
    """Looks."""


class _Writing(Session):
    """Changes records, as somebody."""

    def __init__(self, engine: Engine, author: Callable[[], Author], clock: Clock) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.author = author
        self.clock = clock


@event.listens_for(_Reading, "before_flush")
def _refuse(_session: Session, _context: object, _instances: object) -> None:
    msg = "Database.read() does not write"
    raise RuntimeError(msg)


@event.listens_for(_Writing, "before_flush")
def _stamp(session: _Writing, _context: object, _instances: object) -> None:
    if problems := [problem for record in (*session.new, *session.dirty) for problem in unstorable(record)]:
        raise InvalidInput(*problems)
    write_no_news(session)
    for record in session.dirty:
        if isinstance(record, Vehicle | Filing | Inspection | InsuranceCertificate) and changed(record):
            record.updated_at = session.clock.now()
    save_plainly(session, lambda: _note_changes(session, None))


@event.listens_for(_Writing, "after_flush")
def _note_changes(session: _Writing, _context: object) -> None:
    write_history(session, session.author(), session.clock.now())


event.listen(_Writing, "do_orm_execute", refuse_untold)
