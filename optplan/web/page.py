"""The first page: choose a plan and a decision model, solve, and read the schedule that comes back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import streamlit as st

from optplan.charts import deliveries_by_year, money_by_year
from optplan.decision_model import DecisionModel, read_model, shipped_models
from optplan.language import speaking, text
from optplan.plan import Plan, read_plan
from optplan.result import Result, read_result
from optplan.solving import solve
from optplan.summary import Summary, summarise
from optplan.tables.findings import InputError

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def show() -> None:
    """Draw the page; Streamlit runs this again on every touch."""
    st.set_page_config(page_title="optplan", layout="wide")
    language = st.sidebar.radio("语言 / Language", list(LANGUAGE_NAMES), format_func=LANGUAGE_NAMES.__getitem__, horizontal=True)
    with speaking(language):
        _page(language)


def _say(name: str, **values: Any) -> str:
    return text("web", name, None, **values)


def _page(language: str) -> None:
    st.title(_say("title"))
    plans = _plans()
    if not plans:
        st.error(_say("no-plans", folder=ROOT / "inputs"))
        return
    chosen = st.sidebar.selectbox(_say("choose-plan"), list(plans), format_func=lambda name: plans[name].title)
    models = {name: read_model(name) for name in shipped_models() if not read_model(name).needs_reference}
    name = st.sidebar.selectbox(
        _say("choose-model"),
        list(models),
        format_func=lambda key: models[key].title if language == "zh" else models[key].title_en,
    )
    model = models[name]
    st.sidebar.caption(model.account if language == "zh" else model.account_en)
    limit = st.sidebar.number_input(_say("time-limit"), min_value=5, max_value=3600, value=600, step=5)
    key = f"{chosen}/{model.name}"
    if st.sidebar.button(_say("solve"), type="primary", use_container_width=True):
        st.session_state[key] = _solve(plans[chosen], model, float(limit))
    result = st.session_state.get(key) or _kept(chosen, model)
    if result is None:
        st.info(_say("not-solved"))
        return
    _show_result(result, language)


@st.cache_resource(show_spinner=False)
def _plans() -> dict[str, Plan]:
    """The plans under ``inputs/`` that are in order."""
    found = {}
    for folder in sorted((ROOT / "inputs").glob("*/")):
        try:
            found[folder.name] = read_plan(folder)
        except InputError:
            continue  # a folder that is no plan is shown by `optplan check`, not here
    return found


def _kept(plan: str, model: DecisionModel) -> Result | None:
    """A result that was solved before, from the reports folder or the sample that ships."""
    for folder in (ROOT / "reports", ROOT / "reports" / "sample"):
        path = folder / f"{plan}-{model.name}.json"
        if path.is_file():
            try:
                result = read_result(path)
                if result.check().ok:
                    return result
            except InputError:
                continue
    return None


def _solve(plan: Plan, model: DecisionModel, seconds: float) -> Result:
    """Solve while showing how far it is; the search runs in its own process."""
    with st.status(_say("solving"), expanded=True) as status:
        line = st.empty()
        latest: list[Any] = []
        done: list[Result] = []

        def work() -> None:
            done.append(solve(plan, model, time_limit=seconds, progress=latest.append))

        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(0.3)
            if latest:
                now = latest[-1]
                name = text("cli", f"criterion-{now.criterion}")
                line.write(
                    _say(
                        "progress",
                        level=now.level + 1,
                        levels=now.levels,
                        criterion=name,
                        value=f"{now.value:,.4f}",
                        bound=f"{max(now.bound, 0):,.4f}",
                    )
                )
        status.update(label=text("cli", f"status-{done[0].status}"), state="complete", expanded=False)
    return done[0]


def _show_result(result: Result, language: str) -> None:
    if not result.has_schedule:
        st.error(text("cli", f"status-{result.status}"))
        return
    (st.success if result.status == "optimal" else st.warning)(text("cli", f"status-{result.status}"))
    summary = summarise(result, language)
    _headline(result, summary)
    overview, schedule, money, gaps, proof = st.tabs(
        [_say(f"tab-{name}") for name in ("overview", "schedule", "money", "gaps", "proof")]
    )
    with overview:
        st.altair_chart(deliveries_by_year(summary), use_container_width=True)
        st.dataframe(_targets(summary), hide_index=True, use_container_width=True)
        st.caption(text("cli", "assumptions-used", None, number=summary.assumptions, rows=summary.rows))
    with schedule:
        _schedule(result, summary)
    with money:
        st.altair_chart(money_by_year(summary), use_container_width=True)
        st.dataframe(_payers(summary), hide_index=True, use_container_width=True)
    with gaps:
        st.dataframe(_gaps(summary), hide_index=True, use_container_width=True)
    with proof:
        st.dataframe(_criteria(result), hide_index=True, use_container_width=True)
        st.caption(text("cli", "sealed", None, seal=result.document["seal"]["sha256"][:16]))
        st.download_button(_say("download-json"), result.text(), file_name="result.json", mime="application/json")


def _headline(result: Result, summary: Summary) -> None:
    boxes = st.columns(5)
    for box, target in zip(boxes, summary.targets[:5], strict=False):
        box.metric(target.name, f"{target.delivered:,.0f}")
        box.caption(_say("of-target", total=f"{target.total:,.0f}"))


def _targets(summary: Summary) -> list[dict[str, Any]]:
    head = [text("cli", f"column-{name}") for name in ("target", "delivered", "total", "short")]
    return [
        {
            head[0]: target.name,
            **{str(year): float(quantity) for year, quantity in zip(summary.years, target.by_year, strict=True)},
            head[1]: float(target.delivered),
            head[2]: float(target.total),
            head[3]: float(target.shortfall),
        }
        for target in summary.targets
    ]


def _payers(summary: Summary) -> list[dict[str, Any]]:
    name, total = text("cli", "column-payer", None, currency=summary.currency), text("cli", "column-sum")
    return [
        {
            name: payer.name,
            **{str(year): f"{amount:,.2f}" for year, amount in zip(summary.open_years, payer.by_year, strict=True)},
            total: f"{sum(payer.by_year):,.2f}",
        }
        for payer in summary.payers
    ]


def _gaps(summary: Summary) -> list[dict[str, Any]]:
    head = [text("cli", f"column-{name}") for name in ("standard", "county", "required", "stock", "gap-units")]
    return [
        dict(zip(head, (gap.standard, gap.county, float(gap.required), float(gap.stock), float(gap.gap)), strict=True))
        for gap in summary.gaps
    ]


def _criteria(result: Result) -> list[dict[str, Any]]:
    head = [text("cli", f"column-{name}") for name in ("criterion", "value", "bound", "gap", "proven")]
    return [
        dict(
            zip(
                head,
                (
                    text("cli", f"criterion-{level['name']}"),
                    f"{level['value']:,.4f}",
                    f"{level['bound']:,.4f}",
                    f"{level['gap']:,.4f}",
                    text("cli", "yes" if level["proven"] else "no"),
                ),
                strict=True,
            )
        )
        for level in result.document["criteria"]
    ]


def _schedule(result: Result, summary: Summary) -> None:
    """County by year for one item."""
    from optplan.language import current_language
    from optplan.summary import names

    tables = result.tables()
    items, counties = names(tables, "items", current_language()), names(tables, "counties", current_language())
    delivered = sorted({entry["item"] for entry in result.document["schedule"]}, key=list(items).index)
    item = st.selectbox(_say("choose-item"), delivered, format_func=items.__getitem__)
    rows = []
    for county, name in counties.items():
        by_year = {
            entry["year"]: entry["quantity"]
            for entry in result.document["schedule"]
            if (entry["item"], entry["county"]) == (item, county)
        }
        row: dict[str, Any] = {text("cli", "column-county"): name, **{str(year): by_year.get(year, 0) for year in summary.years}}
        row[text("cli", "column-sum")] = sum(by_year.values())
        rows.append(row)
    st.dataframe(rows, hide_index=True, use_container_width=True)


if __name__ == "__main__":
    show()
