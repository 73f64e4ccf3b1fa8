"""Who is asking, and the one table of who may do what."""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple

import msgspec

from chalicelib.kernel.clock import ZONE, utc_now
from chalicelib.kernel.problem import ClientNotOwn, DomainError, LevelTooLow, NotAllowed, TokenRefused
from chalicelib.kernel.settings import OWN

type Kind = Literal["CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL", "SERVICE"]
PERSONS: Final = frozenset({"CITIZEN", "FOREIGNER", "ORGANISATION"})
"""Whoever may hold a dossier and a vault; of an organisation its acting person is known too (Decree 69/2024 Art. 6)."""
LONGEST_ROLE, MOST_ROLES = 40, 10
"""Of a role that nobody knows, and of such roles, as much as a refusal says."""
LEAST: Final = 1
"""The level of an account of which nothing more is known."""


class Post(msgspec.Struct, frozen=True):
    """Where an officer may work today: whose queues, and what of it they do for somebody who is absent.

    `stands_in` names the absent officer (keyed hash) by role; `kinds` the kinds of tasks, none named means all that the
    roles allow. `officer` is the keyed hash of who is enrolled, empty where the agency's staff is not kept here.
    `signs` is whether their certificate, where one is recorded, is valid today. `absent`: all for whom they stand in.
    `persons` are the keyed hashes of their own personal number, as their agency or an earlier token said it, and
    `formers` those of the numbers that stood there before.
    """

    agencies: frozenset[str]
    officer: str = ""
    kinds: frozenset[str] = frozenset()
    stands_in: Mapping[str, str] = msgspec.field(default_factory=dict)
    signs: bool = True
    absent: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    formers: frozenset[str] = frozenset()


