"""Qt: widgets in, widgets out; no decision is taken here."""
