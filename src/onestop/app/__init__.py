"""The only place where objects are made and handed to each other; it decides nothing but practice or real."""
