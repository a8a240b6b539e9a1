"""The locked kiosk: who are you, and your PIN.

Imports nothing heavy, since it is the first thing to appear.
"""
