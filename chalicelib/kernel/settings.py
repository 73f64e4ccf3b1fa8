"""Typed settings, read when asked for, never at import; boot refuses what is unsafe outside a developer's machine."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Final

LOCAL = "local"
SECRET_BYTES = 32


class SettingMissing(RuntimeError):
    """A function was started without a setting it needs."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the setting {name} is missing: set it in the environment of this function")


class UnsafeSetting(RuntimeError):
    """A setting that only a developer's machine may have."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A declared setting: its name in the environment, what it is, and what makes it unsafe in a deployed stage.

    `unsafe` gets the value and says why a deployed stage may not have it, or nothing.
    """

    name: str
    about: str
    unsafe: Callable[[str], str] = lambda _: ""
    least: int = 1

    def __call__(self) -> str:
        """The value in this process. Raises SettingMissing, also for one that the function does not declare."""
        allowed = _ALLOWED.get()
        value = os.environ.get(self.name, "")
        if not value or (allowed is not None and self.name not in allowed):
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
    """While a function runs it may ask for what it declares, and for the stage; none declared means no limit."""
    names = frozenset(each.name for each in needs) | {STAGE.name} if needs else None
    token = _ALLOWED.set(names)
    try:
        yield
    finally:
        _ALLOWED.reset(token)


STAGE: Final = setting("MOTCUA_STAGE", "`local`, or the name of a deployed stage.")
SECRET: Final = setting(
    "MOTCUA_SECRET",
    "Key of keyed hashes and encrypted text; at least 32 characters, random per installation.",
    unsafe=lambda value: "a local secret cannot be used in a deployed stage" if value.startswith("local-") else "",
    least=SECRET_BYTES,
)


@dataclass(frozen=True)
class Settings:
    """What a function may ask of its environment. A missing value raises SettingMissing at its first use."""

    def _need(self, name: str) -> str:
        value = os.environ.get(name, "")
        if not value:
            raise SettingMissing(name)
        return value

    @property
    def stage(self) -> str:
        """`local`, or the name of a deployed stage."""
        return self._need("MOTCUA_STAGE")

    @property
    def dossiers_table(self) -> str:
        """Table of drafts, dossiers, tasks and legs."""
        return self._need("MOTCUA_DOSSIERS_TABLE")

    @property
    def messages_table(self) -> str:
        """Table of copies, conversions and signed data messages."""
        return self._need("MOTCUA_MESSAGES_TABLE")

    @property
    def vaults_table(self) -> str:
        """Table of the vaults of persons and organisations."""
        return self._need("MOTCUA_VAULTS_TABLE")

    @property
    def catalogue_table(self) -> str:
        """Table of published procedures."""
        return self._need("MOTCUA_CATALOGUE_TABLE")

    @property
    def intake_bucket(self) -> str:
        """Quarantine bucket of uploads and drops."""
        return self._need("MOTCUA_INTAKE_BUCKET")

    @property
    def messages_bucket(self) -> str:
        """Bucket of copies, data messages, receipts and results."""
        return self._need("MOTCUA_MESSAGES_BUCKET")

    @property
    def exports_bucket(self) -> str:
        """Bucket of the catalogue's lists and open data."""
        return self._need("MOTCUA_EXPORTS_BUCKET")

    @property
    def bus(self) -> str:
        """Name of the event bus."""
        return self._need("MOTCUA_BUS")

    @property
    def one_stop_machine(self) -> str:
        """ARN of the one-stop state machine."""
        return self._need("MOTCUA_ONE_STOP_MACHINE")

    @property
    def issuer(self) -> str:
        """OIDC issuer whose tokens are accepted."""
        return self._need("MOTCUA_ISSUER")

    @property
    def audience(self) -> str:
        """Audience a token must name."""
        return self._need("MOTCUA_AUDIENCE")

    @property
    def jwks_url(self) -> str:
        """Where the issuer publishes its keys."""
        return self._need("MOTCUA_JWKS_URL")

    @property
    def secret(self) -> str:
        """Key of keyed hashes and encrypted text; at least 32 characters, random per installation."""
        value = self._need("MOTCUA_SECRET")
        if len(value) < SECRET_BYTES:
            raise UnsafeSetting("MOTCUA_SECRET must have at least 32 characters")
        return value

    @property
    def keys_folder(self) -> str:
        """Folder of local signing keys; only the local stage has one."""
        return self._need("MOTCUA_KEYS_FOLDER")

    @property
    def timestamp_url(self) -> str:
        """Timestamp authority (RFC 3161) of a deployed stage."""
        return self._need("MOTCUA_TIMESTAMP_URL")

    @property
    def public_url(self) -> str:
        """Base address that stands on papers and in QR codes."""
        return self._need("MOTCUA_PUBLIC_URL")

    def refuse_unsafe(self) -> None:
        """Raise UnsafeSetting when a deployed stage carries what belongs to a developer's machine."""
        if self.stage == LOCAL:
            return
        if os.environ.get("MOTCUA_KEYS_FOLDER"):
            raise UnsafeSetting("MOTCUA_KEYS_FOLDER: signing keys in files are for the local stage only")
        for name in ("MOTCUA_ISSUER", "MOTCUA_JWKS_URL"):
            value = os.environ.get(name, "")
            if value and not value.startswith("https://"):
                raise UnsafeSetting(f"{name}: the local issuer (or any without https) is for the local stage only")
        if "MOTCUA_SECRET" in os.environ and self.secret.startswith("local-"):
            raise UnsafeSetting("MOTCUA_SECRET: a local secret cannot be used in a deployed stage")


@cache
def boot() -> None:
    """Refuse, once per process, to work with unsafe settings; every kind of function calls it. Raises UnsafeSetting."""
    settings().refuse_unsafe()


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
