"""自賠責: the form, what is sent to e-JIBAI, and what comes back."""
