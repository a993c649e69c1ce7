"""``docs/performance.md``, written from the results and from nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.ablation_report import ablation_section
from benchmarks.agreement import ARITHMETIC, BROKEN, compared
from benchmarks.asking_report import ask_section
from benchmarks.contenders import FLOOR, NAMES, OPTPLAN
from benchmarks.goodness_report import goodness_section, on_the_way
from benchmarks.growth_report import growth_section
from benchmarks.measures import Time, best_last, figure, first_plan, gap_left, mean, near, proof, proven_up_to, ratio, spread
from benchmarks.records import Records, Run
from benchmarks.rivals import RIVALS
from benchmarks.screen import Sightings, screen_section
from benchmarks.sets import hour
from benchmarks.subjects import Shipped, Subject, described
from benchmarks.tables import table
from benchmarks.versions import code_version
from optplan.decision_model import DecisionModel, read_model

Group = tuple[Subject, str, float]  # what, decision model, limit
TITLES = {OPTPLAN: "optplan", FLOOR: "floor", **{name: facts.title for name, facts in RIVALS.items()}}

INTRODUCTION = """# How fast optplan is

Written by `python -m benchmarks report` from `benchmarks/results`; `make bench` runs what is missing and writes it again.

The plans are Shuozhou and what may befall it, seeded plans made like it (`benchmarks/plans.py`) and seeded plans made to be
unlike it (`benchmarks/unlike.py`: standards of few units, few items, pools that pay nearly everything, one county rich and the
others poor, twenty years, one year, closed years, several teams a class). The rivals get the same rules, criteria, order, slacks
and tolerances: *on optplan's matrix* the very program that optplan builds, the others a plain formulation
(`benchmarks/formulation.py`: deliveries of a year, every team for itself). Objectives are scaled alike, and each level starts
from the plan of the one before. HiGHS on optplan's matrix is the one to beat: what the search around HiGHS is worth is what it
gains over that.

Every run has a process of its own, one at a time, seed by seed and in another order for each seed; its clock starts when the
plan's tables are in memory, so building the program counts, and for optplan also starting its search process and the exact check
of what it found. Memory is the sum of the peaks of all processes of a run.

*First plan*: any plan that keeps every rule. *Within 1 %*: all criteria but the last proven, and the last within 1 % of the best
value known. *Proof*: every criterion proven within its tolerance. A run that reached its limit counts with the limit, marked ≥; a
ratio is then marked ≤ (the rival's time is longer in truth), ≥ (optplan's is) or ? (both reached it). Means are geometric.

