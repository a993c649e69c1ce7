"""A bound that can be checked without a solver: multipliers of the program's rows, and what follows from them in exact fractions.

``making`` asks HiGHS for the multipliers, once the search has ended; ``checking`` needs no solver. Neither uses the search.
"""
