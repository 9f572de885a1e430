"""The state machine of sending: a row for each row of its table, and the proof that the table is whole."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.table import (
    SEND_AGAIN_WITHIN,
    TRANSITIONS,
    Outcome,
    may_send_again,
    next_state,
    outcome_of,
    quiet_time,
)

DRAFT, SENDING, UNKNOWN, FILED = Sending.DRAFT, Sending.SENDING, Sending.UNKNOWN, Sending.FILED
NOW = dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC)
QUIET = dt.timedelta(seconds=180)

ROWS = (
    (SENDING, Outcome.FILED, FILED),
    (SENDING, Outcome.FOUND, FILED),
    (SENDING, Outcome.NOT_FOUND, UNKNOWN),
    (SENDING, Outcome.NOT_TAKEN, DRAFT),
    (SENDING, Outcome.NOT_REACHED, DRAFT),
    (SENDING, Outcome.CONTENT_REFUSED, DRAFT),
    (SENDING, Outcome.REFUSED, DRAFT),
    (SENDING, Outcome.REFUSED_OTHERWISE, DRAFT),
    (SENDING, Outcome.CAR_TAKEN, DRAFT),
    (SENDING, Outcome.KEY_REUSED, UNKNOWN),
    (SENDING, Outcome.CREDENTIALS_REFUSED, DRAFT),
    (SENDING, Outcome.BUSY, DRAFT),
    (SENDING, Outcome.UNUSABLE, UNKNOWN),
    (UNKNOWN, Outcome.FILED, FILED),
    (UNKNOWN, Outcome.FOUND, FILED),
    (UNKNOWN, Outcome.NOT_FOUND, UNKNOWN),
    (UNKNOWN, Outcome.NOT_TAKEN, DRAFT),
    (UNKNOWN, Outcome.NOT_REACHED, UNKNOWN),
    (UNKNOWN, Outcome.CONTENT_REFUSED, DRAFT),
    (UNKNOWN, Outcome.REFUSED, DRAFT),
    (UNKNOWN, Outcome.REFUSED_OTHERWISE, UNKNOWN),
    (UNKNOWN, Outcome.CAR_TAKEN, UNKNOWN),
    (UNKNOWN, Outcome.KEY_REUSED, UNKNOWN),
    (UNKNOWN, Outcome.CREDENTIALS_REFUSED, UNKNOWN),
    (UNKNOWN, Outcome.BUSY, UNKNOWN),
    (UNKNOWN, Outcome.UNUSABLE, UNKNOWN),
)


@pytest.mark.parametrize(("state", "outcome", "expected"), ROWS, ids=lambda value: getattr(value, "name", str(value)))
def test_each_row(state: Sending, outcome: Outcome, expected: Sending) -> None:
    assert next_state(state, outcome) is expected


def test_the_table_is_whole_and_every_row_is_tested() -> None:
    assert TRANSITIONS.keys() == set(product((SENDING, UNKNOWN), Outcome))
    assert {(state, outcome): expected for state, outcome, expected in ROWS} == TRANSITIONS


@pytest.mark.parametrize(("state", "outcome"), [*product((DRAFT, FILED), Outcome)])
def test_what_is_not_under_way_receives_no_outcome(state: Sending, outcome: Outcome) -> None:
    with pytest.raises(KeyError):
        next_state(state, outcome)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (errors.NotReached(), Outcome.NOT_REACHED),
        (errors.NoAnswer(), Outcome.UNUSABLE),
        (errors.ContractBroken(), Outcome.UNUSABLE),
        (errors.CredentialsRefused(), Outcome.CREDENTIALS_REFUSED),
        (errors.Overloaded(), Outcome.BUSY),
        (errors.ServiceClosed(), Outcome.BUSY),
        (errors.Refused("invalid_filing", status=422), Outcome.CONTENT_REFUSED),
        (errors.Refused("site_not_yours", status=403), Outcome.REFUSED),
        (errors.Refused("agent_unknown", status=403), Outcome.REFUSED),
        (errors.Refused("password_is_initial", status=403), Outcome.REFUSED),
        (errors.Refused("127", status=409), Outcome.REFUSED),
        (errors.Refused("forbidden", status=403), Outcome.REFUSED_OTHERWISE),
        (errors.NotFound("not_found", status=404), Outcome.REFUSED_OTHERWISE),
        (errors.Refused("request_timeout", status=408), Outcome.UNUSABLE),
        (errors.Refused("request_in_progress", status=409), Outcome.UNUSABLE),
        (errors.Refused("no_rate", "", (errors.Problem("months", ""),), status=409), Outcome.REFUSED_OTHERWISE),
        (errors.Refused("locked", status=423), Outcome.UNUSABLE),
        (errors.Refused("too_early", status=425), Outcome.UNUSABLE),
        (errors.Refused("vehicle_has_open_filing", status=409), Outcome.CAR_TAKEN),
        (errors.Refused("vehicle_has_open_certificate", status=409), Outcome.CAR_TAKEN),
        (errors.Refused("period_overlaps", status=409), Outcome.CAR_TAKEN),
        (errors.Refused("idempotency_key_reused", status=409), Outcome.KEY_REUSED),
        (errors.ServiceError(), Outcome.UNUSABLE),
        (errors.NotConfigured("api_key"), Outcome.NOT_REACHED),
        (errors.KeychainUnavailable(), Outcome.NOT_REACHED),
        (errors.KeychainLocked(), Outcome.NOT_REACHED),
        (errors.InvalidInput(errors.Problem("api_key", "")), Outcome.NOT_REACHED),
    ],
    ids=lambda value: getattr(value, "name", type(value).__name__),
)
def test_each_error_is_one_outcome(error: errors.OneStopError, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome


@pytest.mark.parametrize(("seconds", "network", "here"), [(1, 150, 1), (149, 150, 149), (180, 180, 180)])
def test_over_a_network_nobody_is_in_a_hurry(seconds: int, network: int, here: int) -> None:
    assert quiet_time(seconds, leaves_this_machine=True) == dt.timedelta(seconds=network)
    assert quiet_time(seconds, leaves_this_machine=False) == dt.timedelta(seconds=here)


def test_nothing_is_sent_again_for_ever() -> None:
    assert may_send_again(SEND_AGAIN_WITHIN - dt.timedelta(seconds=1), None)
    assert not may_send_again(SEND_AGAIN_WITHIN, None)
    assert not may_send_again(dt.timedelta(minutes=5), NOW)  # the service has one of this car
    assert not may_send_again(None, None)  # nobody knows when it was sent
