"""What a station does, without a window: the desk's decisions joined to the store. The window and the command line
both stand on it. Everything here runs on the thread that owns the store.
"""
