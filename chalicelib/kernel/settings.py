"""Typed settings, read when asked for, never at import; boot refuses what is unsafe outside a developer's machine."""

import os
from dataclasses import dataclass
from functools import cache

LOCAL = "local"
SECRET_BYTES = 32


class SettingMissing(RuntimeError):
    """A function was started without a setting it needs."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the setting {name} is missing: set it in the environment of this function")


class UnsafeSetting(RuntimeError):
    """A setting that only a developer's machine may have."""


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
        """Key of keyed hashes and sealed text; at least 32 characters, random per installation."""
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
