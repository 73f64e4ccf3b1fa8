"""Typed settings, read when asked for, never at import; boot refuses what is unsafe outside a developer's machine."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final

LOCAL = "local"
NOBODY: Final = "none"
"""What stands for the portals of a stage that counts no callers."""
OTHERS: Final = "others"
"""The plan of every client that has none of its own."""
PLAN: Final = "motcua-portal-plan-"
"""How the keys of usage plans begin: API Gateway wants 20 characters. They are no secret, nobody sends them."""
OWN: Final = "yes"
"""How the gateway carries that a token is one of the stage's own clients; anything else, or nothing: it is not."""
SECRET_BYTES = 32


class SettingMissing(RuntimeError):
    """A function was started without a setting that it asks for, or asks for one that its `needs` do not name."""

    def __init__(self, name: str, *, undeclared: bool = False) -> None:
        if not undeclared:
            super().__init__(f"{name} is not set: set it in the environment of this function")
            return
        super().__init__(
            f"{name} is {'set' if os.environ.get(name) else 'not set'}, but not declared: add it to needs= of this"
            " function and to its environment in infra/stack/functions.py"
        )


class UnsafeSetting(RuntimeError):
    """A setting that only a developer's machine may have."""


class Setting:
    """A declared setting: its name in the environment, what it is, and what makes it unsafe in a deployed stage.

    `unsafe` gets the value and says why a deployed stage may not have it, or nothing.
    """

    __slots__ = ("about", "least", "name", "unsafe")

    def __init__(self, name: str, about: str, unsafe: Callable[[str], str] = lambda _: "", least: int = 1) -> None:
        self.name, self.about, self.unsafe, self.least = name, about, unsafe, least

    def __call__(self) -> str:
        """The value in this process. Raises SettingMissing, also for one that the function does not declare."""
        allowed = _ALLOWED.get()
        value = os.environ.get(self.name, "")
        if allowed is not None and self.name not in allowed:
            raise SettingMissing(self.name, undeclared=True)
        if not value:
            raise SettingMissing(self.name)
        if len(value) < self.least:
            raise UnsafeSetting(f"{self.name} must have at least {self.least} characters")
        return value


_ALLOWED: ContextVar[frozenset[str] | None] = ContextVar("settings of the running function", default=None)
DECLARED: dict[str, Setting] = {}
"""Every setting that the loaded rooms declare, by name."""


def setting(name: str, about: str, *, unsafe: Callable[[str], str] = lambda _: "", least: int = 1) -> Setting:
    """Declare a setting. Two rooms may declare the same one in the same words. Raises ValueError for other words."""
    made = Setting(name, about, unsafe, least)
    if DECLARED.setdefault(name, made).about != about:
        raise ValueError(f"two meanings of {name}")
    return DECLARED[name]


@contextmanager
def only(needs: Sequence[Setting]) -> Iterator[None]:
    """While a function runs it may ask for what it declares, and for the stage, and for nothing else."""
    token = _ALLOWED.set(frozenset(each.name for each in needs) | {STAGE.name})
    try:
        yield
    finally:
        _ALLOWED.reset(token)


STAGE: Final = setting("MOTCUA_STAGE", "`local`, or the name of a deployed stage.")
PUBLIC_URL: Final = setting(
    "MOTCUA_PUBLIC_URL",
    "Base address: it stands on papers, in QR codes and in the types of problems.",
)
SECRET: Final = setting(
    "MOTCUA_SECRET",
    "Key of keyed hashes, and of what earlier releases encrypted; at least 32 characters, random per installation.",
    unsafe=lambda value: "a local secret cannot be used in a deployed stage" if value.startswith("local-") else "",
    least=SECRET_BYTES,
)


def is_elsewhere() -> bool:
    """Whether the cloud is not AWS: botocore was told where it answers."""
    return bool(os.environ.get("AWS_ENDPOINT_URL"))


@cache
def boot() -> None:
    """Refuse, once per process, to work in a deployed stage with what belongs to a developer's machine.

    Every kind of function calls it. Raises UnsafeSetting, which names the setting and never shows its value.
    """
    if STAGE() == LOCAL:
        return
    for each in DECLARED.values():
        value = os.environ.get(each.name, "")
        if value and (why := each.unsafe(value)):
            raise UnsafeSetting(f"{each.name}: {why}")
        if value and len(value) < each.least:
            raise UnsafeSetting(f"{each.name} must have at least {each.least} characters")
