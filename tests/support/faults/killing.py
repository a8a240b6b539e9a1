"""Placeholder"""
from support.faults.history import Outcome
def run_killing(seed: int) -> Outcome:
    raise NotImplementedError
