"""Solving: one question answered for good, or one after another."""
