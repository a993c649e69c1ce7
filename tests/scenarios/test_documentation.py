"""What the documentation shows can be copied and run."""

import re
from pathlib import Path

import pytest

import optplan
from optplan.scenarios import apply_scenarios

ROOT = Path(__file__).parents[2]
EXAMPLES = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_apply_to_shuozhou(tmp_path, example):
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    plan = optplan.read_plan(ROOT / "inputs" / "shuozhou")
    assert apply_scenarios(plan, [tmp_path / "example.toml"]).sha256 != plan.sha256


def test_every_scenario_that_ships_is_listed():
    named = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for file in (ROOT / "inputs" / "scenarios" / "shuozhou").glob("*.toml"):
        assert f"`{file.name}`" in named
