"""A signed paper that gets a timestamp again and again: every earlier version stays known, of two runs one is kept."""

from datetime import timedelta

import pytest

from chalicelib.contracts.messages import FormSigned, PaperStamped, PinnedFile
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.messages.public_record import StampEnds
from chalicelib.messages.store import Table
from tests.fakes.clock import Clock

NOW = Clock()()
ENDS = [stamp(NOW + timedelta(days=400 * n)) for n in range(1, 4)]
pytestmark = pytest.mark.usefixtures("tables")


def version(number):
    return PinnedFile(key="k", version_id=f"v{number}", sha256=f"{number}" * 64)


def signed():
    paper = FormSigned(
        message="M", code="M", title="t", key="k", version_id="v0", sha256="0" * 64, size=1, kind="slip", agency="H01",
        agency_name="x", holder="h", procedure="1.0", reference="MC-1", signed_at=stamp(NOW), unsigned_sha256="u",
        lookup="LOOKUP", stamp_ends_at=ENDS[0],
    )  # fmt: skip
    Table().register(paper, NOW)
    return Table().message("M")


def stamped(before, number):
    told = PaperStamped(
        message="M", file=version(number), former=version(number - 1), size=number + 1, stamp_ends_at=ENDS[number],
        reference="MC-1", agency="H01", holder="h",
    )  # fmt: skip
    Table().stamp_again(before, told, NOW)
    return Table().message("M")


def test_a_second_timestamp_leaves_both_earlier_versions_known():
    after = stamped(stamped(signed(), 1), 2)
    assert [each.version_id for each in after.earlier] == ["v0", "v1"]
    assert Table().by_lookup("LOOKUP").earlier == ("0" * 64, "1" * 64)
    assert [Table().by_hash(f"{n}" * 64).message for n in (1, 2)] == ["M", "M"]


def test_of_two_runs_that_read_the_same_one_stamps():
    before = signed()
    stamped(before, 1)
    with pytest.raises(aws.Lost):
        stamped(before, 1)
    assert len(Table().message("M").earlier) == 1


def test_a_try_in_vain_of_what_has_another_end_meanwhile_is_not_noted():
    before = signed()
    tried = StampEnds(message="M", ends_at=ENDS[0])
    Table().stamp_tried(tried, NOW)
    assert [each.tried_at for each in Table().stamps_ending(ENDS[0][:7])] == [stamp(NOW)], "what was tried is told"
    stamped(before, 1)
    Table().stamp_tried(tried, NOW)
    assert Table().stamps_ending(ENDS[0][:7]) == []
    (listed,) = Table().stamps_ending(ENDS[1][:7])
    assert (listed.message, listed.tried_at) == ("M", None)
