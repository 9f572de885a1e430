"""Imitates e-JIBAI, AIRAS and AINAS from their contract files; imports nothing of onestop."""
