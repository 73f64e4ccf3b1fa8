"""What the bill and the quotas take for given: figures that need an account of AWS, each with its reason."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from chalicelib.audit.service import AT_ONCE
from infra.cost.count import Struct, Work
from infra.stack.functions import FUNCTIONS

FILE: Final = Path(__file__).parent / "assumed.json"
MONTH_S: Final = 30 * 86400


class Wait(Struct, frozen=True, kw_only=True):
    """How long one call of a service takes, milliseconds."""

    ms: float
    why: str
    source: str


class Given(Struct, frozen=True, kw_only=True):
    """One figure."""

    value: float
    why: str
    source: str


class Assumed(Struct, frozen=True, kw_only=True):
    """All of them."""

    words: str
    call_ms: dict[str, Wait]
    full_processor_mb: Given
    arm_speed: Given
    bucket_key_share: Given
    table_key_minutes: Given
    traced_share: Given
    log_line_bytes: Given
    queue_polls_a_minute: Given
    sealing_processes: Given
    sealing_days: Given

    def wait_ms(self, call: str) -> float:
        """How long a call takes, by its service."""
        return self.call_ms.get(call.partition(".")[0], self.call_ms["other"]).ms

    def seconds(self, name: str, work: Work) -> float:
        """How long one invocation of a function takes at its memory: its share of a processor, and its waits."""
        if not work.invocations:
            return 0.0
        slower = max(1.0, self.full_processor_mb.value / FUNCTIONS[name].memory)
        waits = sum(number * self.wait_ms(call) for call, number in work.calls.items())
        return (work.cpu_ms / self.arm_speed.value * slower + waits) / 1000 / work.invocations

    def look_seconds(self, work: Work) -> float:
        """How long the sweep takes for these looks: many together, so their waits overlap and its processor is busy."""
        whole = self.seconds("audit_sweep", Work(invocations=1, cpu_ms=work.cpu_ms, calls=work.calls))
        return max(work.cpu_ms / 1000, whole / AT_ONCE)

    def gb_seconds(self, name: str, work: Work) -> float:
        """What Lambda charges for a function's work."""
        return self.gb_of(name, self.seconds(name, work) * work.invocations)

    def gb_of(self, name: str, seconds: float) -> float:
        """GB-seconds of so many seconds of a function."""
        return seconds * FUNCTIONS[name].memory / 1024


@cache
def assumed() -> Assumed:
    """The file. Raises OSError, msgspec.ValidationError."""
    return msgspec.json.decode(FILE.read_bytes(), type=Assumed)
