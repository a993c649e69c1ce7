"""One page of the web page, drawn without a browser."""

from streamlit.testing.v1 import AppTest

SCRIPT = """
from optplan.web.desk import Desk
from optplan.web.{room} import page

desk = Desk()
with desk.speaking():
    page.show(desk)
"""


def page_of(room: str, *, patience: float) -> AppTest:
    """The page of a room of ``optplan/web``, not yet drawn; each time it may take ``patience`` seconds."""
    return AppTest.from_string(SCRIPT.format(room=room), default_timeout=patience)
