"""A measured process: makes the plan, then lets one contender solve it. Its parent is :mod:`benchmarks.measuring`."""

from __future__ import annotations

import json
import sys

from benchmarks.contenders import run_contender
from benchmarks.records import FAILED, REFUSED
from benchmarks.rivals.rival import Refused
from benchmarks.subjects import plan_of, reference_of, subject_from
from benchmarks.telling import Teller
from optplan.decision_model import read_model


def main() -> None:
    """Entry point; the job is the only argument, as JSON."""
    teller = Teller()
    job = json.loads(sys.argv[1])
    subject, model = subject_from(job["subject"]), read_model(job["model"])
    plan = plan_of(subject, job["seed"])
    try:
        reference = reference_of(subject) if model.needs_reference else None
        run_contender(job["tool"], plan, model, reference, job["limit"], job["values"], teller)
    except Refused as problem:
        teller.say(end=REFUSED, fault=str(problem))
    except Exception as problem:
        teller.say(end=FAILED, fault=f"{type(problem).__name__}: {problem}"[:300])
        raise


if __name__ == "__main__":
    main()
