bounds-are-the-solvers = The bounds are the word of the solver: that the plan keeps every rule, what it reaches, and what follows from the bounds was recomputed; that nothing better exists was not. “verify --proof” recomputes a bound without the solver, “replay” asks the solver again.
seal-of-version-1 = The seal is of an older version, which does not cover bounds, tolerances as listed, seconds, status and tools: of these only what follows from the rest was checked.
not-measured = Not recomputed, because no reference was given: { $criteria }.
