"""What only PostgreSQL can say: one server that several desks share."""
