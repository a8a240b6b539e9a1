"""What can be wrong with a station's folder or keys that a person can do something about."""


class HomeError(Exception):
    """`code` is the key of its text (``home.<code>``); `params` fill it."""

    code = "unknown"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params


class NoStation(HomeError):
    """The folder holds no station."""

    code = "missing"


class StationExists(HomeError):
    """The folder holds a station already."""

    code = "exists"


class DamagedHome(HomeError):
    """A file of the folder cannot be understood."""

    code = "damaged"


class WrongPin(HomeError):
    code = "wrong_pin"


class NoDeviceKey(HomeError):
    """The store opens with a PIN only, or the device's key is gone."""

    code = "no_device_key"


class UnknownStaff(HomeError):
    code = "unknown_staff"


class StaffExists(HomeError):
    code = "staff_exists"


class WeakPin(HomeError):
    code = "weak_pin"


class NoBackup(HomeError):
    """There is no backup at that place, or not all of one."""

    code = "no_backup"


class OtherStation(HomeError):
    """The backup is another station's."""

    code = "other_station"


class StationLocked(HomeError):
    """The lease has run out: no PIN opens the store until the city is heard of, or its organiser's code is typed."""

    code = "locked"


class BadAnswer(HomeError):
    """What was typed is no such code: a character is wrong or missing."""

    code = "bad_answer"


class WrongAnswer(HomeError):
    """A well-formed code that belongs to another station or another challenge."""

    code = "wrong_answer"


class NotLocked(HomeError):
    """There is nothing to unlock."""

    code = "not_locked"
