"""So many acts of a kind as one person may do in a day of Viet Nam: counted in the write that does them.

The counter is an item of that person, act and day in the table of what is written: nobody else counts there, nothing is
read for it, and a write that is lost counts nothing. How many is policy: no text was found that bounds it.
"""

from datetime import datetime, time, timedelta
from typing import Final, Literal, get_args

from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import DayLimitReached
from chalicelib.kernel.settings import setting

type Act = Literal["draft", "mandate", "own_upload", "petition"]
ACTS: Final[tuple[str, ...]] = get_args(Act.__value__)

PART: Final = "allowance"
"""The name of the counter among the parts of a change."""
KEPT: Final = timedelta(days=1)
"""For how long a day's counter is kept after its day."""


def _fault(text: str) -> str:
    said = dict(each.partition("=")[::2] for each in text.split(","))
    if set(said) == set(ACTS) and all(number.isdecimal() for number in said.values()):
        return ""
    return f"not a whole number for each of {', '.join(ACTS)}, such as {','.join(f'{act}=20' for act in ACTS)}"


LIMITS: Final = setting(
    "MOTCUA_DAY_LIMITS",
    "How often one person may do an act in a day of Viet Nam: `draft=100,mandate=20,own_upload=200,petition=20`.",
    unsafe=_fault,
)


def limit_of(act: Act) -> int:
    """How often one person may do an act in a day. Raises SettingMissing, ValueError for a setting of another form."""
    if fault := _fault(LIMITS()):
        raise ValueError(f"{LIMITS.name}: {fault}")
    return int(dict(each.partition("=")[::2] for each in LIMITS().split(","))[act])


def counted(table: str, holder: str, act: Act, now: datetime) -> aws.Op:
    """One more act of a person (a keyed hash) on this day; it is lost where they did as many as they may."""
    forget = int((_next_day(now) + KEPT).timestamp())
    day = now.astimezone(ZONE).date().isoformat()
    return {
        "Update": {
            "TableName": table,
            "Key": aws.packed({"pk": f"ALLOWANCE#{holder}#{day}", "sk": act}),
            "UpdateExpression": "ADD #0 :one SET #forget = :forget",
            "ConditionExpression": "(attribute_not_exists(#0) AND :most > :none) OR #0 < :most",
            "ExpressionAttributeNames": {"#0": "used", "#forget": "forget_at"},
            "ExpressionAttributeValues": aws.packed({":one": 1, ":most": limit_of(act), ":none": 0, ":forget": forget}),
        }
    }


def require(lost: aws.Lost, act: Act, now: datetime) -> None:
    """A transaction was lost for its allowance and nothing else. Raises DayLimitReached then."""
    if lost.parts == {PART}:
        rule = "acts_a_day"
        raise DayLimitReached(act=act, rule=rule, limit=limit_of(act), opens_at=_next_day(now).isoformat()) from lost


def _next_day(now: datetime) -> datetime:
    """The next midnight of Viet Nam."""
    day = now.astimezone(ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(0), ZONE)
