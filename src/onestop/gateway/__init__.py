"""The three services outside: transport, and a client each with its wire models in the same file."""
