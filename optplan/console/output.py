"""What a command shows: people's tables or one JSON document, and the exit code that scripts read (interface.md)."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from optplan.console.terminal import console, tell, write
from optplan.console.terminal import tables as show_tables
from optplan.figures.criteria import criterion_name
from optplan.language import text
from optplan.language.numbers import amount
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.comparison import Comparison
    from optplan.document.verdict import Verdict
    from optplan.repairs import EditVerdict
    from optplan.result import Result
    from optplan.tables.content import Tables

DONE, FAILED, INVALID, NO_PLAN, LIMIT_WITH_PLAN, RULE_BROKEN, LIMIT_WITHOUT_PLAN = range(7)
EXIT_CODES = {"optimal": DONE, "feasible": LIMIT_WITH_PLAN, "infeasible": NO_PLAN, "unknown": LIMIT_WITHOUT_PLAN}
STANDARD_FOLDER = Path("reports")
UNWRITABLE = {
    getattr(errno, name)
    for name in ("EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EISDIR", "ENOTDIR", "EFBIG", "EBUSY", "ENAMETOOLONG")
    if hasattr(errno, name)
}


class Output:
    """Where a command says things. As a context it turns every way of failing into words and an exit code."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.exit_code = DONE
        self._printed = False

    def __enter__(self) -> Output:
        return self

    def _say_what_is_lost(self) -> None:
        """Have a script know that what it reads is not all: standard output took no more, as on a full disk."""
        sys.stdout.flush()
        refused = getattr(sys.stdout, "refused", None)
        if refused is not None:
            tell(error("output-lost", Place("stdout"), reason=refused.strerror or refused).line())
            self.exit_code = self.exit_code or INVALID

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if problem is None:
            self._say_what_is_lost()
            sys.exit(self.exit_code)
        from optplan.document.sealed import SealBroken
        from optplan.result import Unsealed
        from optplan.search.process import SearchFailed

        match problem:
            case SealBroken():
                self.findings(problem.findings)
                findings = [finding.as_dict() for finding in problem.findings]
                self.document({**problem.verdict.as_dict(), "findings": findings})
                self.exit_code = RULE_BROKEN
            case InputError():
                self.findings(problem.findings)
                self.document({"findings": [finding.as_dict() for finding in _ordered(problem.findings)]})
                self.exit_code = INVALID
            case Unsealed():
                self._failure("unsealed", "\n".join(violation.message() for violation in problem.violations))
            case SearchFailed():
                self._failure("search-failed", problem.log)
            case OSError():
                place = Place(str(problem.filename or ""))
                code = "file-unwritable" if problem.errno in UNWRITABLE else "system-refused"
                self.findings([finding := error(code, place, reason=problem.strerror or problem)])
                self.document({"findings": [finding.as_dict()]})
                self.exit_code = INVALID
            case KeyboardInterrupt():
                self.exit_code = 130
            case _:
                return  # click's own exits, and faults of ours that should be reported as they are
        sys.exit(self.exit_code)

    def _failure(self, name: str, detail: str) -> None:
        write(text("cli", name), *detail.splitlines(), to=sys.stderr)
        self.document({"failure": name, "detail": detail})
        self.exit_code = FAILED

    def findings(self, findings: Iterable[Finding]) -> None:
        """Every finding on a line of its own, errors before warnings."""
        for finding in _ordered(findings):
            if not self.as_json:
                write(finding.line())

    def document(self, document: Mapping[str, Any]) -> None:
        """The one JSON document, if JSON was asked for."""
        if self.as_json and not self._printed:
            self._printed = True
            sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")

    def line(self, name: str, **values: Any) -> None:
        """A sentence of the catalogue."""
        if not self.as_json:
            write(text("cli", name, None, **values))

    def lines(self, words: Iterable[str]) -> None:
        """Sentences that are words already, one on a line."""
        if not self.as_json:
            write(*words)

    def result(self, result: Result) -> None:
        """A result in tables: how good it is, what it delivers, who pays, what falls short."""
        if not self.as_json:
            from optplan.console.report import show_result

            show_result(result, console())

    def verdict(self, verdict: Verdict) -> None:
        """What the exact check found."""
        if not self.as_json:
            for violation in verdict.violations:
                write(violation.message())
            self.line("verify-passed" if verdict.ok else "verify-refused", number=len(verdict.violations))
            self.lines(note.message() for note in verdict.notes)

    def edit_verdict(self, verdict: EditVerdict, tables: Tables) -> None:
        """What the exact check found in an edited workbook, by cell; what it costs, and how far it is from the best."""
        if not self.as_json:
            from optplan.console.report import show_standings

            self.lines(verdict.messages())
            self.findings(verdict.findings)
            self.line("verify-edit-cost", cost=amount(verdict.cost), currency=currency_name(tables))
            show_standings(verdict.standings, tables, console())
            for standing in verdict.refuted:
                self.line(
                    "verify-refuted",
                    criterion=criterion_name(standing.name),
                    value=f"{standing.value:,.6f}",
                    bound=f"{standing.bound:,.6f}",
                )
            self.line("verify-passed" if verdict.ok else "verify-refused", number=verdict.problems)

    def comparison(self, comparison: Comparison) -> None:
        """The differences between results, a table for each kind."""
        self.tables(comparison.tables())

    def tables(self, tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> None:
        """Tables of (title, headers, rows)."""
        if not self.as_json:
            show_tables(tables, console())

    def written(self, result: Result, file: Path) -> tuple[Path, list[Finding]]:
        """Write a result that took its time to find; where ``file`` cannot be written any more, elsewhere, and that is said."""
        try:
            result.to_json(file)
        except OSError as problem:
            handle, name = tempfile.mkstemp(prefix=f"{file.stem}-", suffix=file.suffix)
            os.close(handle)
            result.to_json(name)
            reason = problem.strerror or problem
            return Path(name), [error("result-written-elsewhere", Place(str(file)), reason=reason, elsewhere=name)]
        return file, []

    def writable(self, file: Path | None, suffix: str = "") -> None:
        """Fail now, in words, rather than after the work, if ``file`` cannot be written."""
        if file is None:
            return
        if suffix and file.suffix.lower() != suffix:
            raise InputError([error("out-suffix", Place(str(file)), suffix=suffix)])
        if file.is_dir():
            raise InputError([error("out-is-folder", Place(str(file)))])
        file.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(file if file.exists() else file.parent, os.W_OK):
            raise InputError([error("file-unwritable", Place(str(file)), reason=text("cli", "no-permission"))])

    def writable_folder(self, folder: Path) -> None:
        """Fail if ``folder`` is a file, or holds something that is not ours to overwrite."""
        if folder.is_file():
            raise InputError([error("out-is-file", Place(str(folder)))])
        if folder.is_dir() and any(folder.iterdir()):
            raise InputError([error("out-not-empty", Place(str(folder)))])


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.severity)  # "error" comes before "warning"
