"""``python -m optplan.web.serving run …``: Streamlit's own command, with the first page made ready before anybody visits.

Otherwise the first visitor would wait for everything to be loaded, which takes longer than drawing the page does.
"""

from __future__ import annotations

import gc
import logging

from streamlit.web import cli

from optplan.language import LANGUAGES, speaking
from optplan.tables.findings import InputError
from optplan.web.browsers import mark_browsers
from optplan.web.timers import tame_timers
from optplan.web.uploads import guard_uploads


def make_ready() -> None:
    """Load what the overview is made of, lay out the result that ships, and begin to see after what a former server left."""
    from optplan.charts import money_by_year
    from optplan.office import server_queue
    from optplan.web import page
    from optplan.web.cache import plans, results
    from optplan.web.desk import store
    from optplan.web.overview import page as overview

    log = logging.getLogger("optplan.web")
    try:
        store()
    except InputError as problem:
        log.warning("%s", problem)  # visitors are told in their language
    server_queue(ahead=True)
    for plan in plans.shipped_plans().values():
        result = plans.shipped_result(plan)
        for language in LANGUAGES if result is not None else ():
            with speaking(language):
                assert result is not None
                results.figures_of(result)
                results.key_points_of(result)
                money_by_year(results.summary_of(result)).to_dict()
    log.debug("%s and %s are ready", page.__name__, overview.__name__)
    # whenever Python looks for garbage it would look at all this as well, half a second each time
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it warns that nobody visits yet
    tame_timers()
    make_ready()
    guard_uploads()
    mark_browsers()
    logging.getLogger("streamlit").setLevel(logging.INFO)
    cli.main(prog_name="streamlit")
