"""Records by kind: what use cases read and write within one transaction."""
