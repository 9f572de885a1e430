"""料金表: the dated tables, and what an administrator adds to them."""
