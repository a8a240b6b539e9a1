"""The exchange by a file: what the other side lacks, sealed for it alone, and the receipt that comes back the same way.

The format stands in docs/bundle.md.
"""
