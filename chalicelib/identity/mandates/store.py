"""Mandates: a record each, a row in the list of each side, and one item of claims a represented person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Final

from msgspec import structs

from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.mandates import MandateOffered
from chalicelib.contracts.stored import read, written
from chalicelib.dossier import offered
from chalicelib.identity import listed
from chalicelib.identity.fence import State, account_open, switched
from chalicelib.identity.joined import numbers_of
from chalicelib.identity.mandates.model import (
    Claims,
    KeptEvidence,
    Known,
    ListedMandate,
    MandateHead,
    evidence_key,
    partition,
)
from chalicelib.identity.mandates.ports import Opening, Step
from chalicelib.identity.settings import BUCKET, TABLE
from chalicelib.kernel import allowances, aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import AccountLocked
from chalicelib.kernel.record import Change, Head
from chalicelib.ledger import door

CLAIMS: Final = "CLAIMS"
PLACE: Final = ("pk", "sk")
ACCOUNT: Final = "account"
_OF_RECORDS: Final = frozenset(field.name for field in structs.fields(Head))


def list_of(holder: str) -> str:
    """Where the list of somebody's mandates stands; `holder` is a keyed hash."""
    return f"MANDATES#{holder}"


def claims_of(represented: str) -> str:
    """Where the claims on a represented person stand."""
    return f"REPRESENTED#{represented}"


class MandateTable:
    """Mandates in DynamoDB."""

    def mandate(self, mandate: str) -> MandateHead | None:
        """The record of a mandate; None when there is none."""
        found = aws.get(TABLE(), partition(mandate), "HEAD")
        return read(MandateHead, found) if found else None

    def numbers(self, holder: str) -> tuple[str, ...]:
        """All numbers of a person by their present one, as keyed hashes."""
        return numbers_of(holder)

    def listed(
        self, numbers: Sequence[str], starts: Mapping[str, aws.Item], limit: int
    ) -> tuple[list[MandateHead], dict[str, aws.Item]]:
        """A page of the mandates under all numbers of somebody, the newest first, and where each list goes on.

        A call for each number, and one; nothing goes on after the last page.
        """
        found, goes_on, following = list[aws.Item](), False, dict(starts)
        for pk in map(list_of, numbers):
            rows, last = aws.page(TABLE(), "", "pk", pk, limit=limit, start=starts.get(pk), newest=True)
            found, goes_on = found + rows, goes_on or last is not None
        page = sorted(found, key=itemgetter(PLACE[1]), reverse=True)[:limit]
        following |= {row[PLACE[0]]: {name: row[name] for name in PLACE} for row in page}
        names = list(dict.fromkeys(read(ListedMandate, row).mandate for row in page))
        heads = (read(MandateHead, item) for item in aws.many(TABLE(), [(partition(name), "HEAD") for name in names]))
        known = {head.id: head for head in heads}
        is_more = goes_on or len(found) > len(page)
        return [known[name] for name in names if name in known], following if is_more else {}

    def published(self, procedures: Sequence[str]) -> frozenset[str]:
        """Those of some procedures that the catalogue has, as the dossiers' room was told."""
        return offered.published_among(procedures)

    def claims(self, represented: str) -> Claims:
        """Everybody who represents a person by a mandate."""
        found = aws.get(TABLE(), claims_of(represented), CLAIMS)
        return read(Claims, found) if found else Claims()

    def write(
        self,
        step: Step,
        now: datetime,
        *,
        claims: Claims | None = None,
        joined: Sequence[Step] = (),
        evidence: KeptEvidence | None = None,
    ) -> None:
        """A change of a mandate with its event, fence, claims and file, and what changes with it, all or nothing.

        An organisation that does it has an open account; an offer counts among those of the day of whoever makes it.
        Raises aws.Lost ("head", "claims head", "0 head"), aws.WriteContended, AccountLocked, DayLimitReached.
        """
        change = _change(step, now)
        if claims is not None:
            change.also("claims head", _claimed(step.after.represented.holder, claims))
        if evidence is not None:
            pk, sk = evidence_key(step.after.id, evidence.terms)
            change.also("evidence", aws.put(TABLE(), {"pk": pk, "sk": sk, **written(evidence)}))
        for number, other in enumerate(joined):
            change.join(str(number), _change(other, now))
        try:
            change.write()
        except aws.Lost as lost:
            if ACCOUNT in lost:
                raise AccountLocked from lost
            allowances.require(lost, "mandate", now)
            raise

    def hand_out(self, kept: KeptEvidence, filename: str, opening: Opening, who: Principal, now: datetime) -> str:
        """A link to the very version that was held against the terms; the ledger of the represented says so."""
        file = door.File(
            owner=opening.owner,
            document=opening.document,
            reference=opening.reference,
            bucket=BUCKET(),
            key=kept.key,
            version_id=kept.version_id,
            sha256=kept.sha256,
            media_type=kept.media_type,
            filename=filename,
            min_level=opening.min_level,
            by_owner=opening.by_owner,
            ground=opening.ground,
        )
        return door.hand_out(file, who, "mandates", now)


