"""What was assumed: how many figures of each table, and on what ground."""

from __future__ import annotations

from collections import Counter
from typing import Any

from optplan.brief.words import say, shortened
from optplan.figures.figures import Figures
from optplan.figures.summary import Summary
from optplan.language.numbers import count, share
from optplan.tables.labels import table_label

MOST_TABLES = 6
LONGEST_GROUND = 70  # letters; the workbook has every ground in full


def assumptions_part(figures: Figures, summary: Summary) -> dict[str, Any]:
    """The tables with the most assumed rows, each with the ground most of them give."""
    tables = _tables(figures)
    shown = tables[:MOST_TABLES]
    left_out = sum(int(table["assumed"]) for table in tables[MOST_TABLES:])
    part = share(summary.assumptions / summary.rows) if summary.rows else share(0)
    note = "assumptions-note" if summary.assumptions else "assumptions-none"
    said = [say(note, number=summary.assumptions, rows=count(summary.rows), share=part)]
    if left_out:
        said.append(say("assumptions-more", number=left_out))
    return {"assumptions": shown, "assumptions_note": say("sentence-gap").join(said)}


def _tables(figures: Figures) -> list[dict[str, str]]:
    found = []
    for name in figures.tables:
        rows = figures.tables[name]
        assumed = [row for row in rows if row["basis"] == "assumption"]
        if name == "plan" or not assumed:
            continue
        grounds = Counter(figures.source_words(row) for row in assumed if row["source"])
        ground = grounds.most_common(1)[0][0] if grounds else say("no-ground")
        found.append(
            {
                "table": table_label(rows[0].table),
                "assumed": str(len(assumed)),
                "rows": str(len(rows)),
                "ground": shortened(ground, LONGEST_GROUND),
            }
        )
    return sorted(found, key=lambda line: -int(line["assumed"]))
