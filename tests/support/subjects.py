"""What a service is asked about, made up."""

from __future__ import annotations

from onestop.gateway.subject import Subject


def numbered(*numbers: str) -> list[Subject]:
    """Return things of which only the service's own number is known."""
    return [Subject(number=number) for number in numbers]
