"""What is proven of a level: relaxations, and trees of the core."""