class Principal(msgspec.Struct, frozen=True):
    """A person behind a verified token. `level` is the level of electronic identity, 1 or 2 (Decree 69/2024).

    It is 0 of an account that has none, such as a foreigner's (Decree 320/2026).

    Of an organisation `name`, `personal_id` and `level` are those of the person who acts for it; of a foreigner
    `document` is the travel document, `USA:X1234567` by country of issue and number. `portal` is the client id of the
    portal that asks for them, nothing when they ask themselves. `client` is to whom their token was issued, empty
    when it does not say one name; `own` is whether that is a client of the stage, by which persons open their vault.
    Of an officer `personal_id` is nothing where their provider does not say it.
    """

    subject: str
    kind: str
    name: str
    level: int = 1
    personal_id: str = ""
    agency: str = ""
    roles: frozenset[str] = frozenset()
    document: str = ""
    organisation: str = ""
    organisation_name: str = ""
    portal: str = ""
    post: Post | None = None
    client: str = ""
    own: bool = False

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies whose work an officer does: their own, and those that it succeeded."""
        return self.post.agencies if self.post else frozenset({self.agency} - {""})

    @property
    def numbers(self) -> frozenset[str]:
        """Keyed hashes of an officer's personal number as it is said of them today; none where nobody says it.

        By these two accounts are one person (`is_same_person`).
        """
        said = {holder_of("CITIZEN", self.personal_id)} if self.kind == "OFFICER" and self.personal_id else set()
        return (self.post.persons if self.post else frozenset()) | said

    @property
    def persons(self) -> frozenset[str]:
        """The same with the numbers that stood there before: by these something is an officer's own.

        The same as would stand for them as an applicant, so that both can be compared.
        """
        return self.numbers | (self.post.formers if self.post else frozenset())

    @property
    def identity(self) -> str:
        """What names this person or organisation among all others; empty for officers, portals and services."""
        named = {"CITIZEN": self.personal_id, "FOREIGNER": self.document, "ORGANISATION": self.organisation}
        return named.get(self.kind, "")

    @property
    def account(self) -> str:
        """Keyed hash of the organisation by whose account they act, which may be locked; empty for anybody else."""
        return self.holder if self.kind == "ORGANISATION" else ""

    @property
    def organ(self) -> str:
        """Keyed hash of the person who acts for an organisation; empty for anybody else."""
        return holder_of("CITIZEN", self.personal_id) if self.kind == "ORGANISATION" and self.personal_id else ""

    @property
    def holder(self) -> str:
        """Keyed hash that stands for them in keys and indexes; empty for who can hold nothing."""
        return holder_of(self.kind, self.identity) if self.identity else ""

    @property
    def people(self) -> frozenset[str]:
        """Keyed hashes of all whose affair it is what they file: theirs, under any kind, and who acts for them."""
        return frozenset({self.holder, self.organ, person_of(self.kind, self.identity)} - {""})


CITIZEN, RECEPTION, PROCESSING, LEADER, SCANNING = "citizen", "reception", "processing", "leader", "scanning"
OFFICERS = frozenset({RECEPTION, PROCESSING, LEADER, SCANNING})
EDITOR, REVIEWER, PUBLISHER, ADMINISTRATOR = "editor", "reviewer", "publisher", "administrator"
KEEPERS = frozenset({EDITOR, REVIEWER, PUBLISHER})
"""Those who keep the catalogue; a review is by another person than the author."""
STAFF = OFFICERS | KEEPERS | {ADMINISTRATOR}
PORTAL = "portal"
"""A portal by its own credentials: it acts for nobody, and asks for tokens of persons who signed in there."""
INTEGRATION = "integration"
"""A system of an agency that reads the events of its dossiers and subscribes to them."""
ROLES_BY_KIND: Final = {"OFFICER": STAFF, "SERVICE": frozenset({SCANNING, INTEGRATION})}
"""The roles of a token that count, by its kind: a system of an agency never receives, verifies or approves."""
BY_SERVICE: Final = frozenset({"drop.send", "event.read", "figure.read", "figure.send", "me.read", "subscription.keep"})
"""Acts of its role that a system may do: what is signed, sorted or refused is so by a person, with a name."""
NOT_BY_PORTAL: Final = frozenset(
    {
        "vault.read",
        "vault.take",
        "vault.upload",
        "vault.erase",
        "vault.reuse",
        "grant.give",
        "grant.list",
        "grant.withdraw",
        "grant.read",
        "link.open",
        "delivery.ask_app",
        "data_request.ask_deletion",
        "app_paper.read",
        "app_paper.show",
        "dossier.rate",
    }
)
"""Acts of persons that no portal does for them: a vault, and the app, is its owner's alone, and so is what they think
of a service: whoever files for people would else rate for them. Who holds a person's own token is no portal, and may
be one all the same: so these take a token of a client of the stage alone (`own`).
"""
BY_EXCHANGE: Final = frozenset(
    {
        "message.read",
        "kept_paper.read",
        "papers.look_up",
        "delivery.ask",
        "petition.withdraw",
        "mandate.offer",
        "mandate.confirm",
        "mandate.end",
        "representation.begin",
        "holding.confirm",
    }
)
"""Acts that take a token of a client of the stage, or an exchanged one: a result is the document that lies in the
vault, so a client that holds a person's own token reads it neither as a message nor as a paper of a dossier. Nor does
it look up what the national store holds of them, say where a result is brought on paper, or withdraw a complaint, which
may be one about it. Nor does it let somebody act for them, or for others through them: all of the above is done then by
whom it named.
"""
DANGEROUS = frozenset({LEADER, PUBLISHER, ADMINISTRATOR})
"""Roles that an agency gives with four eyes: they approve, publish, or enrol others."""


class Relation(StrEnum):
    """How somebody stands to the thing that they ask for; the dossiers' room says it of a dossier."""

    ANY = "any"
    """The thing is nobody's, or the room itself says whose it is."""
    HOLDER = "holder"
    CO_HOLDER = "co-holder"
    REPRESENTATIVE = "representative"
    """Whoever filed it for its holder, as long as they may act for them."""
    AGENCY = "agency"
    """An officer of the agency that received it, or that decides it."""
    PARTICIPANT = "participant"
    """An officer of another agency that has a part of it, or was asked for its opinion."""
    PORTAL = "portal"
    """The portal that filed it for somebody."""
    KEEPER = "keeper"
    """An officer of the agency that keeps it: a procedure, another agency, an outage."""
    RECEIVER = "receiver"
    """With whom its owner shares it: a person, an organisation, or officers of an agency."""
    STRANGER = "stranger"


