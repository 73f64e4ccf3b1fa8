"""Whether a record fits: its log, HEAD, rows and files against each other, its anchor and what the outbox saw. Pure."""

import hmac
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from chalicelib.audit.model import Anchor, Chain, ChainHead, Found, KeptHead, Kind, Mark, Note, Pin, event_sk
from chalicelib.contracts.audit import Finding
from chalicelib.kernel.record import GENESIS, is_same_content, link
from chalicelib.kernel.traces import GONE as NO_MORE
from chalicelib.kernel.traces import MADE, UNREAD, WITH_LEGS, is_told_late, moves, row_of

DRAFT: Final = 0
"""The state of a draft, whose files go when it is abandoned."""
ENROLLED: Final = ("DUE",)
"""Rows that a release gives to records of the one before, without a change of theirs."""


def misfits(found: Found, anchor: Anchor | None, notes: Iterable[Note], kept: Iterable[KeptHead] = ()) -> list[Finding]:
    """What does not fit in a record itself, to its anchor, what the outbox saw and heads kept apart; each once."""
    kept, notes = tuple(kept), tuple(note for note in notes if note.number)
    if found.head is None and not (found.log or found.unreadable or found.traces or anchor or kept or notes):
        return []  # noted, and never written
    told_of = [
        *_in_log(found),
        *_beside_log(found),
        *(_said(Kind.ROW_CHANGED, sk) for sk in found.astray),
        *_against_anchor(found, anchor),
    ]
    told_of += [finding for note in notes for finding in _stands(found, note.number, note.digest)]
    told_of += [finding for head in kept for finding in _stands(found, head.seq, head.chain)]
    return list(dict.fromkeys(told_of))


def judged(
    chain: Chain,
    notes: Sequence[Note],
    anchor: Anchor | None,
    mac: Callable[[str, bytes], str],
    read: Callable[[Chain], Found],
    kept: Iterable[KeptHead] = (),
) -> tuple[Found, Anchor | None, list[Finding]]:
    """A record as it stands, its anchor if nobody forged it, and what does not fit.

    A query is no snapshot: what does not fit is read again until it does, or until HEAD and what does not fit stand
    still.
    """
    forged = list[Finding]()
    if anchor and not hmac.compare_digest(anchor.mac, mac(anchor.anchored_on, anchor.text())):
        forged, anchor = [_said(Kind.ANCHOR_FORGED, "ANCHOR")], None
    before = (-1, list[Finding]())
    while True:
        found = read(chain)
        findings = misfits(found, anchor, notes, kept)
        now = (found.head.version if found.head else 0, findings)
        if not findings or now == before:
            return found, anchor, forged + findings
        before = now


def public_key(found: Found) -> tuple[str, str] | None:
    """Where anybody is told of a signed paper by its look-up code; None of what is no such paper."""
    return (f"LOOKUP#{found.paper.lookup}", "PAPER") if found.paper else None


def unfit_public(found: Found, key: tuple[str, str], said: Mapping[str, Any] | None) -> Iterator[Finding]:
    """What anybody is told of a signed paper is what its record has, or a finding under the key of that row."""
    where, paper = "/".join(key), found.paper
    if said is None or paper is None:
        yield _said(Kind.ROW_MISSING, where)
        return
    earlier = [each.sha256 for each in paper.earlier]
    known = {**found.fields, "earlier": earlier, "pk": key[0], "sk": key[1]}
    known |= {"wl_pk": f"SHA256#{[*earlier, paper.sha256][0]}", "wl_sk": paper.message}
    is_same = all(known.get(name) == value for name, value in said.items() if name != "shape")
    if not is_same or not said.keys() >= {"message", "sha256"}:
        yield _said(Kind.ROW_CHANGED, where)


def unfit_code(key: tuple[str, str], row: Mapping[str, Any], said: Mapping[str, Any] | None) -> Iterator[Finding]:
    """The code of a dossier leads to it and says no more, or a finding under the key of that row."""
    where = "/".join(key)
    if said is None:
        yield _said(Kind.ROW_MISSING, where)
    elif (said.keys() ^ row.keys()) - {"shape"} or any(row[name] != said[name] for name in row if name != "shape"):
        yield _said(Kind.ROW_CHANGED, where)


def unfit_files(found: Found, sha256: Callable[[Pin], str | None]) -> Iterator[Finding]:
    """The files that the record names and that are not as it says; those of a draft may go."""
    is_draft = bool(found.head and found.head.state == DRAFT)
    for pin in dict.fromkeys(found.pins):
        stands = sha256(pin)
        if stands is None and not is_draft:
            yield _said(Kind.FILE_MISSING, pin.key)
        elif stands not in (None, pin.sha256):
            yield _said(Kind.FILE_CHANGED, pin.key)


def _in_log(found: Found) -> Iterator[Finding]:
    before, number = GENESIS, 0
    yield from (_said(Kind.ROW_CHANGED, sk) for sk in found.unreadable)
    for row in found.log:
        if row.number != number + 1 and not found.unreadable:
            yield _said(Kind.ROW_MISSING, event_sk(number + 1))
        elif row.prev != before and not found.unreadable:
            yield _said(Kind.CHAIN_REWRITTEN, event_sk(max(1, number)))
        if link(row.stored) != row.hash:
            yield _said(Kind.ROW_CHANGED if row.hash.strip("0") else Kind.HASH_ZEROED, row.sk)
        before, number = row.hash, row.number
    yield from _at_head(found, number, before)


