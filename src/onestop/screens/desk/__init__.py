"""What is said when a desk is opened, and of how it stands."""
