"""What a plan is made of: the declared tables, and reading, checking and writing them."""
