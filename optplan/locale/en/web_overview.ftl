title = Overview
to-come = This page is being prepared.
