"""What the samples share: services, supervisors, a moment. All people are invented."""

from datetime import datetime

from station_app.screens.event.approval import Supervisor
from station_app.words import Name
from station_core.ids import MemberNo, OperatorId

HAIRCUT, PARCEL = Name("爱心理发", "Haircut"), Name("暖心礼包", "Care parcel")
CHECKUP, CLASS = Name("流动体检", "Health check"), Name("平安小课堂", "Road safety class")
DRIVER = Name("货车司机", "Truck driver")
SUPERVISORS = (Supervisor(OperatorId("s1"), "韩立群"), Supervisor(OperatorId("s2"), "罗敏"))
NOON = datetime(2026, 11, 24, 12, 6)  # noqa: DTZ001  (a screen shows local time)


def number(digits: int) -> MemberNo:
    return MemberNo(f"21010600{digits:04d}")
