"""What goes wrong outside our code: a network that is down, a package that is not to be had."""


class Problem(Exception):
    """Says in one or two sentences what happened and what helps. dev.py prints it without a traceback."""
