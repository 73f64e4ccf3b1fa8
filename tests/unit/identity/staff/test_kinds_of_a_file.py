"""A file of joiners names the same kinds of tasks as an enrolment, and all that officers do."""

import pytest

from chalicelib.dossier.staffed import ROLE
from chalicelib.identity.staff.files import KINDS, from_csv, read_rows
from chalicelib.identity.staff.wire import EnrolOfficer

HEADING = "subject,name,roles,valid_from,kinds"


def read(kinds):
    rows, faults = from_csv(f"{HEADING}\nofficer-new,Lý Thanh Oanh,reception,2026-01-01,{kinds}\n")
    assert not faults
    return read_rows(rows)


def test_every_kind_of_task_that_an_officer_has_may_be_named():
    assert set(KINDS) == set(ROLE)
    (line,), faults = read(" ".join(KINDS))
    assert (line.row.kinds, faults) == (KINDS, [])
    said = {"role": "reception", "valid_from": "2026-01-01"}
    assert EnrolOfficer(subject="officer-new", name="Lý Thanh Oanh", roles=[said], kinds=list(KINDS)).kinds == list(
        KINDS
    )


@pytest.mark.parametrize("kinds", ["confirm", "receive child"])
def test_what_no_officer_does_is_refused_by_its_column(kinds):
    found, faults = read(kinds)
    assert (found, [(each.pointer, each.rule) for each in faults]) == ([], [("/csv/2/kinds", "enum")])
