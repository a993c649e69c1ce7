"""Plans in whole units from points of relaxations, and better plans from good ones."""
