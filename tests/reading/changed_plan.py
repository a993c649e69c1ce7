"""The small plan with something changed, read from a folder, and what is said of it."""

from reading.small_plan import grids, to_folder

from optplan.tables import read_tables


def told(findings, severity="error"):
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}
    return [
        (finding.place.cell if finding.place.sheet else f"{finding.place.row}:{finding.place.column}", finding.code)
        for finding in findings
        if finding.severity == severity
    ]


def in_csv(tmp_path, table, change):
    tables = grids()
    change(tables[table])
    return read_tables(to_folder(tables, tmp_path / "plan"))


def with_cell(tmp_path, table, row, column, text):
    """The plan from a folder with one cell changed, row 0 being the header."""

    def change(grid):
        grid[row][grid[0].index(column)] = text

    return in_csv(tmp_path, table, change)
