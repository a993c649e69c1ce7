"""Every rival finds what optplan finds, and the report is written from the runs."""

import pytest

from benchmarks.agreement import compared
from benchmarks.campaign import run_series
from benchmarks.contenders import FLOOR, NAMES, OPTPLAN
from benchmarks.plans import Size
from benchmarks.records import Records
from benchmarks.report import write_report
from benchmarks.rivals import RIVALS, installed
from benchmarks.sets import Series
from optplan.decision_model import read_model

SERIES = Series(Size(counties=1, years=2, money=1.2), [1], NAMES, 60)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    kept = Records(tmp_path_factory.mktemp("results"))
    run_series(SERIES, kept, again=False, told=print)
    return kept


def test_everybody_proves_the_same_values(records):
    runs = {run.tool: run for run in records}
    assert set(runs) == {name for name in NAMES if name not in RIVALS or installed(name)}
    for tool, run in runs.items():
        assert run.status == "optimal", (tool, run.fault)
    for tool in set(runs) & set(RIVALS):
        assert runs[tool].violation < 1e-3
        # both ways: what one proves within its tolerance, the other does not better by more
        findings = compared(runs[OPTPLAN], runs[tool], read_model("attain")) + compared(
            runs[tool], runs[OPTPLAN], read_model("attain")
        )
        assert len(findings) == 6
        assert {finding.verdict for finding in findings} <= {"agrees", "looser"}, findings
    assert runs[FLOOR].levels[0]["bound"] <= runs[OPTPLAN].levels[-1]["value"]


def test_a_model_with_requests_has_the_same_values_on_both_programs(tmp_path):
    tools = (OPTPLAN, "highs-matrix", "highs")
    kept = Records(tmp_path)
    run_series(Series(Size(counties=1, years=2, money=0.7), [1], tools, 60, "full"), kept, again=False, told=print)
    ours, *rivals = sorted(kept, key=lambda run: tools.index(run.tool))
    assert ours.status == "optimal"
    for theirs in rivals:
        findings = compared(ours, theirs, read_model("full")) + compared(theirs, ours, read_model("full"))
        assert len(findings) == 8
        assert {finding.verdict for finding in findings} <= {"agrees", "looser"}, findings


def test_a_finished_run_is_not_repeated(records):
    said = []
    before = len(list(records))
    run_series(SERIES, records, again=False, told=said.append)
    assert len(list(records)) == before


def test_the_report_is_written_from_the_runs(records, tmp_path):
    write_report(records, tmp_path / "performance.md", results=records.folder)
    text = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "1 county, 2 years" in text
    assert "Worse: 0. Contradicted by a bound: 0." in text
    for facts in RIVALS.values():
        assert facts.title in text
