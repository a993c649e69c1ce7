"""What a plan is made of: the declared tables, and reading, checking and writing them."""

from optplan.tables.csv_folder import write_folder
from optplan.tables.reading import read_tables, tables_from

__all__ = ["read_tables", "tables_from", "write_folder"]
