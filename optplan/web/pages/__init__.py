"""The pages, each a module with one function ``show(desk)``."""
