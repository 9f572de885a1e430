"""車両: the form, 取込, and the days of a car."""
