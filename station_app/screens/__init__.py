"""The pages of the window. Each folder has `state.py` (what is shown, decided already, free of Qt) and
`screen.py` (renders it, sends intents).

No screen knows the store, the exchange or a worker. A screen offers `show_state(state)`,
`set_language(language)` and Qt Signals.
"""
