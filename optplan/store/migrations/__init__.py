"""How the tables of the store came to be, step by step (Alembic). A step that has shipped is never changed."""
