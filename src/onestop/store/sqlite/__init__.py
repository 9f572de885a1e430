"""What only SQLite can say: the driver, the file, its health and its backups."""
