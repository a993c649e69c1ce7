"""The page of questions: why not, where money helps, what it takes, what is certain."""
