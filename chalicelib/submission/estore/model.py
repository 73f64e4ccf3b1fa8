"""A question to the national e-data store, its answer, and what of that counts. Pure.

Kinds of papers go by the codes of the national catalogue, which are those of components. Questions and answers hold
personal data: they are passed on, and neither kept nor logged.
"""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from chalicelib.contracts.plan import Plan
from chalicelib.dossier.holding import Named
from chalicelib.kernel.access import Principal
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError

type Fault = Literal["off", "no_number", "down", "slow", "refused", "unreadable"]
"""Why nothing was answered: `off`, no store is connected; `no_number`, it knows people by a personal number only."""
FOR_GOOD: Final[frozenset[Fault]] = frozenset({"off", "no_number"})
"""Of these, what asking again helps nothing against."""
MOST_PAPERS: Final = 100
"""Papers of one answer: more are no answer to a question about the components of one dossier."""
MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


class Unanswered(Exception):
    """The store gave no answer; `reason` says why."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(reason)
        self.reason: Fault = reason


class Sought(Struct, frozen=True):
    """A kind of paper that is looked for, with its number where somebody knows it."""

    kind: str
    number: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """What the store is asked: whose papers, for whom, for which procedure; `reference` is the draft."""

    owner: str
    asker: str
    asker_name: str
    procedure: str
    reference: str
    sought: tuple[Sought, ...]


class HeldFile(Struct, frozen=True):
    """A file of a paper: its name, and the path by which the store gives it."""

    name: str
    path: str


class HeldPaper(Struct, frozen=True, kw_only=True):
    """A paper that the store says it holds; `issuer` is the agency that keeps it."""

    kind: str
    title: str
    number: str
    issuer: str
    files: tuple[HeldFile, ...] = ()

    def name_of(self, file: HeldFile) -> str:
        """What a file goes by here: it tells nothing of its path, which nobody outside has to know."""
        return digest("national store", self.kind, self.number, self.issuer, file.path)


def sought_in(plan: Plan, missing: Sequence[str], wanted: Sequence[Sought]) -> tuple[Sought, ...]:
    """What is looked for: the named components, or all that are missing when none is named. Raises BodyInvalid."""
    known = {each.code for each in plan.components}
    vi, en = "Không phải thành phần của thủ tục", "Not a component of this procedure"
    broken = [
        FieldError(f"/papers/{place}/component", "unknown", vi, en)
        for place, each in enumerate(wanted)
        if each.kind not in known
    ]
    if broken:
        raise BodyInvalid(fields=broken)
    return tuple(wanted) or tuple(Sought(code) for code in missing)


def question_of(
    who: Principal, procedure: str, reference: str, sought: tuple[Sought, ...], represented: Named | None = None
) -> Question:
    """A question of somebody about the papers of whom they file for: themselves, their organisation, or another.

    Raises Unanswered for a person without a number by which the store knows them.
    """
    own = {"CITIZEN": who.personal_id, "ORGANISATION": who.organisation}
    if represented is None:
        owner = own.get(who.kind, "")
    else:
        owner = "" if represented.kind == "FOREIGNER" else represented.personal_id
    if not owner:
        raise Unanswered("no_number")
    return Question(
        owner=owner,
        asker=who.personal_id,
        asker_name=who.name,
        procedure=procedure,
        reference=reference,
        sought=sought,
    )


def only_sought(question: Question, papers: Sequence[HeldPaper]) -> tuple[HeldPaper, ...]:
    """The papers of the kinds that were asked for: more is not taken. Raises Unanswered for far too many."""
    if len(papers) > MOST_PAPERS:
        raise Unanswered("unreadable")
    kinds = {each.kind for each in question.sought}
    return tuple(each for each in papers if each.kind in kinds)


def media_type_of(content: bytes) -> str | None:
    """What a file says in its first bytes that it is; the checks of each upload look at the whole of it."""
    return next((name for magic, name in MAGIC if content.startswith(magic)), None)
