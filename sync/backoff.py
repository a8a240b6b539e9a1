"""When to try again after an exchange that failed. Whoever presses the button does not wait."""

FIRST_S = 5.0
LONGEST_S = 15 * 60.0
JITTER = 0.25


def next_delay_s(failures: int, jitter: float) -> float:
    """Seconds until the next try after `failures` failures in a row; 0 where there was none.

    Doubles from 5 seconds to 15 minutes. `jitter` (0 to 1, at random) takes up to a quarter off, so that a thousand
    stations whose city comes back do not all knock in the same second.
    """
    if failures <= 0:
        return 0.0
    doublings = min(failures - 1, 16)
    return float(min(FIRST_S * 2**doublings, LONGEST_S)) * (1.0 - JITTER * jitter)
