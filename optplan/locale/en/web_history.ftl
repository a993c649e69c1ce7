title = History
to-come = This page is being prepared.
