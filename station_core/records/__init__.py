"""What can be said in a journal: one class a kind of record, each with its body's fields.

A body is a CBOR map with text keys, or two of them (`station_core.journal.body`): the record's fields and ``s``, 16
random bytes of salt, so that a digest alone tells nothing about what was redacted. Fields that this version does not
know are left alone: the body keeps them.
"""
