"""保適証: the form, what is sent to AIRAS, and what comes back."""
