"""Mutants of the guards of papers, tasks and tokens: what one officer erased, kept, read unseen or sent elsewhere.

Each is what is wrong, where, what stands there exactly once, and what stands there instead; see `named.py`.
"""

from typing import Final

DESK: Final = "chalicelib/digitisation"
PAPERS: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "one officer erases a paper as secret",
        f"{DESK}/triage.py",
        "            if first is None or first.asked == asked:",
        "            if first is not None and first.asked == asked:",
    ),
    (
        "who said that a paper is secret confirms it",
        f"{DESK}/triage.py",
        "{each.officer for each in hands}, numbers, SecondForSecret()",
        "set(), (), SecondForSecret()",
    ),
    (
        "whoever was declined keeps a paper from being signed again",
        f"{DESK}/triage.py",
        "        doubters = (*paper.doubters, paper.secrecy.hand)\n",
        "        doubters = paper.doubters\n",
    ),
    (
        "a paper that somebody takes for secret is signed",
        f"{DESK}/desk.py",
        "        if paper.secrecy:\n            raise SecretProposed\n",
        "",
    ),
    (
        "a paper that somebody takes for secret is reviewed",
        f"{DESK}/reviews/service.py",
        "    if paper.secrecy:\n        raise SecretProposed\n",
        "",
    ),
    (
        "what is left of a secret paper is offered for reading",
        f"{DESK}/triage.py",
        "    return paper.rejection is not None and paper.rejection.code == SECRET_BY_LAW",
        '    return paper.rejection is not None and paper.rejection.code == ""',
    ),
    (
        "a review is read by taking it, and its person never learns of it",
        f"{DESK}/reviews/service.py",
        "        self.looks.note(paper, who, self.clock())\n        return self._seen(",
        "        return self._seen(",
    ),
    (
        "a review is kept by giving it back and taking it again",
        f"{DESK}/reviews/service.py",
        "            if paper.released and paper.released.officer == mine.officer:",
        "            if paper.released and paper.released.officer != mine.officer:",
    ),
    (
        "who answered a review has it since the time before",
        f"{DESK}/change.py",
        '        self.take_off("released")\n',
        "",
    ),
    (
        "an officer's paper finds their own dossier by its code",
        f"{DESK}/intake.py",
        "        if named and self.is_own(arrival, dossier):",
        "        if named and not arrival.by and self.is_own(arrival, dossier):",
    ),
    (
        "one of several papers finds the dossier of who scanned it",
        f"{DESK}/accepting.py",
        "        if self.is_own(arrival, dossier):\n            raise OWN_DOSSIER\n",
        "",
    ),
    (
        "a form for a scan names nobody who asked for it",
        f"{DESK}/scanning.py",
        'if who.kind == "OFFICER" else ""',
        'if who.kind != "OFFICER" else ""',
    ),
    (
        "a scan is sorted as another paper, and nobody is told",
        f"{DESK}/triage.py",
        "        change.tell(scan_added(paper.component, names_of(planned)",
        "        change.head or change.tell(scan_added(paper.component, names_of(planned)",
    ),
    (
        "a task is kept by giving it back and taking it again, and nobody is told",
        "chalicelib/onestop/unheld.py",
        "        if not _is_keeping(last, task.claim.officer):\n            return",
        "        if last:\n            return",
    ),
    (
        "who takes a task over has it since the colleague before",
        "chalicelib/onestop/unheld.py",
        " and heard(_Kept, row.data).officer == officer",
        "",
    ),
    (
        "a result is posted to a representative whose mandate ended",
        "chalicelib/delivery/service.py",
        "            if delivery.why == model.MANDATE_ENDED and delivery.sealed:",
        "            if delivery.why == model.MANDATE_ENDED and not delivery.sealed:",
    ),
    (
        "a portal that holds a person's token says where a result is brought",
        "chalicelib/kernel/access.py",
        '        "delivery.ask",\n        "petition',
        '        "petition',
    ),
    (
        "a portal that holds a person's token withdraws the complaint about it",
        "chalicelib/kernel/access.py",
        '        "petition.withdraw",\n',
        "",
    ),
    (
        "a portal that holds a person's token gives its employee a mandate",
        "chalicelib/kernel/access.py",
        '        "mandate.offer",\n',
        "",
    ),
    (
        "an officer hands a result to themselves under another name",
        "chalicelib/delivery/takers.py",
        "    require_other_taker(who, dossier.head, handing.number, now)\n",
        "",
    ),
    (
        "an officer gives an original back to themselves under another name",
        "chalicelib/onestop/originals/hands.py",
        "        require_other_taker(who, dossier.head, taker.number, now)\n",
        "",
    ),
    (
        "two corrections of one result are open at once",
        "chalicelib/onestop/changes/correction.py",
        "            if before := open_correction(self.acts.dossiers, dossier.head):",
        "            if before := None if dossier else open_correction(self.acts.dossiers, dossier.head):",
    ),
    (
        "an agency's own errors better its figures",
        "chalicelib/measures/cells.py",
        '    if m.corrects and timeliness(m) != "late":',
        '    if m.corrects and timeliness(m) == "never":',
    ),
    (
        "a task is kept by reading messages, and nobody is told",
        "chalicelib/onestop/unheld.py",
        "    if row.type == ThreadRead.type:\n        return True\n",
        "",
    ),
    (
        "whom the form names withdraws what was signed in the dossier",
        "chalicelib/messages/withdrawing.py",
        "*(people_of(dossier.head) if dossier else ())",
        "*(people_of(dossier.head) if not dossier else ())",
    ),
    (
        "who withdrew a result refuses the complaint about that",
        "chalicelib/messages/withdrawing.py",
        "                    officers=(recall.by, by),\n",
        "",
    ),
    (
        "whom a supplement names signs the scan that came before it",
        f"{DESK}/service.py",
        "        if supplemented.form_sha256:\n",
        "        if not supplemented.form_sha256:\n",
    ),
    (
        "who guesses by a public answer who filed a petition leaves no line",
        "chalicelib/identity/petitions/handling.py",
        "        if faults:\n            self.petitions.note_look(head, who, self.clock())\n",
        "        if faults:\n",
    ),
    (
        "an officer reads a page of a dossier, and its person never learns of it",
        "chalicelib/onestop/views.py",
        "        self.note_look(who, dossier.head, page)\n",
        "",
    ),
    (
        "an officer reads what was asked of a person, and they never learn of it",
        "chalicelib/onestop/supplement/answering.py",
        '            self.views.note_look(who, dossier.head, "supplement")\n',
        "            pass\n",
    ),
    (
        "one administrator changes the name by which a complaint finds an officer",
        "chalicelib/identity/staff/proposals.py",
        "    waits = None if by.officer == OPERATOR else NameProposal(",
        "    waits = None if by.officer else NameProposal(",
    ),
    (
        "who proposed another name of an officer confirms it",
        "chalicelib/identity/staff/proposals.py",
        "    if after.renaming and not _is_by(after.renaming, by):",
        "    if after.renaming:",
    ),
)
