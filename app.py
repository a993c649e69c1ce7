"""`streamlit run app.py` opens the page."""

from optplan.web.page import show

show()
