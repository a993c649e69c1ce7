"""Plans in integers from LP solutions, and better plans from good ones."""