def _change(step: Step, now: datetime) -> Change:
    before, after = step.before, step.after
    # What hearers keep is the newest: no two changes of a mandate are of one moment.
    change = Change(TABLE(), before if before.version else after, max(now, moment(after.changed_at)))
    if before.version:
        new, old = structs.asdict(after), structs.asdict(before)
        change.put(**{k: v for k, v in new.items() if k not in _OF_RECORDS and v is not None and v != old[k]})
        change.take_off(*(k for k, v in new.items() if v is None and old[k] is not None))
    else:
        sides = sorted({after.represented.holder, after.giver.holder, after.representative.holder})
        for number, holder in enumerate(sides):
            row = {"pk": list_of(holder), "sk": f"{stamp(now)}#{after.id}"}
            change.also(f"row {number}", aws.put_new(TABLE(), row | written(ListedMandate(mandate=after.id))))
    if organisation := _acts(step):
        change.also(ACCOUNT, account_open(organisation))
        listed.tie(change, _signed(step), organisation, now)
    if isinstance(step.event, MandateOffered) and (acting := _acting(step)):
        change.also(allowances.PART, allowances.counted(TABLE(), acting.holder, "mandate", now))
    if step.event:
        change.tell(step.event, actor=step.by or "register")
    if isinstance(step.event, RepresentationKept):
        change.also("fence", switched(after.id, _state(step.event)))
    return change


def _acting(step: Step) -> Known | None:
    """The side that makes a change; None where a register does."""
    after = step.after
    sides = {"represented": after.represented, "giver": after.giver, "representative": after.representative}
    return sides[step.by] if step.by else None


def _signed(step: Step) -> Iterator[str]:
    """The person (keyed hash) who offers terms by an organisation's account, or confirms them."""
    after = step.after
    if isinstance(step.event, MandateOffered) and after.waiting:
        yield after.waiting.signer
    if isinstance(step.event, RepresentationKept) and after.state == "active" and after.signer:
        yield after.signer


def _acts(step: Step) -> str:
    """The organisation (keyed hash) whose account makes a change; empty where a person does, or a register."""
    acting = _acting(step)
    return acting.holder if acting and acting.kind == "ORGANISATION" else ""


def _state(said: RepresentationKept) -> State:
    return State(is_active=said.state == "active", version=said.version, opens=said.opens, closes=said.closes)


def _claimed(represented: str, claims: Claims) -> aws.Op:
    """The claims as they are now, unless somebody changed them since they were read."""
    after = structs.replace(claims, version=claims.version + 1)
    pk = claims_of(represented)
    if not claims.version:
        return aws.put_new(TABLE(), {"pk": pk, "sk": CLAIMS, **written(after)})
    return aws.update(
        TABLE(),
        (pk, CLAIMS),
        put=written(after),
        condition="#v = :read",
        expect={"read": claims.version},
        reserved={"#v": "version"},
    )
