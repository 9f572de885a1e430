"""What databases promise is tried on each of them by the same code."""

from __future__ import annotations

from support.each_database import each_database, pytest_generate_tests

__all__ = ["each_database", "pytest_generate_tests"]