CP-SAT knows whole numbers only: money is counted in whole yuan (which loses at most a yuan a payment), shares are multiplied out,
and objectives are rounded in the thirteenth digit. It is not given plans with items that come in parts, or the criterion
`worst_county`. It uses as many workers as there are cores, as it does by itself; HiGHS, CBC and SCIP use one thread, as they do
by themselves. CBC does not say what bound it ended with; within the tolerance it is taken at its word.
"""


def write_report(records: Records, path: Path, *, results: Path) -> None:
    """Writes the report to ``path``."""
    path.write_text(report(records, results), encoding="utf-8")


def report(records: Records, results: Path) -> str:
    """The report as Markdown."""
    groups: dict[Group, list[Run]] = defaultdict(list)
    runs = list(records.newest().values())
    for run in (run for run in runs if run.counts):
        groups[run.subject, run.model, run.limit].append(run)
    sections = [INTRODUCTION, _made_with(runs), goodness_section(runs)]
    for (subject, model, limit), some in sorted(groups.items(), key=_order):
        if any(run.tool in RIVALS for run in some):
            sections.append(_comparison(subject, read_model(model), limit, some))
    sections += [ablation_section(runs), growth_section(runs)]
    sections += [ask_section(path) for path in sorted(results.glob("ask-*.jsonl"))]
    sections.append(screen_section(Sightings(results)))
    return "\n".join(section for section in (*sections, _broken_down(runs), _not_measured(runs)) if section)


def _order(entry: tuple[Group, list[Run]]) -> tuple[bool, str, str, float]:
    (subject, model, limit), _ = entry
    return not isinstance(subject, Shipped), subject.name, model, limit


def _broken_down(runs: Iterable[Run]) -> str:
    """Runs that are in no table."""
    out = [
        f"- {TITLES.get(run.tool, run.tool)}, {run.subject.name}, seed {run.seed}: {run.status}. {run.fault[-120:]}"
        for run in runs
        if not run.counts
    ]
    return "## Left out\n\n" + "\n".join(out) + "\n" if out else ""


def _not_measured(runs: Iterable[Run]) -> str:
    """What of the set of an hour has no run of optplan with its plans recorded."""
    known = {(run.subject, run.seed, run.model) for run in runs if run.tool == OPTPLAN and run.plans}
    missing = [
        f"{one.subject.name}, seed {seed}, `{one.model}`"
        for one in hour()
        for seed in one.seeds
        if (one.subject, seed, one.model) not in known
    ]
    text = (
        f"## Not measured yet\n\nOf `make bench` these have no results with the plans found on the way: {'; '.join(missing)}.\n"
    )
    return text if missing else ""


def _made_with(runs: Sequence[Run]) -> str:
    machines = sorted({run.machine for run in runs})
    solvers = sorted({run.solver for run in runs})
    return f"Machine: {'; '.join(machines) or '–'}. Solvers: {', '.join(solvers) or '–'}.\n\n{_when(list(runs))}"


def _when(runs: Sequence[Run]) -> str:
    """When it was measured, with which code, and how busy the machine was."""
    dated = sorted(run.began for run in runs if run.began)
    loads = sorted(run.load for run in runs if run.load is not None)
    older = sum(run.code != code_version(run.tool, run.model, run.subject) for run in runs)
    text = f"Of {_counted(len(runs), 'run')} {older} were made with older code than today's."
    if dated:
        text += f" {len(dated)} began between {dated[0]} and {dated[-1]} UTC; of the others that was not kept."
    if loads:
        text += (
            f" In the minute before they began, {median(loads):.1f} processes in the median wanted a core"
            f" ({loads[0]:.1f} – {loads[-1]:.1f}). Where that is more than there are cores, times are longer than on an idle"
            " machine, and two of them can be compared no more closely than it varies."
        )
    return text + "\n"


def _comparison(subject: Subject, model: DecisionModel, limit: float, runs: Sequence[Run]) -> str:
    last = len(model.criteria) - 1
    by_seed: dict[int, dict[str, Run]] = defaultdict(dict)
    for run in runs:
        by_seed[run.seed][run.tool] = run
    tools = [name for name in NAMES if name != FLOOR and any(run.tool == name for run in runs)]
    best = {seed: best_last((run for run in mine.values() if run.tool != FLOOR), last) for seed, mine in by_seed.items()}
    lines = [
        f"## {described(subject)}",
        "",
        f"Decision model `{model.name}`, {_counted(len(by_seed), 'seed')}, limit {limit:g} s.",
        "",
        _summary(tools, runs, model, best),
        _criteria(tools, runs, model),
        _ratios(tools, by_seed, best, last),
        _seeds(tools, by_seed),
        on_the_way(by_seed, model),
        _values(by_seed, model),
        _floor(by_seed, model),
    ]
    return "\n".join(line for line in lines if line is not None)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _summary(tools: Sequence[str], runs: Sequence[Run], model: DecisionModel, best: dict[int, float | None]) -> str:
    rows = []
    for tool in tools:
        mine = [run for run in runs if run.tool == tool]
        levels = sum(sum(level["proven"] for level in run.levels) for run in mine)
        close = [near(best[run.seed], len(model.criteria) - 1)(run) for run in mine]
        memory = [run.memory_mb for run in mine if run.memory_mb]
        rows.append(
            [
                TITLES[tool],
                f"{sum(run.proven for run in mine)} of {len(mine)}",
                f"{levels} of {len(mine) * len(model.criteria)}",
                mean([first_plan(run) for run in mine]),
                mean(close),
                mean([proof(run) for run in mine]),
                f"{max(map(gap_left, mine)):.2%}" if mine else "–",
                f"{max(memory):.0f}" if memory else "–",
            ]
        )
    head = ["", "proven", "criteria proven", "first plan, s", "within 1 %, s", "proof, s", "largest gap left", "memory, MB"]
    sealed = [Time(run.sealed) for run in runs if run.tool == OPTPLAN and run.sealed is not None]
    checked = f"\noptplan's first plan that the exact check has sealed: {mean(sealed)} s.\n" if sealed else ""
    return table(head, rows) + checked


def _criteria(tools: Sequence[str], runs: Sequence[Run], model: DecisionModel) -> str:
    """When each criterion was proven."""
    rows = [
        [
            TITLES[tool],
            *(mean([proven_up_to(level)(run) for run in runs if run.tool == tool]) for level in range(len(model.criteria))),
        ]
        for tool in tools
    ]
    head = ["", *(f"`{criterion.name}`" for criterion in model.criteria)]
    return "Seconds of search until each criterion was proven:\n\n" + table(head, rows)


def _ratios(tools: Sequence[str], by_seed: dict[int, dict[str, Run]], best: dict[int, float | None], last: int) -> str:
    rows = []
    for tool in tools:
        pairs = [(mine[OPTPLAN], mine[tool], best[seed]) for seed, mine in by_seed.items() if {OPTPLAN, tool} <= mine.keys()]
        if tool == OPTPLAN or not pairs:
            continue
        rows.append(
            [
                TITLES[tool],
                spread([ratio(first_plan(ours), first_plan(theirs)) for ours, theirs, _ in pairs]),
                spread([ratio(near(value, last)(ours), near(value, last)(theirs)) for ours, theirs, value in pairs]),
                spread([ratio(proof(ours), proof(theirs)) for ours, theirs, _ in pairs]),
            ]
        )
    return "optplan's time over the rival's, mean (least – greatest) over the seeds:\n\n" + table(
        ["", "first plan", "within 1 %", "proof"], rows
    )


def _seeds(tools: Sequence[str], by_seed: dict[int, dict[str, Run]]) -> str:
    """Times to proof and ratios, seed by seed."""
    rows = []
    for seed, mine in sorted(by_seed.items()):
        cells = [str(seed)]
        for tool in tools:
            cell = str(proof(mine[tool])) if tool in mine else "–"
            if tool != OPTPLAN and {OPTPLAN, tool} <= mine.keys():
                cell += f" ({ratio(proof(mine[OPTPLAN]), proof(mine[tool]))})"
            cells.append(cell)
        rows.append(cells)
    head = ["seed", *(TITLES[tool] for tool in tools)]
    return "Time to proof in seconds, and in brackets optplan's over it:\n\n" + table(head, rows)


def _values(by_seed: dict[int, dict[str, Run]], model: DecisionModel) -> str:
    findings = [
        finding
        for mine in by_seed.values()
        for tool, run in mine.items()
        if tool in RIVALS and OPTPLAN in mine
        for finding in compared(mine[OPTPLAN], run, model)
    ]
    broken = sum(run.violation is not None and run.violation > BROKEN for mine in by_seed.values() for run in mine.values())
    count = {
        verdict: sum(one.verdict == verdict for one in findings)
        for verdict in ("agrees", "looser", "unproven", "worse", "impossible")
    }
    text = (
        f"Values: {len(findings)} compared criterion by criterion; {count['agrees']} of optplan's are no worse than the rival's"
    )
    text += " at the tolerance of the model (and contradict no bound)"
    text += f"; {count['looser']} where the rival gave up some of an earlier criterion, within its tolerance" * (
        count["looser"] > 0
    )
    text += f"; {count['unproven']} where optplan was stopped by its limit" * (count["unproven"] > 0)
    text += f"; {broken} plans left out because they break a rule by over ten yuan once rounded" * (broken > 0)
    text += f". **Worse: {count['worse']}. Contradicted by a bound: {count['impossible']}.**\n"
    wrong = [one for one in findings if one.verdict in {"worse", "impossible"}]
    rows = [[str(f.seed), f.criterion, TITLES[f.rival], f"{f.ours:.9g}", f"{f.theirs:.9g}", f.verdict] for f in wrong]
    return text + ("\n" + table(["seed", "criterion", "rival", "optplan", "rival's", "what"], rows) if rows else "")


def _floor(by_seed: dict[int, dict[str, Run]], model: DecisionModel) -> str | None:
    pairs = [(seed, mine[OPTPLAN], mine[FLOOR]) for seed, mine in sorted(by_seed.items()) if {OPTPLAN, FLOOR} <= mine.keys()]
    if not pairs:
        return None
    last, rows, ratios = model.criteria[-1].name, list[list[str]](), []
    for seed, ours, floor in pairs:
        seconds = ours.levels[-1]["seconds"]
        lower = proof(floor)
        agreed = bool(floor.levels) and floor.levels[-1]["bound"] <= ours.levels[-1]["value"] * (1 + ARITHMETIC)
        over = ratio(Time(seconds), lower)
        ratios.append(over)
        rows.append([str(seed), figure(seconds), str(lower), str(over), "yes" if agreed else "no"])
    text = (
        f"The floor: HiGHS alone on the matrix that optplan builds for `{last}`, the criteria before it held at optplan's values,"
    )
    text += f" without a start. optplan's time for that level over it: {spread(ratios)}.\n\n"
    return text + table(["seed", "optplan, s", "HiGHS alone, s", "ratio", "bounds agree"], rows)
