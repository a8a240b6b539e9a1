"""Questions to a store, a file for each thing that is asked about."""
