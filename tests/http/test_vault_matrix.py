"""Every route of the vault, by everybody who stands to it in some way: lists, searches, counts, files, refusals.

What is expected is made from the table of acts; each route of these acts has its cells, and a hole that is planted in
the table or in the rooms is found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import pytest

from chalicelib.kernel.access import ACTS, CITIZEN, Relation
from chalicelib.kernel.clock import utc_now
from infra.demo import story
from infra.demo.client import Answer, Client
from tests.support.acts import every_act
from tests.support.asserts import same_shape
from tests.support.mandated import person
from tests.support.own_files import OWN, UPLOADS, put_in
from tests.support.vaults import ACTS_OF_VAULTS
from tests.support.world import ALL_ROLES, OTHER_AGENCY, officer_of

TABLE = dict(every_act())
UNTIL = (utc_now() + timedelta(days=6)).isoformat()
DOCUMENTS, GRANTS, RECEIVED = "/v1/vault/documents", "/v1/vault/grants", "/v1/received/documents"
TAKEOUTS, LEDGERS = "/v1/vault/takeouts", ("/v1/vault/access", "/v1/vault/history")
NO_GRANT, NO_DOCUMENT = "GR-0000000000000000", "nothing-KQ1"


@dataclass(frozen=True)
class Somebody:
    """A client, what they may act as, how they stand to the vault and to what is shared of it by name of the grant."""

    client: Client
    roles: frozenset[str]
    relations: dict[str, Relation]
    is_low: bool = False
    """Whether their level of identity is lower than the document asks for."""


@dataclass(frozen=True)
class World:
    """An owner's document and what they share of it, with everybody who may look for it."""

    owner: Client
    held: dict[str, str]
    grants: dict[str, str]
    people: dict[str, Somebody]

    def shared(self, receiver: dict[str, str], purpose: str) -> str:
        body = {"document": self.held["id"], "receiver": receiver, "purpose": purpose, "until": UNTIL}
        return str(self.owner.post(GRANTS, body).ok(201).body["id"])

    def code(self) -> str:
        body = {"document": self.held["id"], "purpose": "proof", "until": UNTIL}
        return str(self.owner.post("/v1/vault/links", body).ok(201).body["code"])


@dataclass(frozen=True)
class Cell:
    """A way to ask: the route and its act, of which thing, what of a list tells of it, the same of what never was."""

    route: str
    act: str
    thing: str
    ask: Callable[[World, Client], Answer]
    mark: Callable[[World], str] | None = None
    never: Callable[[Client], Answer] | None = None


def listed(path: str, act: str, thing: str, mark: Callable[[World], str], query: str = "") -> Cell:
    """A page: whether it tells of the thing."""
    return Cell(f"GET {path}", act, thing, lambda world, who: _whole(who, path, query.format(**world.held)), mark)


def _whole(who: Client, path: str, query: str) -> Answer:
    """The first page with what the further ones tell."""
    answer = page = who.get(path + query)
    while page.status == 200 and page.body.get("next"):
        page = who.get(f"{path}{query}{'&' if query else '?'}cursor={quote(page.body['next'])}")
        answer.body.setdefault("further", []).append(page.ok().body)
        answer.body["withheld"] += page.body["withheld"]
    return answer


def got(path: str, act: str, thing: str, name: Callable[[World], str], never: str) -> Cell:
    """A thing by its name in the path."""
    at = path.partition("{")[0]
    return Cell(
        f"GET {path}",
        act,
        thing,
        lambda world, who: who.get(at + name(world)),
        never=lambda who: who.get(at + never),
    )


def posted(path: str, act: str, thing: str, body: Callable[[World], dict], never: dict) -> Cell:
    """A thing by its name in the body."""
    return Cell(
        f"POST {path}",
        act,
        thing,
        lambda world, who: who.post(path, body(world)),
        never=lambda who: who.post(path, never),
    )


def _document(world: World) -> str:
    return world.held["id"]


AGENCY = {"kind": "agency", "identity": OTHER_AGENCY}
FOR_AGENCY = {"receiver": AGENCY, "purpose": "administrative_procedure", "until": UNTIL}
FOR_LINK = {"purpose": "proof", "until": UNTIL}
SEARCHES = ("", "?kind={kind}", "?number={number}", "?issuer={agency}", "?issued_from={issued_on}")


def _withdrawn(world: World, who: Client) -> Answer:
    fresh = world.shared(AGENCY, "administrative_procedure")
    return who.post(f"{GRANTS}/{fresh}/withdrawal", {})


