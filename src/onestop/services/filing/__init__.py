"""申請: preparing, checking, sending and following it."""