class Stage(StrEnum):
    """Where a dossier is on its way, as far as rights depend on it."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


class Grant(NamedTuple):
    """A line of the table: which role, standing how to the thing, at which stages of it."""

    role: str
    relation: Relation = Relation.ANY
    stages: frozenset[Stage] = frozenset(Stage)


ACTS: dict[str, frozenset[Grant]] = {}
"""Who may do what, to what of whose, when: each room declares its acts."""


def act(name: str, *grants: str | Grant) -> str:
    """Declare an act and who may do it; answers its name. Raises ValueError for one declared otherwise."""
    table = frozenset(each if isinstance(each, Grant) else Grant(each) for each in grants)
    if ACTS.setdefault(name, table) != table:
        raise ValueError(f"two tables for {name}")
    return name


def of(roles: Iterable[str], *relations: Relation, at: Iterable[Stage] = Stage) -> tuple[Grant, ...]:
    """Lines of the table: each of these roles, standing in one of these ways to the thing."""
    return tuple(Grant(role, relation, frozenset(at)) for role in roles for relation in relations)


def holder_of(kind: str, identity: str) -> str:
    """What stands in keys for the person or organisation of a kind and number; a number is not of two kinds."""
    from chalicelib.kernel.ids import keyed_hash

    return keyed_hash("holder", identity if kind == "CITIZEN" else f"{kind}:{identity}")


def is_same_person(account: str, numbers: Iterable[str], other: str, others: Iterable[str]) -> bool:
    """Whether two officers are known to be one person: one account, or a personal number (keyed hash) known of both.

    By this it is counted who is there. Whoever must be a second one is judged by `second_person`: there, what is not
    known is no other person.
    """
    return account == other or not frozenset(numbers).isdisjoint(others)


def did(who: Principal, account: str, numbers: Iterable[str] = ()) -> bool:
    """Whether an officer is who did something: `account` is the subject or its keyed hash, `numbers` are keyed hashes.

    `numbers` are theirs as they were known when it was done; none of what an earlier release kept. True of what is
    known alone: who must be a second one is judged by `second_person`.
    """
    from chalicelib.kernel.ids import keyed_hash

    own = account if account == who.subject else keyed_hash("officer", who.subject)
    return is_same_person(own, who.numbers, account, numbers)


def person_of(kind: str, identity: str) -> str:
    """The keyed hash, as of a citizen, of the personal number in an identity of another kind; empty where none is.

    By it alone something is somebody's own: it opens nothing, and names nobody in keys.
    """
    from chalicelib.law.codes import personal_number_in

    number = personal_number_in(identity) if kind != "CITIZEN" else ""
    return holder_of("CITIZEN", number) if number else ""


class _Carried(msgspec.Struct, frozen=True):
    """What the authorizer put into a request, as the gateway carries it."""

    principal: str | None = None
    client: str | None = None
    own: object = None


def principal_of(context: Mapping[str, Any] | None) -> Principal:
    """The principal that the authorizer put into the request. Raises TokenRefused when none is there."""
    carried = msgspec.convert(dict(context or {}), _Carried)
    if not carried.principal:
        raise TokenRefused
    claims = json.loads(carried.principal)
    by = {"client": carried.client or "", "own": carried.own == OWN}
    return Principal(**{**claims, **by, "roles": frozenset(claims.get("roles", ()))})


def roles_of(principal: Principal) -> frozenset[str]:
    """What a principal may act as: a person, or the officer roles that the agency's provider gave."""
    if principal.kind in PERSONS:
        return frozenset({CITIZEN})
    if principal.kind == "PORTAL" and principal.portal:
        return frozenset({PORTAL})
    return principal.roles & ROLES_BY_KIND.get(principal.kind, frozenset()) if principal.agency else frozenset()


