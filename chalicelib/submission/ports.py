"""What the submission's use cases ask of the world; `store.py` answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.kernel.events import Fact
from chalicelib.submission.model import Draft

if TYPE_CHECKING:
    from chalicelib.forms.form import Form


class Drafts(Protocol):
    """Where drafts are kept."""

    def procedure(self, code: str, day: date) -> dict[str, Any] | None: ...
    def form(self, code: str, version: int) -> "Form": ...
    def agency(self, agency: str) -> dict[str, Any] | None: ...
    def used_key(self, holder: str, key: str) -> dict[str, Any] | None: ...
    def draft(self, reference: str) -> Draft | None: ...
    def event(self, reference: str, number: int) -> dict[str, Any]: ...
    def open(
        self,
        reference: str,
        head: Mapping[str, Any],
        plan: Mapping[str, Any],
        fact: Fact,
        key: tuple[str, str, str],
        now: datetime,
    ) -> None: ...
    def save_form(
        self, draft: Draft, form: Mapping[str, Any], put: Mapping[str, Any], fact: Fact, now: datetime
    ) -> None: ...
    def announce(self, draft: Draft, upload: Mapping[str, Any], fact: Fact, now: datetime) -> None: ...
    def arrived(self, key: str) -> bool: ...
    def presigned(self, key: str, media_type: str, max_bytes: int) -> dict[str, Any]: ...
    def submit(
        self,
        draft: Draft,
        put: Mapping[str, Any],
        fact: Fact,
        task: Mapping[str, Any],
        key: tuple[str, str, str],
        now: datetime,
    ) -> None: ...
