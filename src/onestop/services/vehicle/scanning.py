"""QR読取: the pieces of a 車検証's codes as scanners and pictures bring them, kept until a car was made of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from onestop.documents.shaken_qr import read_pieces, record_of_codes
from onestop.documents.shaken_qr_letters import decoded, needless, recognised
from onestop.errors import InvalidInput, Problem
from onestop.model.provenance import Provenance, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.documents.shaken_file import ShakenRecord
    from onestop.documents.shaken_qr_join import Lamp
    from onestop.services.draft_saving import TypingService
    from onestop.services.vehicle.importing import ImportPlan, ImportService

PLACE: Final = "scan"
"""Under which the pieces are written down, as what is being typed is: a restart loses none."""
MOST_PIECES: Final = 40
"""Of five cars; whoever holds more has begun to scan something else."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one symbol brought: a piece of a code, or what is said of one that nobody needs."""

    piece: str | None = field(repr=False)
    notice: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ScanState:
    """What was read so far, and when."""

    lamps: tuple[Lamp, ...]
    """Of the codes of every kind of car of which something was read."""
    records: tuple[ShakenRecord, ...] = field(repr=False)
    """Every car that the codes may be of."""
    mixed: bool
    """Codes of several cars lie here: which is right, only a person can say."""
    count: int
    """Symbols."""
    added: int = 0
    """Of these, how many were new."""
    last_at: dt.datetime | None = None
    """When the piece before the newest ones came."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is written down."""

    pieces: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The text of each, and when it was read."""
    done: bool = False
    """A car was made of them: the next piece is of another one."""


NOT_OURS: Final = "読み取ったコードは、車検証のものではありません。車検証の二次元コードを読み取ってください。"
NO_SYMBOLS: Final = "二次元コードが見つかりません。コードの全体が入るように、明るいところでまっすぐ撮り直してください。"
COMPOSED: Final = Scan(
    None,
    "スキャナの文字が日本語入力に入ったため、読み取れませんでした。この画面のまま、もう一度読み取ってください。",
)


def scanned(text: str, *, surely: bool = False) -> Scan | None:
    """Return what a scanner's text is, or None where it is not of a 車検証; `surely` it is a scanner's in any case."""
    meant = recognised(text)
    if meant is not None:
        return Scan(meant)
    notice = needless(text)
    return Scan(None, notice or NOT_OURS) if notice or surely else None


def scanned_bytes(content: bytes) -> Scan:
    """Return what a scanner at a port sent, in whichever encoding it is set to."""
    texts = filter(None, (decoded(content), content.decode("utf-8", "replace")))
    return next(filter(None, map(scanned, texts)), Scan(None, NOT_OURS))


class ScanService:
    """Keeps what was scanned, over a restart, too. Its methods may be called by several workers at once."""

    def __init__(self, typing: TypingService, imports: ImportService, clock: Clock) -> None:
        self._typing = typing
        self._imports = imports
        self._clock = clock
        self._lock = Lock()

    def state(self) -> ScanState:
        """Return what was read so far; nothing, once a car was made of it."""
        with self._lock:
            return _state(self._kept())

    def take(self, pieces: Sequence[str]) -> ScanState:
        """Add what was just read; a picture that shows a whole car begins anew with it."""
        with self._lock:
            alone = read_pieces(pieces)
            kept = _Kept() if alone.cars and not alone.mixed else self._kept()
            now, known = self._clock.now().isoformat(), {text for text, _ in kept.pieces}
            new = [text for text in dict.fromkeys(pieces) if text not in known]
            together = _Kept((*kept.pieces, *((text, now) for text in new))[-MOST_PIECES:])
            self._typing.keep(PLACE, together)
            return dataclasses.replace(_state(together), added=len(new), last_at=_state(kept).last_at)

    def take_picture(self, path: Path, stopped: Callable[[], bool] = lambda: False) -> ScanState:
        """Add what the symbols in a picture or a PDF tell; once it is stopped, what was found so far.

        Raises:
            InvalidInput: it cannot be read, or nothing of a 車検証 is in it.
        """
        from onestop.documents.qr_pictures import read_picture  # noqa: PLC0415 - its libraries take long to import

        texts = read_picture(path, _is_a_car, stopped)
        pieces = _pieces(texts)
        if not pieces:
            raise InvalidInput(Problem("file", NOT_OURS if texts else NO_SYMBOLS))
        return self.take(pieces)

    def forget(self) -> ScanState:
        """Alt+C クリア: begin with another car."""
        with self._lock:
            self._typing.forget(PLACE)
            return _state(_Kept())

    def hand_over(self, record: ShakenRecord) -> ImportPlan:
        """Return what a car's codes tell beside what is stored; the next piece that comes is of another car."""
        with self._lock:
            kept = self._kept()
            read = "\n".join(text for text, _ in kept.pieces).encode()
            self._typing.keep(PLACE, dataclasses.replace(kept, done=True))
        return self._imports.planned(record, Provenance(SourceKind.QR, content=read))

    def give_back(self) -> None:
        """Let what was handed over lie in QR読取 again, as it is not wanted yet; what was read since goes before it."""
        with self._lock:
            kept = self._typing.found(PLACE, _Kept()) or _Kept()
            self._typing.keep(PLACE, dataclasses.replace(kept, done=False))

    def _kept(self) -> _Kept:
        kept = self._typing.found(PLACE, _Kept()) or _Kept()
        return _Kept() if kept.done else kept


def _pieces(texts: Sequence[str]) -> list[str]:
    return [meant for text in texts if (meant := recognised(text)) is not None]


def _is_a_car(texts: Sequence[str]) -> bool:
    reading = read_pieces(_pieces(texts))
    return bool(reading.cars) and not reading.mixed


def _state(kept: _Kept) -> ScanState:
    times = [dt.datetime.fromisoformat(read_at) for _, read_at in kept.pieces]
    reading = read_pieces([text for text, _ in kept.pieces])
    records = tuple(map(record_of_codes, reading.cars))
    return ScanState(reading.lamps, records, reading.mixed, len(times), last_at=max(times, default=None))
