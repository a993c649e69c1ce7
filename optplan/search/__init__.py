"""From a program to a proven schedule: the matrix, the HiGHS model, the levels, exact payments, and the worker process."""
