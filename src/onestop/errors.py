"""Everything that can go wrong in the world. What is not here is a bug and is never swallowed.

No error carries personal data or secrets: fields are named, values are not repeated.
"""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


IN_FILE = "file"
"""What a problem names that is none of a field's: the file that was handed over."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field (its English name), said in Japanese for the clerk."""

    field: str
    message: str = dataclasses.field(repr=False)


class OneStopError(Exception):
    """A trouble of the world that the clerk is told about."""


class InvalidInput(OneStopError):
    """What was typed cannot be used; each problem names its field."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.field for problem in problems))
        self.problems = problems


class UnreadableDay(InvalidInput):
    """What was typed is no day in any way of writing one; every other reason that a day is refused for is told."""


class NotConfigured(OneStopError):
    """Settings are missing that this action needs; `missing` holds their English names."""

    def __init__(self, *missing: str) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class KeychainUnavailable(OneStopError):
    """The OS keychain cannot be read or written."""


class KeychainLocked(KeychainUnavailable):
    """The OS keychain is there, and locked until its person opens it; nothing in it is lost."""


class KeychainForeign(KeychainUnavailable):
    """Under a name of ours the OS keychain holds what another program wrote: neither used nor changed."""


class KeyTrouble(Enum):
    """Why the key of encrypted data is not at hand, in a word for the log."""

    NO_KEYCHAIN = "no keychain"
    LOCKED = "keychain locked"
    NOT_KEPT = "not in the keychain"
    WRONG = "another key"


class KeyWanted(OneStopError):
    """The data are encrypted, and somebody has to type the 復元キー in; nothing is damaged."""

    def __init__(self, trouble: KeyTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class KeyUnkept(OneStopError):
    """The data are to be encrypted, and no keychain would keep the key: somebody has to write it down first."""


class NotAllowed(OneStopError):
    """The present state forbids it (already issued, already open elsewhere); the sentence is for the clerk."""


class ChangedMeanwhile(NotAllowed):
    """Somebody else saved the record since it was opened; both can be brought together."""


class Deleted(NotAllowed):
    """There is no such record any more."""


class WrongPin(NotAllowed):
    """What was typed is not the 暗証番号 of the operator that was chosen."""


class WrongFolder(NotAllowed):
    """The data folder cannot be used for this: practice's for real work, real work's for practice, or on a network."""


class ModeUnknown(OneStopError):
    """There is a database for real work and no settings that say whether to open it: a person has to."""


class Undecided(NotAllowed):
    """Whether a service has what was sent can only be said by a person: what is known, and where she says it."""

    def __init__(self, told: str, where: str = "") -> None:
        super().__init__(told + where)
        self.told = told


class TakenOver(NotAllowed):
    """Another desk took over what this one was sending, as it took too long: what that desk found holds."""


class StoreError(OneStopError):
    """This machine's own files failed."""


class NoRoom(StoreError):
    """The disk, or what this user may use of it, is full."""


class FileHeld(StoreError):
    """A file is in another program's hands, or this user has no right to it: the system says the same of both."""


class TooManyOpen(StoreError):
    """The system gives out no more open files."""


class LocksRefused(StoreError):
    """The folder takes no locks (a share, a folder of another system): nothing could be kept safely there."""


class DataFolderGone(StoreError):
    """The database that was opened is not there any more: its folder was deleted, moved or unplugged."""


class PracticeDamaged(StoreError):
    """What the embedded services of practice remember cannot be read."""


class NotWrittenDown(StoreError):
    """A service was told something, and what came of it could not be written down here; `trouble` says why.

    It may have acted: what is stored stays as it was before, until it is asked.
    """

    def __init__(self, trouble: StoreError) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class DatabaseNewer(StoreError):
    """The database was written by a newer program; this one leaves it untouched."""


class DatabaseDamaged(StoreError):
    """The database failed its check and was put into quarantine; `backup` is the newest good one, if there is any."""

    def __init__(self, backup: Path | None = None, quarantined: Path | None = None) -> None:
        super().__init__("backup found" if backup else "no backup")
        self.backup = backup
        self.quarantined = quarantined


@dataclasses.dataclass(frozen=True, slots=True)
class HurtRow:
    """A record that is not what was written, or is gone: by its table and its key there."""

    table: str
    key: str
    name: str = dataclasses.field(repr=False)
    """Plate and 車台番号 of the car, where they are known."""
    in_backup: bool
    """The newest good backup has it."""
    legible: bool
    """It can be kept as it is, with what cannot be read left out."""


