"""What this machine remembers: database, settings file, keychain."""
