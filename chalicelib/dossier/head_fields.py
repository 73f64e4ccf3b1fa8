"""Which fields of HEAD a change may set, and of which type each is."""

from typing import TypedDict

from chalicelib.dossier.hands import Hand
from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.marks import Above, ResultFault, TakenLine


class HeadFields(TypedDict, total=False):
    """The fields of HEAD that a change may set."""

    state: int
    mine_sk: str
    procedure_version: int
    form_version: int
    form_sha256: str
    submitted_at: str
    attempt: int
    dossier_code: str
    accepted_at: str
    due_at: str
    rule_pack: str
    approved_at: str
    decided_at: str
    number: str
    returned_at: str
    vault_document: str
    waits_for_preview: bool
    erased_at: str
    result_fault: ResultFault
    term_line: TakenLine
    back_to: int
    withdrawn_from: int
    withdrawing: tuple[str, ...]
    apology_owed_at: str
    corrected_by: tuple[str, ...]
    competent: str
    participants: tuple[str, ...]
    co_holders: tuple[CoHolder, ...]
    acting: Acting
    organ: str
    named: str
    above: tuple[Above, ...]
    waits_for: str
    has_originals: bool
    awaits: tuple[str, ...]
    paper_result: str
    paper_dropped_by: Hand
    paper_signed_by: Hand
