"""Signing in is tried on each database: on a server several desks share the operators."""

from __future__ import annotations

from support.each_database import each_database, pytest_generate_tests

__all__ = ["each_database", "pytest_generate_tests"]
