"""The sections of the schedule page, each a module with one function ``show(figures)``."""
