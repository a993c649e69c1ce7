"""The page: Streamlit over the same functions that the shell and Python use."""
