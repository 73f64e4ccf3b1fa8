"""The steps of a paper's record, each with what it finds out; written whole or not at all (`kernel.record.Change`)."""

from datetime import datetime
from typing import Self

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.paper import REVIEW, Paper, Rejection, ReviewClaim, Secrecy, Step, TakenBack
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.dossier.hands import Hand
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change


class PaperChange(Change):
    """One change of a paper, under the version that was read; a paper that nobody wrote yet is made by it."""

    head: Paper

    def __init__(self, paper: Paper, now: datetime) -> None:
        super().__init__(MESSAGES_TABLE(), paper, now)

    def order(self, order: SignatureOrdered, *, actor: str = "") -> Self:
        """The signature is ordered; the paper remembers by which event, so that an older order's end is not taken
        for this one's.
        """
        return self.put(order_event=self.next_event).tell(order, actor=actor)

    def ordered(self, officer: str, signed_with: str, by: Hand | None = None) -> Self:
        """The officer ordered their signature: the copy leaves the list of those that wait. `by` of a result alone."""
        ordered = self._step("signature_ordered")
        return ordered.put(officer=officer, signed_with=signed_with, signed_by=by).taken_off()

    def ordered_again(self, signed_with: str) -> Self:
        """The agency's signature is ordered again."""
        return self.put(signed_with=signed_with).taken_off()

    def taken_off(self) -> Self:
        """The paper leaves the desk, and with it what had brought it back."""
        return self.take_off("wl_pk", "wl_sk", "taken_back")

    def rejected(self, rejection: Rejection) -> Self:
        """An officer rejected the paper."""
        return self._step("rejected").put(rejection=rejection).taken_off()

    def doubted(self, secrecy: Secrecy) -> Self:
        """An officer takes the paper for a secret one."""
        return self.put(secrecy=secrecy)

    def undoubted(self, doubters: tuple[Hand, ...]) -> Self:
        """Nobody takes it for a secret one any more; who did before is kept."""
        return self.take_off("secrecy").put(doubters=doubters)

    def sorted_as(self, code: str, reads_as: str) -> Self:
        """Which component it is, and how it is read."""
        return self.put(code=code, reads_as=reads_as)

    def exempt(self) -> Self:
        """The paper is exempt from digitisation after all."""
        return self._step("exempt").taken_off()

    def taken_back(self, step: Step, why: TakenBack, list_key: str) -> Self:
        """An order failed for good: the paper stands on the desk again, as before the order, with the reason."""
        return self._step(step).put(taken_back=why, wl_pk=list_key, wl_sk=f"{why.at}#{self.head.component}")

    def reviewing(self, after: Paper, left: int) -> Self:
        """The signed copy was read, and `left` values of it wait for an officer: the paper is on their list."""
        at = stamp(self.now)
        return (
            self._step("in_review")
            .take_off("taken_back")
            .put(
                signed_copy=after.signed_copy,
                reading=after.reading,
                pages_read=after.pages_read,
                digitised_code=after.digitised_code,
                agency_name=after.agency_name,
                left=left,
                kind=REVIEW,
                wl_pk=list_key(after.agency, REVIEW),
                wl_sk=f"{at}#{after.component}",
            )
        )

    def claimed(self, claim: ReviewClaim | None) -> Self:
        """Who takes care of the review from now on, or nobody."""
        self.take_off("released")
        return self.put(claim=claim) if claim else self.take_off("claim")

    def released(self, claim: ReviewClaim) -> Self:
        """Who had the review gave it back."""
        return self.take_off("claim").put(released=claim)

    def reviewed(self, left: int) -> Self:
        """So many values wait still; with the last one the paper leaves the list, and goes on."""
        self.put(left=left)
        return self if left else self._step("reviewed").take_off("wl_pk", "wl_sk", "claim")

    def read(self, after: Paper) -> Self:
        """The signed copy was read, and the data message waits for the agency's signature."""
        return (
            self._step("stored")
            .put(
                signed_copy=after.signed_copy,
                reading=after.reading,
                digitised_code=after.digitised_code,
                mark_text=after.mark_text,
                converted_at=after.converted_at,
                compared=after.compared,
                unsigned=after.unsigned,
                agency_name=after.agency_name,
                reviewed=after.reviewed or None,
                read_values=after.read_values,
            )
            .taken_off()
        )

    def converted(self) -> Self:
        """The data message is signed: the paper's log has the conversion, and so has the dossier's component."""
        return self._step("converted").taken_off().take_off("read_values")

    def _step(self, step: Step) -> Self:
        return self.put(step=step)
