"""What the server keeps between two looks at the page: plans, results and titles, each read once."""
