"""Builders and doubles that every test may use."""