class DatabaseHurt(DatabaseDamaged):
    """Records in the database are not what was written, or saves are missing; what is whole can be kept.

    The file stands where it was. `missing` says how many saves are known and not there, at least.
    """

    def __init__(self, rows: tuple[HurtRow, ...], missing: int, backup: Path | None = None) -> None:
        super().__init__(backup)
        self.rows = rows
        self.missing = missing


class RecordsDamaged(StoreError):
    """What was to be read or changed is not what was written. Nothing was changed; the next opening mends it."""


class EngineUnsafe(StoreError):
    """The SQLite library is older than 3.51.3 and can lose committed data (WAL-reset bug)."""


class DataFolderInUse(StoreError):
    """Another instance of the program works in this data folder."""


class ServerGone(StoreError):
    """The server of the shared database is not there: off, started anew, or the network between is cut."""


class ServerRefused(StoreError):
    """The server of the shared database does not let this desk in: user, password, database or right."""


class ServerNotTrusted(StoreError):
    """The server of the shared database did not prove by its certificate that it is the one that is meant."""


class ServerFull(StoreError):
    """The disk of the shared database's server is full; nothing was kept."""


class ServerBusy(StoreError):
    """The server of the shared database took too long, or gave way to another desk; nothing was done."""


class ServerPreparing(ServerBusy):
    """Another desk is just making the tables of the shared database, or leading them up to this program's version."""


class ServerNotOpened(StoreError):
    """The desk could not be opened at the server that has its data; `trouble` says why. Nothing was under way."""

    def __init__(self, trouble: OneStopError) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class FileNotWritten(StoreError):
    """A file for the clerk (PDF, Excel, CSV) could not be written: open elsewhere, no room or no right."""


class ServiceError(OneStopError):
    """A service outside did not do what was asked. `request_id` is the service's own mark for its logs.

    `detail` may hold the service's words, so neither `str()` nor `repr()` nor a traceback shows it.
    """

    def __init__(self, detail: str = "", *, request_id: str | None = None) -> None:
        super().__init__(f"request {request_id}" if request_id else "")
        self.detail = detail
        self.request_id = request_id


class NotReached(ServiceError):
    """The request never left this machine for the service: safe to repeat."""


class TlsTrouble(Enum):
    """Why a server is not trusted with what is to be sent, in a word for the log."""

    SELF_SIGNED = "self-signed"
    UNKNOWN_AUTHORITY = "unknown authority"
    OTHER_NAME = "other name"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    OUT_OF_DATE = "out of date"
    """Expired or not yet valid: not every system says which."""
    OLD_TLS = "old TLS"
    OTHER = "other"


class NotTrusted(NotReached):
    """No safe connection to the server could be made: nothing was sent."""

    def __init__(self, trouble: TlsTrouble, today: dt.date, code: int | None = None) -> None:
        """`today` is this machine's day, by which it judged; `code` is what its TLS library says, for the log."""
        super().__init__(f"tls: {trouble.value}" + ("" if code is None else f", {code}"))
        self.trouble = trouble
        self.today = today


class NoAnswer(ServiceError):
    """Sent, and no usable answer came: whether the service acted is unknown."""


class CredentialsRefused(ServiceError):
    """401: the API key or the API password is wrong."""


class Refused(ServiceError):
    """The service said no, with its HTTP status, its code and its reasons; it did nothing.

    `retry_after` is in seconds, where the service said that asking again later may help (AIRAS with code 127).
    """

    def __init__(  # noqa: PLR0913 - a refusal says all this of itself
        self,
        code: str,
        detail: str = "",
        reasons: tuple[Problem, ...] = (),
        *,
        status: int = 422,
        retry_after: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(detail, request_id=request_id)
        self.code = code
        self.reasons = reasons
        self.status = status
        self.retry_after = retry_after


class NotFound(Refused):
    """404: the service does not know this number (any more)."""


class Overloaded(ServiceError):
    """429: too many requests; nothing was done. `retry_after` is in seconds, None if not said."""

    def __init__(self, detail: str = "", *, retry_after: int | None = None, request_id: str | None = None) -> None:
        super().__init__(detail, request_id=request_id)
        self.retry_after = retry_after


class ServiceClosed(Overloaded):
    """503 with code closed or maintenance; nothing was done."""


class ContractBroken(NoAnswer):
    """An answer came that the contract does not know: whether the service acted is unknown."""


class AnswerOfAnother(ContractBroken):
    """An answer came that is not about what was asked; nothing of it is believed.

    `thing` is what was asked about: filing, policy or certificate, and with it the service.
    """

    def __init__(self, thing: str) -> None:
        super().__init__(f"another {thing}")
        self.thing = thing


class ProgramFault(NoAnswer):
    """A bug of ours on the way to a service or back, told as bugs are: whether the service acted is unknown."""
