"""What differs between procedures: one module each."""
