"""What Excel stops at the moment of entry: values outside their kind and bounds, unknown references, keys that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.tables.labels import choice_label, column_label, column_meaning, yes_no
from optplan.tables.schema import Column, Kind
from optplan.workbook.book import say
from optplan.workbook.lists import SETTINGS_LIST, reference_list
from optplan.workbook.table_sheet import FIRST_ROW, TableSheet

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

YEARS = (1900, 2200)
LONGEST_PROMPT = 250  # characters that Excel shows


def guard_entries(placed: TableSheet, lists: set[str]) -> None:
    """Put drop-downs and entry checks on every prepared cell of a table."""
    for column in placed.table.columns:
        check = _check(placed, column, lists)
        if check is None:
            continue
        at = placed.letter(column.name)
        check.add(f"{at}{FIRST_ROW}:{at}{placed.last}")
        placed.sheet.worksheet.add_data_validation(check)


def _check(placed: TableSheet, column: Column, lists: set[str]) -> DataValidation | None:
    first = f"{placed.letter(column.name)}{FIRST_ROW}"
    name = reference_list(column)
    if placed.table.name == "plan" and column.name == "key":
        return _stop(placed, column, say("entry-list"), type="list", formula1=f"={SETTINGS_LIST}")
    if name in lists:
        return _stop(placed, column, say("entry-list"), type="list", formula1=f"={name}")
    match column.kind:
        case Kind.CHOICE:
            words = ",".join(choice_label(column, value) for value in column.choices)
            return _stop(placed, column, say("entry-list"), type="list", formula1=f'"{words}"')
        case Kind.FLAG:
            return _stop(placed, column, say("entry-list"), type="list", formula1=f'"{yes_no(True)},{yes_no(False)}"')
        case Kind.YEAR:
            low, high = YEARS
            return _stop(
                placed, column, say("entry-year", low=low, high=high),
                type="whole", operator="between", formula1=str(low), formula2=str(high),
            )  # fmt: skip
        case Kind.WHOLE:
            return _stop(placed, column, say("entry-whole"), type="whole", operator="greaterThanOrEqual", formula1="0")
        case Kind.ID:
            unique = placed.table.key == (column.name,)
            tests = [f'LEN({first})=LEN(SUBSTITUTE({first}," ",""))']
            if unique:
                cells = placed.cells(column.name).rpartition("!")[2]
                tests.append(f"COUNTIF({cells},{first})=1")
            return _stop(
                placed,
                column,
                say("entry-id-unique" if unique else "entry-id"),
                type="custom",
                formula1=f"AND({','.join(tests)})",
            )
        case Kind.QUANTITY | Kind.RATE | Kind.MONEY | Kind.DEGREES:
            return _number(placed, column)
        case _:
            return None


def _number(placed: TableSheet, column: Column) -> DataValidation:
    low, high, above = column.minimum, column.maximum, column.above
    if above is not None:
        return _stop(
            placed, column, say("entry-above", low=above), type="decimal", operator="greaterThan", formula1=str(above)
        )  # fmt: skip
    if low is not None and high is not None:
        return _stop(
            placed, column, say("entry-between", low=low, high=high),
            type="decimal", operator="between", formula1=str(low), formula2=str(high),
        )  # fmt: skip
    least = low if low is not None else -(10**15)
    return _stop(
        placed, column, say("entry-least", low=least), type="decimal", operator="greaterThanOrEqual", formula1=str(least)
    )


def _stop(placed: TableSheet, column: Column, wrong: str, **settings: Any) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    label = column_label(placed.table, column)
    return DataValidation(
        **settings,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle=say("entry-wrong")[:30],
        error=wrong[:LONGEST_PROMPT],
        showInputMessage=True,
        promptTitle=label[:30],
        prompt=(column_meaning(placed.table, column) or label)[:LONGEST_PROMPT],
    )
