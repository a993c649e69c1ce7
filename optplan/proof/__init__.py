"""A bound that can be checked without a solver: multipliers of the program's rows, and what follows from them in exact fractions.

``multipliers`` asks HiGHS for them, once the search has ended; ``checked_bounds`` needs no solver. Neither uses the search.
"""