def _erased(world: World, who: Client) -> Answer:
    """The erasure of a file that its owner put in, who does it where it is refused: other tests find none of it."""
    path = f"{DOCUMENTS}/{put_in(world.owner)}/erasure"
    answer = who.post(path, {})
    world.owner.post(path, {}).ok()
    return answer


def _granted(name: str) -> Callable[[World], str]:
    return lambda world: world.grants[name]


def _taken(world: World, who: Client) -> Answer:
    """An archive of one's own vault, made before another is asked for; it has nothing of the owner's."""
    answer = who.post(TAKEOUTS, {})
    if answer.status == 202:
        done = story.until("the archive", lambda: _settled(who, answer.body["id"]))
        assert (done["documents"] > 0) == (who is world.owner)
    return answer


def _settled(who: Client, takeout: str) -> dict | None:
    found = who.get(f"{TAKEOUTS}/{takeout}")
    if found.status == 403:  # what is in it asks for a higher level
        return {"documents": 0}
    return found.body["takeout"] if found.ok().body["takeout"]["standing"] != "being_made" else None


CELLS = (
    *(listed(DOCUMENTS, "vault.read", "vault", _document, query) for query in SEARCHES),
    got(DOCUMENTS + "/{document}", "vault.read", "vault", _document, NO_DOCUMENT),
    *(listed("/v1/vault/access", "vault.read", "vault", _document, f"?order={o}") for o in ("oldest", "newest")),
    *(listed("/v1/vault/history", "vault.read", "vault", _document, f"?order={o}") for o in ("oldest", "newest")),
    listed("/v1/vault/purposes", "grant.list", "own", lambda _: "employment"),
    *(listed(GRANTS, "grant.list", "vault", _granted(name)) for name in ("person", "agency")),
    *(listed(RECEIVED, "grant.read", name, _granted(name)) for name in ("person", "agency")),
    *(got(RECEIVED + "/{grant}", "grant.read", name, _granted(name), NO_GRANT) for name in ("person", "agency")),
    posted(
        GRANTS,
        "grant.give",
        "vault",
        lambda world: {"document": world.held["id"], **FOR_AGENCY},
        {"document": NO_DOCUMENT, **FOR_AGENCY},
    ),
    posted(
        "/v1/vault/links",
        "grant.give",
        "vault",
        lambda world: {"document": world.held["id"], **FOR_LINK},
        {"document": NO_DOCUMENT, **FOR_LINK},
    ),
    Cell(
        f"POST {GRANTS}/{{grant}}/withdrawal",
        "grant.withdraw",
        "vault",
        _withdrawn,
        never=lambda who: who.post(f"{GRANTS}/{NO_GRANT}/withdrawal", {}),
    ),
    listed(TAKEOUTS, "vault.take", "vault", _granted("takeout")),
    got(TAKEOUTS + "/{takeout}", "vault.take", "vault", _granted("takeout"), "TO-0000000000000000"),
    Cell(f"POST {TAKEOUTS}", "vault.take", "own", _taken),
    listed(UPLOADS, "vault.upload", "vault", _granted("upload")),
    Cell(f"POST {UPLOADS}", "vault.upload", "own", lambda _, who: who.post(UPLOADS, OWN)),
    Cell(
        f"POST {DOCUMENTS}/{{document}}/erasure",
        "vault.erase",
        "vault",
        _erased,
        never=lambda who: who.post(f"{DOCUMENTS}/{NO_DOCUMENT}/erasure", {}),
    ),
    posted("/v1/received/links", "link.open", "vault", lambda world: {"code": world.code()}, {"code": "f" * 32}),
)


