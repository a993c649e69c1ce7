"""Word documents: a template filled with what is said, made to fit its page, written as Word or as PDF."""
