"""Moments as the wire writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop_sandbox.clock import JST, MachineClock, moment_of, text_of


def test_the_machines_clock_is_japanese_and_moves_on() -> None:
    clock = MachineClock()
    first = clock.now()
    assert first.utcoffset() == dt.timedelta(hours=9)
    assert clock.now() >= first


def test_moments_survive_the_wire_in_japanese_time() -> None:
    moment = dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC)
    assert text_of(moment) == "2026-11-24T09:15:00+09:00"
    assert moment_of(text_of(moment)) == moment
    assert moment_of("2026-11-24T09:15:00+09:00").tzinfo is not None
    assert JST.utcoffset(None) == dt.timedelta(hours=9)


def test_a_moment_without_an_offset_is_none() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment_of("2026-11-24T09:15:00")
