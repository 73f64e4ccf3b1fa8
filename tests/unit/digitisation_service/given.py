"""What the tests of digitisation stand on: dossiers and papers as the product writes them, files in their buckets."""

from hashlib import sha256
from itertools import count

from chalicelib.contracts.digitisation import CopyMade
from chalicelib.contracts.event import heard
from chalicelib.contracts.plan import Office, PlannedComponent, PlannedLeg, PlannedResult, PlannedTerm
from chalicelib.digitisation.archives.wiring import taking
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.driving import DriverTable, Driving
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.intake import Intake
from chalicelib.digitisation.malware import Nobody
from chalicelib.digitisation.model import JPEG, Inspection, PageFacts
from chalicelib.digitisation.paper import SIGN_COPY, CopyFile, Paper, Scan
from chalicelib.digitisation.reviews.opening import Opening
from chalicelib.digitisation.reviews.store import NoRegisters, ReviewTable
from chalicelib.digitisation.sandbox import sandbox
from chalicelib.digitisation.service import PaperSteps
from chalicelib.digitisation.store import DropTable, Files, Table
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head, Upload
from chalicelib.dossier.plans import PinnedPlan, PlanItem
from chalicelib.dossier.reading import Part
from chalicelib.kernel.clock import stamp
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.fakes.clock import Clock

AGENCY = people.OFFICE["id"]
OTHER_AGENCY = people.OTHER_OFFICE["id"]
REFERENCE = "MC-7K3D9M2QW8XZ4T1B"


def plan(exemption=None):
    """A procedure with a birth notice and a proof of residence, which may be exempt."""
    said = {"name_vi": "Tên", "name_en": "Name", "need": "required"}
    return PinnedPlan(
        procedure=people.PROCEDURE,
        version=1,
        name_vi="Đăng ký khai sinh",
        name_en="Birth registration",
        term=PlannedTerm(text="5 ngày làm việc"),
        components=(
            PlannedComponent(code=people.BIRTH_NOTICE, reading="giay_chung_sinh", **said),
            PlannedComponent(code=people.RESIDENCE, reading="xac_nhan_cu_tru", exemption=exemption, **said),
        ),
        result=PlannedResult(template="birth_certificate", name_vi="Giấy khai sinh"),
        route=((PlannedLeg(leg="commune", agency="@receiving"),),),
        min_level=2,
        level="full",
        notice_vi="",
        notice_en="",
        office=Office(id=AGENCY, name="Ủy ban nhân dân xã", one_stop="Trung tâm"),
    )


class Hall:
    """Dossiers in their table and files in their bucket, with the intake over the real stores."""

    def __init__(self, tables, exemption=None):
        self.tables, self.clock, self.exemption, self._numbers = tables, Clock(), exemption, count(1)
        self.intake = Intake(DropTable(), Files(), sandbox(), self.clock, Nobody(), taking(self.clock))

    def draft(self):
        """The reference of a new draft."""
        reference, who = f"MC-{next(self._numbers):016d}", people.CITIZEN
        head = Head(
            pk=reference,
            state=0,
            procedure=people.PROCEDURE,
            procedure_version=1,
            agency=AGENCY,
            holder=who.holder,
            sealed=seal(reference, {"name": who.name, "personal_id": who.personal_id}),
            channel="ONLINE",
            mine_pk=f"HOLDER#{who.holder}",
            mine_sk=stamp(self.clock()),
            expires_at=stamp(self.clock()),
        )
        Change(head, self.clock()).pin(PlanItem(plan=plan(self.exemption))).write()
        return reference

    def head(self, reference):
        return reading.read(reference).head

    def move(self, reference, **to):
        """The dossier goes on."""
        Change(self.head(reference), self.clock()).move(**to).write()
        return reference

    def open(self):
        """The reference of a dossier that is in process at its agency."""
        return self.move(self.draft(), state=4)

    def announce(self, reference, name="u1", **changes):
        """The key of an announced upload."""
        given = {"component": people.BIRTH_NOTICE, "filename": "gcs.jpg", "media_type": "image/jpeg", "size": 1000}
        key = f"uploads/{reference}/{name}"
        upload = Upload(id=name, key=key, body="-", announced_at=stamp(self.clock()), **{**given, **changes})
        Change(self.head(reference), self.clock()).announce(upload).write()
        return key

    def arrive(self, key, body):
        """An object arrives and is told of; answers its version."""
        version = self.tables.upload("INTAKE", key, body)
        self.intake.take_in(key, version)
        return version

    def components(self, reference):
        return reading.read(reference, Part.COMPONENTS).components

    def upload(self, reference):
        (found,) = reading.read(reference, Part.UPLOADS).uploads
        return found

    def told(self, reference, kind):
        """The events of a kind in the dossier's log, as their hearers get them."""
        rows = self.tables.events("Dossiers", reference)
        return [heard(kind, row["data"]) for row in rows if row["type"] == kind.type]

    def types(self, reference):
        return self.tables.types("Dossiers", reference)

    def refused(self, agency=AGENCY):
        """The list of an agency's refused drops."""
        return self.drops("refused", agency)

    def drops(self, verdict, agency=AGENCY):
        """The list of an agency's drops with a verdict."""
        return DropTable().listed([agency], verdict, "")[0]

    def files(self, bucket="intake"):
        """Every version of every file that is in a bucket."""
        found = self.tables.client("s3").list_object_versions(Bucket=bucket)
        return [(v["Key"], v["VersionId"]) for v in (*found.get("Versions", ()), *found.get("DeleteMarkers", ()))]


