"""Whatever is wrong with a scenario is said in words, with the file and the change; nothing ends in a traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenarios.test_applying import TABLES_OF_BASE, scenario

from optplan.plan import Plan
from optplan.scenarios import apply_scenarios
from optplan.tables.findings import InputError

PLAN = Plan(TABLES_OF_BASE)
HEAD = 'title = "试"\n'


def findings_of(path):
    with pytest.raises(InputError) as raised:
        apply_scenarios(PLAN, [path])
    for finding in raised.value.findings:
        assert finding.line("zh")
        for language in ("zh", "en"):
            said = finding.message(language)
            assert finding.code not in said, said
            assert "{" not in said, said
    return [finding for finding in raised.value.findings if finding.severity == "error"]


def written(folder, text, name="scenario.toml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def change(text):
    return f"{HEAD}\n[[changes]]\n{text}\n"


SCALE = 'table = "budgets"\naction = "scale"\ncolumn = "amount"\nfactor = "0.8"\n'
ADD = 'table = "budgets"\naction = "add"\nrows = ['
CHANGE = "[[changes]]\n" + SCALE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\x00\xff\xfe", "scenario-not-utf8"),
        ("title = ", "scenario-not-toml"),
        ("a = " + "[" * 5000, "scenario-not-toml"),
        ("a = " + "9" * 5000, "scenario-not-toml"),
        (HEAD, "key-missing"),
        (HEAD + "changes = []", "key-empty"),
        (HEAD + "changes = 1", "key-wrong"),
        (HEAD + "changes = [1]", "key-wrong"),
        ("title = 1\n" + CHANGE, "key-not-text"),
        (HEAD + 'titel_en = "x"\n' + CHANGE, "key-unknown"),
        (HEAD + "reason = 1\n" + CHANGE, "key-not-text"),
        (HEAD + f'author = "{"x" * 101}"\n' + CHANGE, "key-too-long"),
        (change('table = "budgets"'), "action-missing"),
        (change('table = "budgets"\naction = "multiply"'), "action-unknown"),
        (change('table = "budget"\naction = "remove"'), "table-unknown"),
        (change('table = "budgets"\naction = "set"'), "key-missing"),
        (change('table = "budgets"\naction = "set"\nset = {}'), "key-empty"),
        (change('table = "budgets"\naction = "set"\nset = { amount = [1, 2] }'), "change-cell"),
        (change('table = "budgets"\naction = "set"\nset = { amount = 2021-01-01 }'), "change-cell"),
        (change('table = "budgets"\naction = "set"\nset = { amount = 0x' + "f" * 4000 + " }"), "change-cell-size"),
        (change('table = "budgets"\naction = "set"\nset = { amount = nan }'), "cell-number"),
        (change('table = "budgets"\naction = "set"\nset = { amount = 1e999999999 }'), "cell-number"),
        (change('table = "budgets"\naction = "set"\nset = { amount = 1e99 }'), "cell-number-size"),
        (change('table = "budgets"\naction = "set"\nset = { amount = -1 }'), "cell-too-small"),
        (change('table = "budgets"\naction = "set"\nset = { amount = "0.00001" }'), "cell-decimals"),
        (change('table = "budgets"\naction = "set"\nset = { amount = "" }'), "cell-blank"),
        (change('table = "budgets"\naction = "set"\nset = { amonut = 1 }'), "column-unknown"),
        (change('table = "budgets"\naction = "set"\nset = { year = 2022 }'), "row-twice"),
        (change('table = "budgets"\naction = "set"\nwhere = { fund = [] }\nset = { amount = 1 }'), "change-where-empty"),
        (change('table = "budgets"\naction = "set"\nwhere = { fund = [[1]] }\nset = { amount = 1 }'), "change-cell"),
        (change(SCALE + 'where = { county = "平鲁区" }'), "where-unknown"),
        (change(SCALE + 'where = { county = ["pinglu", "yingxain"] }'), "where-unknown"),
        (change(SCALE + 'where = { fund = ["own", "pool"], county = "pinglu" }'), "where-value-unmatched"),
        (change(SCALE + 'where = { fund = "pool", county = "pinglu" }'), "where-unmatched"),
        (change(SCALE + 'where = { group = "vehicle" }'), "column-unknown"),
        (change(SCALE + 'where = { year = "soon" }'), "cell-number"),
        (change(SCALE + "rows = []"), "key-unknown"),
        (change(SCALE.replace('"0.8"', "-1")), "cell-too-small"),
        (change(SCALE.replace('"0.8"', '"four fifths"')), "cell-number"),
        (change(SCALE.replace('"0.8"', '""')), "cell-blank"),
        (change(SCALE.replace('"0.8"', "1e9")), "cell-too-large"),
        (change(SCALE.replace('"0.8"', "[1]")), "change-cell"),
        (change(SCALE.replace('"amount"', '"year"')), "scale-not-number"),
        (change(SCALE.replace('"amount"', '"sum"')), "column-unknown"),
        (change('table = "limits"\naction = "scale"\ncolumn = "min"\nfactor = 2'), "scale-blank"),
        (change('table = "plan"\naction = "scale"\ncolumn = "value"\nfactor = 2\nwhere = { key = "title" }'), "scale-not-number"),
        (change('table = "plan"\naction = "set"\nset = { value = "x" }\nwhere = { key = "discount_rate" }'), "cell-number"),
        (change('table = "plan"\naction = "add"\nrows = [{ key = "discount", value = 1 }]'), "plan-key-unknown"),
        (change('table = "costs"\naction = "remove"\nwhere = { group = "vehicles" }'), "where-unknown"),
        (change('table = "growth"\naction = "remove"'), "where-unmatched"),
        (change('table = "budgets"\naction = "add"\nrows = []'), "key-empty"),
        (change('table = "budgets"\naction = "add"\nrows = [1]'), "key-wrong"),
        (change('table = "budgets"\naction = "add"\nrows = [{ fund = "own", county = "pinglu" }]'), "cell-blank"),
        (change(ADD + '{ fund = "own", county = "pinglu", year = 2021, amount = 1 }]'), "row-twice"),
        (change(ADD + '{ fund = "owm", county = "pinglu", year = 2021, amount = 1 }]'), "reference-missing"),
        (change('table = "funds"\naction = "remove"\nwhere = { fund = "pool" }'), "reference-missing"),
        (change('table = "counties"\naction = "remove"'), "table-missing"),
    ],
)  # fmt: skip
def test_every_fault_is_a_finding(tmp_path, text, code):
    path = written(tmp_path, text)
    findings = findings_of(path)
    assert code in [finding.code for finding in findings]
    assert all(finding.place.file == str(path) for finding in findings)


def test_a_finding_names_the_file_the_line_and_the_change(tmp_path):
    path = written(tmp_path, change(SCALE) + "\n[[changes]]\n" + SCALE + 'where = { county = "应县" }\n')
    (finding,) = findings_of(path)
    assert finding.line("en").startswith(f"{path}:10:county: error: change 2: ")
    assert "“yingxian”" in finding.message("en")
    assert finding.as_dict("zh")["message"].startswith("第 2 项改动：")


@pytest.mark.parametrize(
    ("written_so", "code"), [("author = 5", "key-not-text"), ('reson = "x"', "key-unknown"), ('"reson" = 1', "key-unknown")]
)
def test_a_fault_above_the_changes_names_its_line(tmp_path, written_so, code):
    path = written(tmp_path, f'title = "x"\n{written_so}\n{CHANGE}')
    (finding,) = findings_of(path)
    assert (finding.code, finding.place.row) == (code, 2)


def test_an_error_elsewhere_is_traced_to_the_change_that_brought_it_about(tmp_path):
    fatal = '[[changes]]\ntable = "items"\naction = "remove"\nwhere = { item = "road" }\n'
    path = written(tmp_path, HEAD + CHANGE * 3 + fatal + CHANGE * 2)
    findings = findings_of(path)
    assert {(finding.place.row, finding.change) for finding in findings} == {(17, 4)}
    assert all("road" in finding.message("en") for finding in findings)


def test_warnings_of_the_patched_plan_are_kept_and_placed(tmp_path):
    path = written(tmp_path, change('table = "limits"\naction = "set"\nset = { max = "" }'))
    warnings = apply_scenarios(PLAN, [path]).findings
    assert ("limit-empty", str(path), 3) in [(finding.code, finding.place.file, finding.place.row) for finding in warnings]


def test_the_same_scenario_twice_is_refused(tmp_path):
    path = written(tmp_path, change(SCALE))
    with pytest.raises(InputError) as raised:
        apply_scenarios(PLAN, [path, path])
    assert [finding.code for finding in raised.value.findings] == ["scenario-twice"]


@pytest.mark.parametrize(
    ("parent", "code"),
    [
        ("gone.toml", "parent-missing"),
        ("/etc/passwd.toml", "parent-not-relative"),
        ("scenario.txt", "parent-not-relative"),
        ("scenario.toml", "parent-circular"),
        ("child.toml", "parent-circular"),
        ("\\u0000.toml", "parent-missing"),
    ],
)
def test_parents(tmp_path, parent, code):
    written(tmp_path, 'parent = "scenario.toml"\n' + change(SCALE), "child.toml")
    path = written(tmp_path, f'parent = "{parent}"\n' + change(SCALE))
    assert code in [finding.code for finding in findings_of(path)]


def test_a_long_line_of_parents_ends(tmp_path):
    for number in range(30):
        written(tmp_path, f'parent = "s{number + 1}.toml"\n' + change(SCALE), f"s{number}.toml")
    assert [finding.code for finding in findings_of(tmp_path / "s0.toml")] == ["parent-too-deep"]


def test_no_file_and_a_folder(tmp_path):
    for path in (tmp_path / "gone.toml", tmp_path):
        assert [finding.code for finding in findings_of(path)] == ["file-unreadable"]


def test_faults_of_a_scenario_made_in_python_name_it():
    made = scenario({"table": "budgets", "action": "set", "where": {"county": "x"}, "set": {"amount": 1}}, name="试算")
    with pytest.raises(InputError) as raised:
        apply_scenarios(PLAN, [made])
    assert [finding.place.file for finding in raised.value.findings] == ["试算"]


SCALARS = st.one_of(
    st.text(max_size=12), st.integers(), st.booleans(), st.sampled_from(["own", "pinglu", "", 2022, "amount", "set"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
NAMES = ["table", "action", "where", "set", "column", "factor", "rows", "extra"]


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    return "{" + ", ".join(f"{toml(key)} = {toml(part)}" for key, part in value.items()) + "}"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=7),
    st.sampled_from(["set", "scale", "add", "remove"]),
    st.sampled_from(["budgets", "plan", "costs", "limits"]),
)
def test_no_file_however_odd_ends_in_a_traceback(tmp_path, content, action, table):
    keys = {"table": table, "action": action} | content
    path = written(tmp_path, "[[changes]]\n" + "\n".join(f"{key} = {toml(value)}" for key, value in keys.items()))
    findings = []
    try:
        apply_scenarios(PLAN, [path])
    except InputError as problem:
        findings = problem.findings
        assert findings
    assert all(finding.message("zh") and finding.message("en") for finding in findings)
