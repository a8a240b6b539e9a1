"""How often a server looks for objects that refer to each other in circles."""

import gc

ALLOCATIONS = 50_000


def look_for_cycles_rarely() -> None:
    """A batch becomes some hundred thousand objects that refer to each other in no circles and go with it. Looking
    through them, and through all that was loaded, every 700 allocations took a fifth of the time of taking them in.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS)
