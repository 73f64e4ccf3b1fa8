"""When a citizen's file is taken in, to the moment, and what a signature on it does not change."""

from copy import replace

import pytest

from chalicelib.contracts.digitisation import SignatureSeen
from chalicelib.digitisation.arrivals import arrival_of
from chalicelib.kernel.clock import stamp
from tests.unit.digitisation_service.given import Hall, Says


@pytest.fixture
def hall(tables):
    made = Hall(tables)
    made.intake = replace(made.intake, opener=Says())
    return made


def reason(hall, reference):
    return hall.upload(reference).reason_code


def test_an_upload_that_was_announced_as_the_dossier_was_submitted_is_none_for_its_supplement(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    hall.move(reference, state=5, submitted_at=stamp(hall.clock()))
    hall.arrive(key, b"a")
    assert (hall.components(reference), reason(hall, reference)) == ((), "after_submission")


def test_a_dossier_of_which_nobody_knows_when_it_was_submitted_takes_no_supplement(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    hall.move(reference, state=5)
    hall.arrive(key, b"a")
    assert (hall.components(reference), reason(hall, reference)) == ((), "after_submission")


def test_a_signed_file_that_was_filed_online_is_exempt_as_that_and_a_dropped_one_as_signed(hall):
    seen = SignatureSeen(field="S", intact=True, trusted=True)
    hall.intake = replace(hall.intake, opener=Says(signatures=(seen,)))
    filed, shown = hall.draft(), hall.open()
    hall.arrive(hall.announce(filed), b"a")
    hall.arrive(f"drops/{hall.head(shown).agency}/{shown}/KQ003785.pdf", b"a")
    codes = [hall.components(each)[0].digitisation.code for each in (filed, shown)]
    assert codes == ["filed_online", "signed_electronically"]


@pytest.mark.parametrize("intact", [True, False])
def test_what_an_officer_is_told_of_a_signature_is_that_it_broke_or_that_nobody_vouches_for_it(hall, intact):
    seen = [SignatureSeen(field=f"S{n}", intact=intact, trusted=bool(n)) for n in range(2)]
    hall.intake = replace(hall.intake, opener=Says(signatures=tuple(seen)))
    reference = hall.draft()
    hall.arrive(hall.announce(reference), b"a")
    told = [warning.partition(":")[0] for warning in hall.components(reference)[0].warnings]
    assert told == (["signature_untrusted"] if intact else ["signature_broken"] * 2)


def test_a_persons_own_file_is_told_to_the_vault_once_though_it_is_gone_when_it_is_delivered_again(hall):
    key = f"vaults/{'a' * 32}/u1"
    version = hall.arrive(key, b"a")
    (row,) = (row for row in hall.tables.everything("Messages") if row["sk"].startswith("EVENT#"))
    assert row["data"]["size"] == 1
    hall.intake.files.remove(key, version)
    before = hall.tables.everything("Messages")
    replace(hall.intake, files=None, opener=None).take_in(key, version)  # nobody looks for it again
    assert hall.tables.everything("Messages") == before
    assert hall.intake.drops.is_told(arrival_of(key, version))
    assert not hall.intake.drops.is_told(arrival_of(key, "v2")), "another version of it is another file"
