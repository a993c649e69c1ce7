"""A sheet to type into: a table on the page that loses nothing that is typed (docs/decisions, the sheet)."""
