"""What goes wrong on one page is told there in words; the rest of the page, other pages and other visitors go on."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from optplan.tables.findings import InputError
from optplan.web.words import plain, words_of

say = words_of("web")
log = logging.getLogger("optplan.web")
MOST_SHOWN = 20


@contextmanager
def guarded() -> Iterator[None]:
    """Show what is wrong with an input, or that the program failed, instead of the rest of the block.

    A fault of the program goes into the server's log under a number that the visitor can quote.
    """
    try:
        yield
    except InputError as problem:
        show_findings(problem)
    except Exception:
        number = secrets.token_hex(3).upper()
        log.exception("fault %s", number)
        st.error(say("fault", number=number))


def show_findings(problem: InputError) -> None:
    """The findings of a problem, in words."""
    st.error("\n\n".join(plain(finding.message()) for finding in problem.findings[:MOST_SHOWN]))
    if len(problem.findings) > MOST_SHOWN:
        st.caption(say("more-findings", number=len(problem.findings) - MOST_SHOWN))
