"""Reports of where a plan stands, in the form of official documents, by a template that an office can restyle."""

from optplan.reporting.write import Letter, write_report

__all__ = ["Letter", "write_report"]
