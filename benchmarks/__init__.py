"""How fast optplan is, measured against other solvers on the same plans. Run it with ``python -m benchmarks``."""
