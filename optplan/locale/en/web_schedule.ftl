title = Schedule
to-come = This page is being prepared.
