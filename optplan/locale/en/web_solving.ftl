title = Solve
to-come = This page is being prepared.
