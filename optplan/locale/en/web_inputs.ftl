title = Inputs
to-come = This page is being prepared.
