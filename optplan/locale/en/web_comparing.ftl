title = Compare
to-come = This page is being prepared.
