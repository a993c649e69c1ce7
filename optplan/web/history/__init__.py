"""The page on which is read, opened, copied, approved and retired what was solved and asked."""
