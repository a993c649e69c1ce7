"""The shell: a thin skin of commands over the same functions that Python and the page use."""
