"""The steps of a paper's record, each with what it finds out; written whole or not at all (`kernel.record.Change`)."""

from datetime import datetime
from typing import Self

from chalicelib.contracts.digitisation import Conversion
from chalicelib.digitisation.paper import FileVersion, Paper, SignedCopy, Step
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.kernel.record import Change


class PaperChange(Change):
    """One change of a paper, under the version that was read; a paper that nobody wrote yet is made by it."""

    def __init__(self, paper: Paper, now: datetime) -> None:
        super().__init__(MESSAGES_TABLE(), paper, now)

    def ordered(self, officer: str, signed_with: str) -> Self:
        """The officer ordered their signature: the copy leaves the list of those that wait."""
        return self._step("signature_ordered").put(officer=officer, signed_with=signed_with).take_off("wl_pk", "wl_sk")

    def read(self, signed_copy: SignedCopy, reading: FileVersion, code: str, mark_text: str, converted_at: str) -> Self:
        """The signed copy was read, and the data message waits for the agency's signature."""
        return self._step("stored").put(
            signed_copy=signed_copy,
            reading=reading,
            digitised_code=code,
            mark_text=mark_text,
            converted_at=converted_at,
        )

    def converted(self, conversion: Conversion) -> Self:
        """The data message is signed."""
        return self._step("converted").put(conversion=conversion)

    def _step(self, step: Step) -> Self:
        return self.put(step=step)