def _at_head(found: Found, last: int, chain: str) -> Iterator[Finding]:
    if found.head is None:
        yield _said(Kind.HEAD_MISSING, "HEAD")
    elif found.head.seq != last and found.head.chain == chain:  # it has the end of the log, and another number
        yield _said(Kind.HEAD_CHANGED, "HEAD")
    elif found.head.seq > last:
        yield _said(Kind.ROW_MISSING, event_sk(last + 1))
    elif found.head.seq < last:
        yield _said(Kind.ROW_ADDED, event_sk(found.head.seq + 1))
    elif found.head.chain != chain or not _follows(found.head, found):
        yield _said(Kind.HEAD_CHANGED, "HEAD")


def _follows(head: ChainHead, found: Found) -> bool:
    """Whether HEAD is what the newest event made of it, or a change without one where there are such.

    Everywhere rows beside HEAD may change without an event: then it has another version, and the same content. An event
    of an earlier release says nothing of HEAD.
    """
    said = found.log[-1].head if found.log else None
    if head.unlogged is not None:
        is_its_own = found.is_silent or (said is not None and is_same_content(said, head.unlogged))
        return is_its_own and head.unlogged == found.digest
    if head.untold is not None:
        return False
    return said is None or said == found.digest


def _beside_log(found: Found) -> Iterator[Finding]:
    """Rows beside HEAD and log are as the newest trace of each says; of a release without traces nothing is said."""
    if found.is_silent or found.head is None:
        return
    said, whole = _traced(found)
    for place in sorted(said.keys() | found.traces.keys()):
        trace, digest, sk = said.get(place), found.traces.get(place), row_of(place)
        is_whole = whole is not None and (sk == place or whole == WITH_LEGS)
        if digest is None:
            if trace not in (None, NO_MORE):
                yield _said(Kind.ROW_MISSING, sk)
        elif (trace is None and is_whole) or trace == NO_MORE:
            if sk not in ENROLLED:
                yield _said(Kind.ROW_ADDED, sk)
        elif trace not in (None, UNREAD, digest) and sk not in found.loose:
            yield _said(Kind.ROW_CHANGED, sk)


def _traced(found: Found) -> tuple[Mapping[str, str], str | None]:
    """The newest trace of each row or part of a leg; what broke the log says nothing any more.

    And what the making of the record says of its traces: None where some rows have none.
    """
    said, before = dict[str, str](), 0
    whole: str | None = None
    for row in found.log:
        is_sound = row.number == before + 1 and link(row.stored) == row.hash
        before = row.number
        if not is_sound or (row.rows is None and row.head is not None):  # broken, or of the release before
            said, whole = {}, None
        if is_sound and row.rows is not None:
            said |= {sk: trace for sk, trace in row.rows.items() if sk != MADE}
            whole = row.rows.get(MADE, whole)
    late = (found.head.untold if found.head else None) or {}
    return said | {sk: trace for sk, trace in late.items() if is_told_late(sk)}, whole


def _against_anchor(found: Found, anchor: Anchor | None) -> Iterator[Finding]:
    if anchor is None:
        return
    yield from _stands(found, anchor.seq, anchor.chain)
    if found.head is None:
        return
    if found.head.version < anchor.version:
        yield _said(Kind.ROLLED_BACK, "HEAD")
        return
    now, then = (
        {sk: digest for sk, digest in _by_sk(marks).items() if not moves(sk)} for marks in (found.marks, anchor.marks)
    )
    if found.head.version == anchor.version:
        yield from _marks(now, then, found.loose)
    elif found.head.seq == anchor.seq and not found.is_silent:
        yield from _marks(_unmoved(now), _unmoved(then), found.loose)


def _stands(found: Found, number: int, digest: str) -> Iterator[Finding]:
    """An event that was seen with a hash is there with that hash."""
    row = next((row for row in found.log if row.number == number), None)
    if number and (row is None or row.hash != digest):
        yield _said(Kind.ROW_MISSING if row is None else Kind.CHAIN_REWRITTEN, event_sk(number))


def _marks(now: Mapping[str, str], then: Mapping[str, str], loose: Container[str]) -> Iterator[Finding]:
    """Nothing was written in between, so every row is as it was."""
    for sk in sorted(now.keys() | then.keys()):
        if sk not in now:
            yield _said(Kind.ROW_MISSING, sk)
        elif sk not in then:
            yield _said(Kind.ROW_ADDED, sk)
        elif now[sk] != then[sk] and sk not in loose:
            yield _said(Kind.HEAD_CHANGED if sk == "HEAD" else Kind.ROW_CHANGED, sk)


def _unmoved(marks: Mapping[str, str]) -> dict[str, str]:
    """Rows that are as they were while no event is told: HEAD, whose version went on, is held by its log."""
    return {sk: digest for sk, digest in marks.items() if sk != "HEAD" and not is_told_late(sk)}


def _by_sk(marks: tuple[Mark, ...]) -> dict[str, str]:
    return {mark.sk: mark.digest for mark in marks}


def _said(kind: Kind, where: str) -> Finding:
    return Finding(kind=kind.value, where=where)
