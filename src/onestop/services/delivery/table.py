"""Sending something once and only once: the states, what each outcome does to them, and the rule for settling.

This is the whole state machine. The rest of this folder only walks it; a test has a row for each row here.

| state   | outcome                            | next    | why                                                  |
|---------|------------------------------------|---------|------------------------------------------------------|
| SENDING | filed                              | FILED   | the service gave its number                          |
| SENDING | not reached                        | DRAFT   | no byte left this machine                            |
| SENDING | any no, credentials, busy, closed  | DRAFT   | the service said itself that it did nothing          |
| SENDING | key reused, no usable answer       | UNKNOWN | it may have acted                                    |
| both    | not taken                          | DRAFT   | a person made sure of it                             |
| UNKNOWN | filed, found                       | FILED   | the first request or the repeated one arrived        |
| UNKNOWN | content refused (422), refused     | DRAFT   | asked by key, not found, sent again, and refused     |
| UNKNOWN | everything else                    | UNKNOWN | it says nothing about the request whose answer is lost |

A no counts while a lost answer is being settled only for a reason that the contract names. The contract's "the car has
one already" does not count either: what is there may be ours. A no that only says "not while I am busy with it" (408,
409 with any other code, 423, 425) counts never: the first request may be in the service's hands.

SENDING that no worker of this program is busy with, and no other desk whose lease still runs (leases.py), was left by a
stopped program: it is treated as UNKNOWN.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum, auto
from typing import Final

from onestop import errors
from onestop.model.sending_state import Sending


class Outcome(Enum):
    """What came of one request that carried a key."""

    FILED = auto()
    FOUND = auto()
    """Asked by the key (or by number and time), the service has it."""
    NOT_FOUND = auto()
    NOT_TAKEN = auto()
    """The clerk made sure that the service has none."""
    NOT_REACHED = auto()
    CONTENT_REFUSED = auto()
    """422: these very words are not acceptable."""
    REFUSED = auto()
    """A no for a reason that the contract names."""
    REFUSED_OTHERWISE = auto()
    """403, 404 and any other no."""
    CAR_TAKEN = auto()
    """409 vehicle_has_open_filing and its like: the service has one of this car already."""
    KEY_REUSED = auto()
    """409 idempotency_key_reused: the service has this key already."""
    CREDENTIALS_REFUSED = auto()
    BUSY = auto()
    """429, or 503 closed or maintenance."""
    UNUSABLE = auto()
    """Timeout, a cut connection, 5xx, HTML, broken JSON, an answer for another filing, or "I am busy with it"."""


TRANSITIONS: Final[dict[tuple[Sending, Outcome], Sending]] = {
    (Sending.SENDING, Outcome.FILED): Sending.FILED,
    (Sending.SENDING, Outcome.FOUND): Sending.FILED,
    (Sending.SENDING, Outcome.NOT_FOUND): Sending.UNKNOWN,
    (Sending.SENDING, Outcome.NOT_TAKEN): Sending.DRAFT,
    (Sending.SENDING, Outcome.NOT_REACHED): Sending.DRAFT,
    (Sending.SENDING, Outcome.CONTENT_REFUSED): Sending.DRAFT,
    (Sending.SENDING, Outcome.REFUSED): Sending.DRAFT,
    (Sending.SENDING, Outcome.REFUSED_OTHERWISE): Sending.DRAFT,
    (Sending.SENDING, Outcome.CAR_TAKEN): Sending.DRAFT,
    (Sending.SENDING, Outcome.KEY_REUSED): Sending.UNKNOWN,
    (Sending.SENDING, Outcome.CREDENTIALS_REFUSED): Sending.DRAFT,
    (Sending.SENDING, Outcome.BUSY): Sending.DRAFT,
    (Sending.SENDING, Outcome.UNUSABLE): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.FILED): Sending.FILED,
    (Sending.UNKNOWN, Outcome.FOUND): Sending.FILED,
    (Sending.UNKNOWN, Outcome.NOT_FOUND): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.NOT_TAKEN): Sending.DRAFT,
    (Sending.UNKNOWN, Outcome.NOT_REACHED): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.CONTENT_REFUSED): Sending.DRAFT,
    (Sending.UNKNOWN, Outcome.REFUSED): Sending.DRAFT,
    (Sending.UNKNOWN, Outcome.REFUSED_OTHERWISE): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.CAR_TAKEN): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.KEY_REUSED): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.CREDENTIALS_REFUSED): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.BUSY): Sending.UNKNOWN,
    (Sending.UNKNOWN, Outcome.UNUSABLE): Sending.UNKNOWN,
}
"""Whole: every state that can receive an outcome × every outcome."""

STOPS_THE_REST: Final = (
    errors.NotReached,
    errors.CredentialsRefused,
    errors.Overloaded,
    errors.NotConfigured,
    errors.KeychainUnavailable,
    errors.StoreError,
)
"""Troubles that every further request would meet as well."""

UNPROCESSABLE: Final = 422
IN_HAND: Final = frozenset({408, 409, 423, 425})
"""Answers to a request that another one with the same key or of the same car stands in the way of; 409 with a code
that the contract names is none of them."""
NAMED: Final = frozenset({"password_is_initial", "site_not_yours", "agent_unknown", "127"})
"""Codes of the contracts that say: nothing was done, whatever came before."""
CAR_HAS_ONE: Final = frozenset({"vehicle_has_open_filing", "vehicle_has_open_certificate", "period_overlaps"})
"""Codes of the contracts that say: there is one of this car. It may be the one that is looked for."""
CLOCKS_APART: Final = dt.timedelta(minutes=5)
"""How far the service's clock and this machine's may differ when a lost request is known by content and time."""
SHORTEST_QUIET: Final = dt.timedelta(seconds=150)
"""More than the 120 s that an answer is waited for."""
SEND_AGAIN_WITHIN: Final = dt.timedelta(hours=8)
"""Of the first sending: a working day. After it the car may have been filed otherwise, or the clerk may have given it
up; and a database that was restored may have forgotten that it was settled."""


def outcome_of(error: errors.OneStopError) -> Outcome:
    """Classify what the gateway raised. What is no ServiceError (no credentials, a locked keychain) sent nothing."""
    match error:
        case errors.NotReached():
            return Outcome.NOT_REACHED
        case errors.CredentialsRefused():
            return Outcome.CREDENTIALS_REFUSED
        case errors.Overloaded():
            return Outcome.BUSY
        case errors.Refused():
            return _outcome_of_no(error)
        case errors.ServiceError():
            return Outcome.UNUSABLE
        case _:
            return Outcome.NOT_REACHED


def _outcome_of_no(no: errors.Refused) -> Outcome:
    if no.status == UNPROCESSABLE:
        return Outcome.CONTENT_REFUSED
    if no.code in NAMED:
        return Outcome.REFUSED
    if no.code in CAR_HAS_ONE:
        return Outcome.CAR_TAKEN
    if no.code == "idempotency_key_reused":
        return Outcome.KEY_REUSED
    busy = no.status in IN_HAND and not no.reasons  # what names fields speaks of the content
    return Outcome.UNUSABLE if busy else Outcome.REFUSED_OTHERWISE


def next_state(state: Sending, outcome: Outcome) -> Sending:
    """Look the transition up; a pair that is not in the table is a bug."""
    return TRANSITIONS[state, outcome]


def quiet_time(seconds: int, *, leaves_this_machine: bool) -> dt.timedelta:
    """Return how long nothing is believed after a lost answer: as set, but over a network never less than is safe."""
    wanted = dt.timedelta(seconds=seconds)
    return max(wanted, SHORTEST_QUIET) if leaves_this_machine else wanted


def may_send_again(since_first: dt.timedelta | None, blocked_at: dt.datetime | None) -> bool:
    """Whether what the service does not have may be sent again without anybody's key press.

    Not for ever, nor where nobody knows how long ago it was first sent, and never once the service said that there is
    one of this car: `blocked_at`.
    """
    return blocked_at is None and since_first is not None and since_first < SEND_AGAIN_WITHIN


def is_in_time(told: dt.datetime, sent: tuple[dt.datetime, dt.datetime] | None, quiet: dt.timedelta) -> bool:
    """Whether what the service took at that time can be what was sent then, first and last."""
    if sent is None:
        return False
    first, last = sent
    return first - CLOCKS_APART <= told <= last + quiet + CLOCKS_APART
