"""The steps that lead from each released schema to the present one."""

HEAD = "0001"
"""The newest step. Kept here as well, so that opening an up-to-date store need not load the migration machinery."""
