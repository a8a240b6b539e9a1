"""Reading codes: from cameras, pictures, folders and videos, and from USB scanners that type.

Only `wedge_filter` knows Qt, and nothing here imports it, so that the command line and tests read codes
without a window. A later engine is one file that satisfies `engines.Engine`; a later trick is one `Rung` in
`ladder`.
"""
