"""What the services' answers may hold: numbers whose form nobody tells have bounds all the same."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from onestop.gateway.wire import MAX_ANSWERED_NUMBER, GivenNumber, Text, Word

NUMBER = TypeAdapter[str](GivenNumber)


@pytest.mark.parametrize("number", ["1", "1" * MAX_ANSWERED_NUMBER])
def test_a_number_that_a_service_gives_is_taken_as_it_came(number: str) -> None:
    assert NUMBER.validate_python(number) == number


@pytest.mark.parametrize("number", ["", "1" * (MAX_ANSWERED_NUMBER + 1), ".", ".."])
def test_a_number_that_cannot_stand_in_an_address_is_none(number: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(number)


@pytest.mark.parametrize("kind", [Word, Text])
def test_a_sign_that_no_database_takes_is_left_out_of_what_a_service_says(kind: type[str]) -> None:
    assert TypeAdapter[str](kind).validate_python("受付\0前") == "受付前"
