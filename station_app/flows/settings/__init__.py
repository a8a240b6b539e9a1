"""The page of the settings: a file a section, and `flow`, which puts them together."""