def may(principal: Principal, act: str) -> bool:
    """Whether the table lets this principal do the act to anything at all, by themselves or by who asks for them."""
    roles = roles_of(principal)
    return _may_ask(principal, act) and any(grant.role in roles for grant in ACTS[act])


def allowed(who: Principal, act: str, relation: Relation, stage: Stage | None = None) -> bool:
    """Whether the table lets somebody do the act to a thing to which they stand so; at any stage when none is said."""
    roles = roles_of(who)
    return _may_ask(who, act) and any(
        grant.role in roles and grant.relation in (Relation.ANY, relation) and (stage is None or stage in grant.stages)
        for grant in ACTS[act]
    )


def _may_ask(who: Principal, act: str) -> bool:
    """Whether a portal, or the client that has a person's token, may ask for it; or a system of an agency."""
    if (act in NOT_BY_PORTAL and who.portal) or _is_unexchanged(who, act):
        return False
    return who.kind != "SERVICE" or act in BY_SERVICE


def _is_elsewhere(who: Principal) -> bool:
    """Whether a person's own token lies at a client that is none of the stage's own."""
    return who.kind in PERSONS and not who.own


def _is_unexchanged(who: Principal, act: str) -> bool:
    """Whether an act asks for a client of the stage, or for an exchange, and a person's own token has neither."""
    return act in NOT_BY_PORTAL | BY_EXCHANGE and _is_elsewhere(who) and not who.portal


def refusal(who: Principal, act: str) -> DomainError:
    """Why somebody may not do an act: their token is another client's, or it is not theirs to do."""
    if _is_unexchanged(who, act):
        return ClientNotOwn(act=act, rule="own_client", client=who.client)
    return NotAllowed(act=act)


type Holders = Callable[[Principal, frozenset[str]], Mapping[str, Any]]
"""Who of an officer's agency has one of some roles, as far as that officer may be told; nothing for anybody else."""
_HOLDERS: Final[list[Holders]] = []


def tells_holders(of: Holders) -> Holders:
    """Declare who knows the officers of an agency: asked after a refusal alone."""
    _HOLDERS.append(of)
    return of


def right_of(act: str) -> Mapping[str, Any]:
    """Which right a refused act asks for: its name, and the roles of which each includes it."""
    return {"act": act, "roles": sorted({grant.role for grant in ACTS.get(act, ())})}


def unknown_roles(who: Principal) -> list[str]:
    """Roles of an officer's token that nobody here knows, as it says them: a word that is misspelt opens nothing."""
    return sorted(each[:LONGEST_ROLE] for each in who.roles - STAFF)[:MOST_ROLES] if who.kind == "OFFICER" else []


def holders(who: Principal, act: str) -> Mapping[str, Any]:
    """Who of their agency may do an act, for an officer who is enrolled there; nothing for others."""
    roles = frozenset(grant.role for grant in ACTS.get(act, ())) & STAFF
    found: dict[str, Any] = {}
    for each in _HOLDERS if roles and who.kind == "OFFICER" else ():
        found |= each(who, roles)
    return found


def require(principal: Principal, act: str) -> None:
    """Raise NotAllowed, or ClientNotOwn, unless the table lets this principal do the act."""
    if not may(principal, act):
        raise refusal(principal, act)


def level_of(who: Principal) -> int:
    """How surely a person is known; what stands for the level of an account without one is a rule of today's law."""
    if who.level or who.kind not in PERSONS:
        return who.level
    from chalicelib.law.packs import pack_on

    rule = pack_on(utc_now().astimezone(ZONE).date()).rules.identity_foreigner_level
    return rule.value if rule else LEAST


def reaches(who: Principal, level: int) -> bool:
    """Whether a person is known as surely as a level of identity asks; officers are known by their agency."""
    return who.kind not in PERSONS or level_of(who) >= level


def require_level(who: Principal, level: int) -> None:
    """Raise LevelTooLow for a person who is known less surely: what asked for a level is read and changed with it."""
    if not reaches(who, level):
        raise LevelTooLow(required=level)
