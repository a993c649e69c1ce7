"""What of a result a second search must give again, to the byte."""

from __future__ import annotations

import json
from typing import Any

from optplan.document.document import ResultDocument
from optplan.document.schema import SECTIONS

FORM = 2  # of the canonical bytes; counted up when they change, so that old and new are not compared
# How long a level took, and how far its bound had come when it ended: both depend on how fast the machine is. That the
# bound suffices is ``proven``, which is kept.
OF_THE_MACHINE = {"seconds", "bound", "gap"}
# Of the seal what the exact check found; its hash covers the bounds and the tools as well.
OF_THE_CHECK = ("criteria", "rules")
# The tools, and the tables as they were typed; what the tables mean goes in instead, whatever the order of their rows.
LEFT_OUT = {"made_with", "inputs", "proof", "signature"}


def canonical_bytes(result: ResultDocument) -> bytes:
    """The reproducible content of ``result``: the same question, asked again, gives the same bytes.

    Everything in a result file but elapsed times, bounds and gaps (how far the proof had got when it sufficed), the
    versions of the tools, and the hash over all of it; the plan's tables are in it with their rows in order.
    """
    document = {name: content for name, content in result.document.items() if name not in LEFT_OUT}
    document["criteria"] = [
        {name: figure for name, figure in level.items() if name not in OF_THE_MACHINE} for level in document["criteria"]
    ]
    # the balances, for one, stand in the order of the plan's rows, which means nothing
    listed = [section for section in SECTIONS if section != "criteria" and section in document]
    document.update({section: sorted(document[section], key=_plain) for section in listed})
    stamp = document["seal"]
    document["seal"] = None if stamp is None else {name: stamp.get(name) for name in OF_THE_CHECK}
    document["tables"] = result.tables().canonical
    # through JSON and back, so that a result in memory and one read from its file are written alike
    return _plain(json.loads(json.dumps(document, default=float))).encode("utf-8")


def _plain(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=float)
