"""The page that is seen first: what the plan in hand comes to."""
