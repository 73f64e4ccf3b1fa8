"""What an agency's scanner drops: where it may, and what became of it."""

from dataclasses import dataclass
from unicodedata import category, normalize

from msgspec import structs

from chalicelib.digitisation.acts import DROP
from chalicelib.digitisation.archives.model import FOLDER
from chalicelib.digitisation.archives.service import Keeping
from chalicelib.digitisation.arrivals import component_named, result_folder
from chalicelib.digitisation.drops import Drop, Verdict, drop_key
from chalicelib.digitisation.exemptions import SECRET_BY_LAW
from chalicelib.digitisation.fence import hand_folder
from chalicelib.digitisation.ports import Drops, Intake, PostForm
from chalicelib.digitisation.refusals import HINDERED
from chalicelib.dossier import reading, references
from chalicelib.dossier.handed_in import decides, hindrance
from chalicelib.dossier.hands import Hand, counted, hand_of
from chalicelib.dossier.interests import SCAN, Work, require_known, require_other
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.route import legs_of
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, ForbiddenStep, NotAllowed, NotFound


@dataclass(frozen=True)
class Scanning:
    """The drops of an officer's agency."""

    drops: Drops
    intake: Intake
    clock: Clock
    archives: Keeping

    def admit_archived(self, who: Principal, archive: str, filename: str, media_type: str) -> PostForm:
        """A form for the file that a line of an archive's index sheet names.

        Raises NotFound for an archive that is not this agency's, BodyInvalid for a file that its sheet does not name,
        OwnDossier for a paper of the officer's own.
        """
        found, line = self.archives.require_named(who, archive, normalize("NFC", filename))
        require_other(who, {line.holder, *line.also}, Work(found.agency, SCAN), self.clock())
        return self.intake.admit(f"drops/{found.agency}/{FOLDER}/{found.reference}/{filename}", media_type)

    def admit(self, who: Principal, dossier: str, filename: str, media_type: str, key: str) -> PostForm:
        """A form by which one file is dropped into the officer's agency's part of the bucket, and nowhere else.

        Without a dossier the code on the first page finds it, and what is the officer's own is refused then. The same
        key gives the same place. In the object's name a stroke stands for what no key of S3 should have.

        Raises NotFound for a dossier that is not this agency's, OwnDossier, NumberUnknown, BodyInvalid for a name that
        says it is a paper secret under law (Circular 03/2025/TT-VPCP Art. 5).
        """
        require_known(who, self.clock())
        mine = hand_of(who)
        agency, batch = who.agency, f"{digest(who.subject, key)}{_folder_of(who, mine)}"
        if dossier:
            found = self._own(who, dossier)
            require_other(
                who, people_of(found.head), Work(found.head.agency, SCAN, filed=found.head.submitted_at), self.clock()
            )
            _require_not_secret(found, filename)
            mine = structs.replace(mine, numbers=())  # a paper's HEAD, which has the key, stays under a kilobyte
            agency, batch = found.head.agency, f"{found.reference}{_folder_of(who, mine)}"
        return self.intake.admit(
            f"drops/{agency}/{batch}/{digest(who.subject, key)[:8]}-{_plain(filename)}", media_type
        )

    def admit_result(self, who: Principal, dossier: str, filename: str, media_type: str, key: str) -> PostForm:
        """A form for a result that was signed by hand, for an officer of the agency that decides the dossier.

        Raises NotFound for a dossier in which this agency has no part, NotAllowed where another decides, OwnDossier,
        ResultNotAwaited, ResultTwice, SecondUnknown for an officer whose number nobody knows.
        """
        reference = references.keyed(dossier)
        found = reading.read(reference, Part.PLAN, Part.TASKS) if reference else None
        if found is None or found.head.is_draft or not who.agencies & _concerned(found):
            raise NotFound(what="dossier")
        require_other(
            who, people_of(found.head), Work(decides(found.head), SCAN, filed=found.head.submitted_at), self.clock()
        )
        if why := hindrance(found):  # first: before the acceptance nobody knows for sure who decides
            raise HINDERED[why]
        if decides(found.head) not in who.agencies:
            raise NotAllowed(act=DROP)
        by = counted(who) if who.kind == "OFFICER" else None  # who approves it is another
        place = f"drops/{decides(found.head)}/{found.reference}/{result_folder(by)}"
        return self.intake.admit(f"{place}/{digest(who.subject, key)[:8]}-{_plain(filename)}", media_type)

    def _own(self, who: Principal, dossier: str) -> Dossier:
        reference = references.keyed(dossier)
        found = reading.read(reference, Part.PLAN) if reference else None
        if found is None or found.head.is_draft or found.head.agency not in who.agencies:
            raise NotFound(what="dossier")
        return found

    def listed(self, who: Principal, verdict: Verdict, after: str) -> tuple[list[Drop], str | None]:
        """A page of the agency's drops with this verdict, and where the list goes on."""
        return self.drops.listed(who.agencies, verdict, after)

    def acknowledge(self, who: Principal, drop_id: str) -> Drop:
        """The officer has seen to a refused drop. Again it is told the same. Raises NotFound, ForbiddenStep."""

        def once() -> Drop:
            found = (self.drops.drop(drop_key(agency, drop_id)) for agency in sorted(who.agencies))
            drop = next(filter(None, found), None)
            if drop is None:
                raise NotFound(what="drop")
            if drop.kind == "taken":
                raise ForbiddenStep(step=drop.kind)
            if drop.kind == "acknowledged":
                return drop
            return self.drops.acknowledge(drop, who.name, who.subject, self.clock())

        return record.settled(once)


def _concerned(dossier: Dossier) -> frozenset[str]:
    """The agencies that have, had or will have a part of a dossier; read with its plan."""
    head, legs = dossier.head, legs_of(dossier.plan)
    return frozenset((head.agency, decides(head), *(leg.agency for leg in legs), *(head.participants or ())))


def _folder_of(who: Principal, hand: Hand) -> str:
    """The folder that names the officer who asked for a form; a system of an agency is nobody.

    Their numbers stand in it where the paper's own code is yet to say whose it is, and they are compared then.
    """
    return f"/{hand_folder(hand)}" if who.kind == "OFFICER" else ""


def _plain(filename: str) -> str:
    """A name in the key of an object: a stroke stands for what no key of S3 should have."""
    return "".join("_" if letter == "/" or category(letter)[0] == "C" else letter for letter in filename)


def _require_not_secret(dossier: Dossier, filename: str) -> None:
    """A paper that is secret under law gets no form: what gets here without one is removed when it arrives."""
    planned = component_named(dossier.plan.components, filename)
    if planned and planned.exemption == SECRET_BY_LAW:
        vi, en = "Giấy tờ mật không được số hóa, tải lên", "A paper secret under law is not scanned in"
        raise BodyInvalid(fields=[FieldError("/filename", "secret", vi, en)])
