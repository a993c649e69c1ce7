"""The answer as data (model.md §5): the document, its file, the verdict on it, and what of it can be repeated byte for byte."""
