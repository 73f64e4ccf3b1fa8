"""The use cases over DynamoDB and S3, put together in one place; each function loads only those that it runs."""

from typing import TYPE_CHECKING

from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.settings import MALWARE_SCAN, PUBLIC_URL
from chalicelib.digitisation.store import DropTable, Files, IntakeBucket, Signers, Table
from chalicelib.kernel.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.digitisation.desk import Desk
    from chalicelib.digitisation.driving import Driving
    from chalicelib.digitisation.intake import Intake
    from chalicelib.digitisation.scanning import Scanning
    from chalicelib.digitisation.service import PaperSteps
    from chalicelib.digitisation.triage import Triage


def desk() -> "Desk":
    """What the scanning desk does over HTTP."""
    from chalicelib.digitisation.desk import Desk

    return Desk(Table(), Signers(), utc_now)


def triage() -> "Triage":
    """What an officer sees of a paper and decides on it."""
    from chalicelib.digitisation.triage import Triage

    return Triage(Table(), Files(), utc_now, folder_of)


def scanning() -> "Scanning":
    """What an agency's scanner drops."""
    from chalicelib.digitisation.archives.wiring import keeping
    from chalicelib.digitisation.scanning import Scanning

    return Scanning(DropTable(), IntakeBucket(), utc_now, keeping())


def intake() -> "Intake":
    """What is done with a file that arrives."""
    from chalicelib.digitisation.archives.wiring import taking
    from chalicelib.digitisation.intake import Intake
    from chalicelib.digitisation.malware import scanner
    from chalicelib.digitisation.sandbox import sandbox

    return Intake(DropTable(), Files(), sandbox(), utc_now, scanner(MALWARE_SCAN()), taking())


def paper_steps() -> "PaperSteps":
    """The steps from a received paper to a data message."""
    from chalicelib.digitisation.reviews.opening import Opening
    from chalicelib.digitisation.reviews.store import NoRegisters, ReviewTable
    from chalicelib.digitisation.sandbox import sandbox
    from chalicelib.digitisation.service import PaperSteps

    files, opener = Files(), sandbox()
    opening = Opening(files, opener, NoRegisters(), ReviewTable())
    return PaperSteps(Table(), DropTable(), files, opener, utc_now, PUBLIC_URL, opening, driving(), folder_of)


def driving() -> "Driving":
    """What waits for the steps of a paper."""
    from chalicelib.digitisation.driving import DriverTable, Driving, StepFunctions

    return Driving(DriverTable(), StepFunctions())
