"""From a program to a proven schedule: the matrix, the HiGHS session, the levels, exact payments, and the worker process."""
