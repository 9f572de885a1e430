"""Use cases: one method for each thing a clerk can want."""
