"""What can be wrong with a store that the person in front of it can do something about."""


class StoreError(Exception):
    """A known trouble of the environment. `code` is the key of its text (``store.<code>``)."""

    code = "unknown"


class NoStore(StoreError):
    """There is no store at that place, and none is made by opening."""

    code = "missing"


class WrongKeyOrDamaged(StoreError):
    """The file cannot be read with this key: it is another store's key, or the file's beginning is damaged."""

    code = "wrong_key_or_damaged"


class DamagedStore(StoreError):
    """The key fits, but pages of the file are damaged."""

    code = "damaged"


class NewerStore(StoreError):
    """The store was written by a newer version of the product."""

    code = "newer"


class StoreBusy(StoreError):
    """Another process holds the store for writing."""

    code = "busy"


class DiskFull(StoreError):
    """There is no room for what was to be written; nothing of it was."""

    code = "disk_full"


class NoAccess(StoreError):
    """The file or its folder may not be read or written: another owner, or a disk mounted read-only."""

    code = "no_access"


class WriterIsRevoked(StoreError):
    """The city has taken this device out of service: what it would write now would count nowhere; nothing was."""

    code = "revoked"


class StoreUnreachable(StoreError):
    """The database server does not answer."""

    code = "unreachable"


class BadAddress(StoreError):
    """What was given as a database's address is none, or names a kind of database that is not supported."""

    code = "bad_address"