@pytest.fixture(scope="module")
def world(cloud, finished):
    where = cloud.where()
    owner = story.citizen(where, **finished.claims)
    friend, stranger = person(where, "Trần Văn Thưởng"), person(where, "Lê Thị Út")
    everywhere = dict.fromkeys(("vault", "person", "agency"), Relation.STRANGER) | {"own": Relation.HOLDER}
    mine = dict.fromkeys(everywhere, Relation.HOLDER)
    citizen = frozenset({CITIZEN})
    low = story.citizen(where, **{**finished.claims, "level": 1})
    people = {
        "owner": Somebody(owner, citizen, mine),
        "owner of a lower level": Somebody(low, citizen, mine, is_low=True),
        "receiver": Somebody(friend.client, citizen, everywhere | {"person": Relation.RECEIVER}),
        "stranger": Somebody(stranger.client, citizen, everywhere),
    }
    for role in ALL_ROLES:
        here, elsewhere = (officer_of(where, agency, role) for agency in (story.AGENCY, OTHER_AGENCY))
        people[role] = Somebody(here, frozenset({role}), everywhere | {"agency": Relation.RECEIVER})
        people[f"{role} elsewhere"] = Somebody(elsewhere, frozenset({role}), everywhere)
    held = owner.get(f"{DOCUMENTS}/{finished.dossier['vault_document']}").ok().body["document"]
    made = World(owner, held, {}, people)
    made.grants["person"] = made.shared({"kind": "person", "identity": friend.number}, "employment")
    made.grants["agency"] = made.shared({"kind": "agency", "identity": story.AGENCY}, "administrative_procedure")
    made.grants["upload"] = put_in(owner)
    made.grants["takeout"] = str(owner.post(TAKEOUTS, {}).ok(202).body["id"])
    story.until("the archive", lambda: _settled(owner, made.grants["takeout"]))
    yield made
    owner.post(f"{DOCUMENTS}/{made.grants['upload']}/erasure", {}).ok()  # other tests count what its owner has


def expected(cell: Cell, who: Somebody) -> bool:
    """What the table says of somebody and a thing."""
    relation = who.relations[cell.thing]
    return any(g.role in who.roles and g.relation in (Relation.ANY, relation) for g in TABLE[cell.act])


def found(world: World, cell: Cell, who: Somebody) -> str:
    """What is wrong with an answer; nothing when it is as the table says."""
    answer, is_let = cell.ask(world, who.client), expected(cell, who)
    if cell.mark:
        return _listed(answer, cell.mark(world), is_let, is_low=who.is_low and cell.thing != "own")
    if is_let and who.is_low and cell.act != "grant.withdraw" and cell.thing != "own":
        return "" if answer.body.get("code") == "level_too_low" else f"not for its level: {answer.status}"
    if (answer.status < 300) != is_let:
        return f"{answer.status} {answer.body.get('code')}"
    if not is_let and cell.never:
        same_shape(answer, cell.never(who.client), answer.status, answer.body["code"])
    return ""


def _listed(answer: Answer, mark: str, is_let: bool, *, is_low: bool) -> str:
    """A page tells of the thing to those who may read it; to others neither by a count nor by a cursor."""
    is_told = answer.status == 200 and mark in str(answer.body)
    if is_told != (is_let and not is_low):
        return f"tells of it: {is_told}"
    withheld = answer.body.get("withheld", 0) if answer.status == 200 else 0
    return "" if (withheld > 0) == (is_let and is_low) else f"counts {withheld}"


def holes(world: World) -> list[tuple[str, str, str, str]]:
    """What the product answers otherwise than the table says: route, thing, person, what."""
    looked = [
        (cell.route, cell.thing, name, found(world, cell, who)) for cell in CELLS for name, who in world.people.items()
    ]
    assert len(looked) > 200
    return [each for each in looked if each[3]]


def test_each_route_of_the_vault_has_its_cells(routes):
    told = {f"{route.method} {route.path}" for route in routes if route.act in ACTS_OF_VAULTS}
    assert told == {cell.route for cell in CELLS}
    assert {cell.act for cell in CELLS} == ACTS_OF_VAULTS


def test_everybody_finds_opens_and_counts_what_the_table_says_and_nothing_else(world):
    assert "\n".join(map(str, holes(world))) == ""


def test_a_receiver_who_is_let_in_by_a_mistake_is_found(world, monkeypatch):
    monkeypatch.setattr("chalicelib.vault.grants.service.allowed", lambda *_: False)
    wrong = {(thing, who) for route, thing, who, _ in holes(world) if route.startswith(f"GET {RECEIVED}/")}
    assert wrong == {("person", "receiver"), *(("agency", role) for role in ("reception", "processing", "leader"))}


def test_a_list_that_shows_what_a_level_does_not_reach_is_found(world, monkeypatch):
    monkeypatch.setattr("chalicelib.vault.service.reaches", lambda *_: True)
    wrong = {(route, who) for route, _, who, _ in holes(world)}
    assert wrong == {(f"GET {path}", "owner of a lower level") for path in (DOCUMENTS, *LEDGERS)}


def test_a_role_that_the_table_lost_is_found(world, monkeypatch):
    monkeypatch.setitem(ACTS, "vault.read", frozenset())
    wrong = {(route.removeprefix("GET "), who) for route, _, who, _ in holes(world) if who == "owner"}
    assert wrong == {(path, "owner") for path in (DOCUMENTS, DOCUMENTS + "/{document}", *LEDGERS)}
