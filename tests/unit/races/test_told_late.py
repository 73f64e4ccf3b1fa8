"""What a room heard of another stands as it was told last, whatever comes late, again or at the same time.

With all that is kept beside it: no row of what was told before stays or comes back.
"""

from datetime import timedelta

import pytest

from chalicelib.contracts.catalogue import AgencyEntry, AgencyPublished
from chalicelib.contracts.identity import OfficerKept, PersonChanged, RepresentationKept
from chalicelib.contracts.vault import KeptPaper
from chalicelib.dossier import acting, joined, kept, offered, staffed
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.fakes.clock import Clock

NOW = Clock()()
TIMES = [stamp(NOW + timedelta(minutes=n)) for n in range(4)]
AGENCY = people.OFFICE["id"]


def officer(number, word):
    """An officer who leaves, each time on another day: that day is on a list."""
    left = {"left_on": f"2027-01-0{number}"}
    told = OfficerKept(
        agency=AGENCY, officer="o", version=number, act="changed", position=word, staff_kept=True, **left
    )
    staffed.remember_officer(told)


def numbers(number, word):
    at, former = TIMES[number], {"second": ("x", "y"), "late": ("y",), "third": ("x",)}[word]
    joined.remember_joined(PersonChanged(person="me", kind="renumbered", register="r", at=at, former=former), at)


def representation(number, word):
    said = RepresentationKept(
        id="R", version=number, kind="parent", state="active", represented="child", representative="me", sealed=word,
        may=(), opens=TIMES[0], closes=f"2027-01-0{number}",
    )  # fmt: skip
    acting.remember_representation(said, TIMES[number])


def paper(number, word):
    told = KeptPaper(
        owner="me", document="D", kind="k", title=word, agency=AGENCY, reference="r", key="k", version_id="v",
        sha256="a" * 64, size=1, provenance="NATIVE_ESIGNED",
    )  # fmt: skip
    kept.remember_kept(told, TIMES[number])


def agency(number, word):
    """An agency that ends, each time with another successor: these look at its work."""
    ends = {"valid_from": "2020-01-01", "valid_to": "2027-01-01", "successors": (f"H{number:02d}",)}
    entry = AgencyEntry(name=word, one_stop="x", place="x", level="province", id=people.OFFICE["id"], **ends)
    told = AgencyPublished(**(people.OFFICE | {"name": word, "entries": (entry,)}))
    offered.remember_agency(told, TIMES[number])


HEARD = (officer, numbers, representation, paper, agency)


@pytest.mark.parametrize("hear", HEARD, ids=lambda hear: hear.__name__)
def test_what_comes_late_or_again_changes_nothing_and_what_is_newer_does(tables, hear):
    hear(2, "second")
    stood = tables.everything("Dossiers")
    for number in (1, 2):
        hear(number, "late")
        assert tables.everything("Dossiers") == stood
    hear(3, "third")
    assert tables.everything("Dossiers") != stood


@pytest.mark.parametrize("hear", [representation, paper, agency], ids=lambda hear: hear.__name__)
def test_the_last_word_alone_stands_whatever_was_said_before(tables, hear):
    hear(3, "third")
    alone = tables.everything("Dossiers")
    tables.clear()
    for number, word in ((1, "first"), (2, "second"), (3, "third")):
        hear(number, word)
    assert by_key(tables.everything("Dossiers")) == by_key(alone)


def by_key(items):
    return sorted(items, key=lambda item: (item["pk"], item["sk"]))
