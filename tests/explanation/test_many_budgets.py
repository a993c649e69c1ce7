"""Where money is short everywhere, a conflict says so in a few lines, and keeps every cell."""

import optplan
from optplan.plan import Plan
from optplan.tables import tables_from

COUNTIES, YEARS = "abcdefgh", (2021, 2022, 2023)


def poor_plan():
    """Eight counties with so little money in each year that only all of it, and a little more, pays what is mandatory."""
    tables, findings = tables_from({
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2023}],
        "counties": [{"county": c, "name": f"{c}县", "name_en": f"County {c}"} for c in COUNTIES],
        "items": [{"item": "engine", "name": "消防车", "category": "vehicle", "unit": "辆"}],
        "costs": [{"item": "engine", "unit_cost": 10}],
        "targets": [{"target": "engines", "group": "engine", "by_year": 2023, "total": 30, "at_least": 30}],
        "funds": [{"fund": "own", "name": "本级资金", "name_en": "Own funds", "level": "county", "pays": "both"}],
        "budgets": [{"fund": "own", "county": c, "year": y, "amount": 10} for c in COUNTIES for y in YEARS],
    })  # fmt: skip
    assert not [finding for finding in findings if finding.severity == "error"]
    return Plan(tables)


def test_budgets_of_many_counties_are_one_line_with_their_number():
    explanation = optplan.explain(poor_plan(), time_limit=60, worth=False)
    assert explanation.status == "infeasible"
    conflict = explanation.conflicts[0]
    budgets = [cell for cell in conflict["cells"] if cell["table"] == "budgets"]
    assert explanation.irreducible
    assert len(budgets) == len(COUNTIES) * len(YEARS)  # each is needed: 24 engines can be had, and any cell given up brings all
    for language, words in (("zh", ("a县", "h县", "2021–2023年", "24 格", "240")), ("en", ("County a", "2021–2023", "24 cells"))):
        said = explanation.sentences(language)
        (line,) = [each for each in said if words[0] in each and words[-1] in each]
        assert all(word in line for word in words), line
        assert len(said) < 40
        assert max(map(len, said)) < 400
    assert len(explanation.tables()["conflict"]) == len(conflict["cells"])
