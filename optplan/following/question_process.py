"""The process that answers questions one after another: ``python -m optplan.following.question_process``.

It reads pickled (tables, criterion, seconds) from standard input and writes the document of each sealed answer to standard
output. Whoever asks stays free of the solver, and of what HiGHS prints.
"""

from __future__ import annotations

import os
import pickle
import sys

from optplan.following.questions import model_of
from optplan.plan import Plan
from optplan.solving.session import Session


def main() -> None:
    """Answer until there are no more questions."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # HiGHS greets on standard output, which is where the answers go
    sessions: dict[str, Session] = {}
    while True:
        try:
            tables, criterion, seconds = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        session = sessions.setdefault(criterion, Session(model_of(criterion)))
        result = session.ask(Plan(tables), time_limit=seconds)
        pickle.dump(result.document, answers)
        answers.flush()


if __name__ == "__main__":
    main()
