"""納付: what AINAS returned of fees, and what the bank says of them."""
