"""What was asked before becomes the draft on the desk."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from optplan.editing import Draft
from optplan.office import Copied
from optplan.web.desk import Desk
from optplan.web.drafts import keep_draft


def put_on_desk(desk: Desk, copied: Copied) -> NoReturn:
    """Make it the draft, in the place of the one that is there, and go to where it can be changed."""
    desk.plan = copied.plan
    desk.changes = copied.changes
    desk.scenario_name = copied.name
    st.session_state["solving.reason"] = copied.reason
    keep_draft(desk, Draft(copied.changes))
    st.switch_page(desk.pages["inputs"])
