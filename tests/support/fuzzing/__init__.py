"""Looks for what makes the verifier crash, hang, or accept what nobody issued. `python3 dev.py fuzz`."""
