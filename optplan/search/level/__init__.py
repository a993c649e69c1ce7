"""One level of the lexicographic search: bounds and heuristics at work in two threads until they meet."""
