"""What is printed, exported and imported."""
