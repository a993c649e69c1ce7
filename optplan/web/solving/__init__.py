"""The page on which a question is asked, and on which its search is watched."""
