"""Between screens and station: what staff want goes to the store's thread, what comes back is shown.

A flow a page. A flow keeps what its page shows, knows the screen's signals and the station's functions, and tells the
others through `Broadcast` when something has changed.
"""
