"""What each window knows, can do, and when: plain Python, no Qt from here down."""
