"""HiGHS, and the matrix that it is given."""
