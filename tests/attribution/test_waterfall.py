"""The waterfall leads from the base to the changed plan in steps that are the parts."""

from __future__ import annotations

import io

import pytest
from attribution.conftest import CUT, DEARER, scale, scenario
from PIL import Image

from optplan.attribution import attribute
from optplan.attribution.waterfall import waterfall
from optplan.charts import picture
from optplan.language import speaking


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_steps_lead_from_one_end_to_the_other(plan, language):
    weight = float(sum(row["weight"] for row in plan.tables["targets"]))
    why = attribute(plan, scenario(CUT, DEARER, scale("targets", "total", "1.1"), title="资金、价格与目标 & <b>"), "thrift")
    with speaking(language):
        for figure in why.figures:
            chart = waterfall(why, figure)
            (rows,) = chart.to_dict()["datasets"].values()
            base, *steps, changed = rows
            per_cent = {"target_shortfall": 100 / weight}.get(
                figure.name, 100 if figure.name in {"readiness_gap", "worst_county"} else 1
            )
            assert base["to"] == pytest.approx(float(why.values[figure][0]) * per_cent)
            assert changed["to"] == pytest.approx(float(why.values[figure][why.full]) * per_cent)
            at = base["to"]
            for step, part in zip(steps, why.parts[figure], strict=True):
                assert step["from"] == pytest.approx(at)
                at = step["to"]
                assert at - step["from"] == pytest.approx(float(part.part) * per_cent)
                assert (step["low"] is None) == (figure.kind != "criterion")
            assert at == pytest.approx(changed["to"])
        assert min(Image.open(io.BytesIO(picture(chart))).size) > 300
