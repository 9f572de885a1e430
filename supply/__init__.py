"""What the program is made of: pins, licences, the bill of materials, and known holes. For development alone."""
