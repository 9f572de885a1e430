"""Keys, their buttons, and what guards them."""