class Says:
    """An opener that opens nothing: whatever the bytes, it is so many good pages, and what else the test says of it."""

    def __init__(self, pages=1, **said):
        self.pages, self.said, self.cuts, self.for_codes = pages, said, [], []

    def inspect(self, data, limits, *, with_codes=False, roots=()):
        """What the test says, with the hash of the bytes."""
        del limits, roots
        self.for_codes.append(with_codes)
        digest = sha256(data).hexdigest()
        page = PageFacts(width=800, height=1000, dpi=200, media_type=JPEG, sha256=digest)
        return Inspection(JPEG, len(data), digest, (page,) * self.pages, **self.said)

    def cut(self, data, media_type, parts):
        """Bytes of their own for each part."""
        del media_type
        self.cuts.append(list(parts))
        return tuple(b"%s %d" % (data, number) for number in range(len(parts)))


class NoMachine:
    """A machine that notes what is started and told."""

    def __init__(self):
        self.started, self.told = [], []

    def start(self, name, given):
        """One of each name."""
        if name in dict(self.started):
            return False
        self.started.append((name, given))
        return True

    def succeed(self, token):
        """Once each."""
        self.told.append(token)
        return self.told.count(token) == 1


def paper_steps(clock, address=str, *, registers=None, machine=None):
    """The steps of a paper over the real stores, without Step Functions."""
    files, opener, table = Files(), sandbox(), ReviewTable()
    opening = Opening(files, opener, registers or NoRegisters(), table)
    driving = Driving(DriverTable(), machine or NoMachine())
    return PaperSteps(Table(), DropTable(), files, opener, clock, address, opening, driving, folder_of)


def dropped(batch, name="KQ003785 cu tru.jpg", agency=AGENCY):
    """The key of a drop into a dossier's batch."""
    return f"drops/{agency}/{batch}/{name}"


def paper(component, now, **changes):
    """A paper whose copy waits for a signature, before it is written."""
    given = {
        "pk": paper_key(REFERENCE, component),
        "step": "copied",
        "reference": REFERENCE,
        "component": component,
        "code": people.RESIDENCE,
        "agency": AGENCY,
        "holder": people.CITIZEN.holder,
        "procedure": people.PROCEDURE,
        "scan": Scan(
            key=dropped(REFERENCE),
            version_id="v1",
            sha256="ab" * 32,
            pages=1,
            filename="a.jpg",
            media_type="image/jpeg",
        ),
        "copy": CopyFile(key="papers/c", version_id="c1", sha256="cd" * 32, box=("18.0", "1.5", "248.0", "49.5")),
        "opened_at": stamp(now),
        "wl_pk": list_key(AGENCY, SIGN_COPY),
        "wl_sk": f"{stamp(now)}#{component}",
    }
    return Paper(**given | changes)


def waits(component, now, **changes):
    """A paper whose copy waits for a signature, written."""
    made = paper(component, now, **changes)
    PaperChange(made, now).tell(CopyMade(reference=made.reference, component=component)).write()
    return made
