"""One module for each window."""
