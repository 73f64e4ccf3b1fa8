"""Who changes an agency's staff: an administrator behind a request, or who operates the service. Pure."""

import hashlib
from dataclasses import dataclass

from chalicelib.dossier.second_person import Doer, judge
from chalicelib.identity.refusals import SamePerson
from chalicelib.identity.staff.model import OPERATOR, Hand, Officer
from chalicelib.identity.staff.proposals import pends
from chalicelib.kernel.access import ADMINISTRATOR, Principal
from chalicelib.kernel.ids import digest, keyed_hash
from chalicelib.kernel.problem import SecondUnknown


@dataclass(frozen=True, slots=True)
class By:
    """Who changes an agency's staff: its administrator (keyed hash), or who operates the service.

    `key` and `body` are digests of a request under an Idempotency-Key. `absent` is the administrator (keyed hash) whose
    deputy they are, empty who is one themselves. `numbers` are the keyed hashes of their personal number.
    """

    agency: str
    officer: str
    key: str = ""
    body: str = ""
    absent: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def hand(self) -> Hand:
        """The same as somebody who proposes or confirms."""
        return Hand(officer=self.officer, numbers=self.numbers)


def officer_hash(subject: str) -> str:
    """What stands for an officer in keys, fences and logs: the same as in the tasks of dossiers."""
    return keyed_hash("officer", subject)


def by(who: Principal, key: str = "", raw: bytes = b"") -> By:
    """The administrator behind a request."""
    absent = who.post.stands_in.get(ADMINISTRATOR, "") if who.post else ""
    body = keyed_hash("officer request", hashlib.sha256(raw).hexdigest()) if key else ""  # it may say a number
    named = digest(who.subject, key) if key else ""
    return By(who.agency, officer_hash(who.subject), named, body, absent, tuple(sorted(who.numbers)))


def require_numbers(officer: Officer, who: By) -> None:
    """Raise SecondUnknown where a number is missing to say that who confirms is another person than who proposed.

    What an earlier release kept without numbers is looked at alike; who operates the service needs none.
    """
    if who.officer == OPERATOR:
        return
    given = (
        *(grant for grant in officer.roles if not grant.confirmed),
        *(each for each in officer.absences if pends(each, officer)),
        *(each for each in (officer.proposal, officer.departure, officer.renaming, officer.work) if each),
    )
    others = (each for each in given if each.by != OPERATOR)
    for judged in [judge(Doer((who.officer,), frozenset(who.numbers)), {each.by}, each.numbers) for each in others]:
        if judged.said in ("first", "second"):
            raise SecondUnknown(whose=judged.said, officer=judged.officer)


def require_another(who: By, officer: str, person: str) -> None:
    """Raise SamePerson for an administrator who gives their own number: by it they are kept from what is their own."""
    if person and who.officer == officer:
        raise SamePerson
