"""The parts of the inputs page: one draft, edited in tables and by levers, kept as a scenario."""
