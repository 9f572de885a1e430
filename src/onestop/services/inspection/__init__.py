"""今回の車検: which records belong to it, when it begins and ends, and what a clerk can want of it."""
