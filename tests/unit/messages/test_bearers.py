"""Every signature of a document has to be of whom it says, not the last one alone."""

import pytest

from chalicelib.messages.bearers import Bearer, Signed, may_have_signed

AGENCY = "Ủy ban nhân dân xã Vĩnh Phước"
OFFICER = Signed("OfficerSignature", Bearer(kind="person", name="Đặng Trọng Nghĩa"), None)
SEAL = Signed("AgencySignature", Bearer(kind="agency", name=AGENCY), None)
OTHER = Signed("AgencySignature", Bearer(kind="agency", name="Ủy ban nhân dân xã Khác"), None)
NO_PERSON = Signed("OfficerSignature", Bearer(kind="agency", name=AGENCY), None)
UNSAID = Signed("OfficerSignature", Bearer(kind="unnamed", name="Đặng Trọng Nghĩa"), None)


@pytest.mark.parametrize(
    ("signatures", "fits"),
    [
        ((OFFICER, SEAL), True),
        ((NO_PERSON, SEAL), False),
        ((OFFICER, OTHER), False),
        ((UNSAID, SEAL), None),
        ((UNSAID, OTHER), False),
    ],
)
def test_one_signature_of_another_is_enough_whichever_it_is(signatures, fits):
    assert may_have_signed(signatures, AGENCY) is fits
