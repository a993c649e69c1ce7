"""A schedule workbook that a person edited, read back cell by cell."""
