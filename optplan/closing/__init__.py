"""Closing a year: what was really delivered becomes fact, what may be carried over becomes money of the next year."""

from __future__ import annotations

from optplan.closing.close import Closing, Note, close_year

__all__ = ["Closing", "Note", "close_year"]
