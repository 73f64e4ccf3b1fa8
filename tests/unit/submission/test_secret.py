"""A paper secret under law gets no form to post it with (Circular 03/2025/TT-VPCP Art. 5)."""

import pytest

from chalicelib.submission.model import Announcement
from chalicelib.submission.refusals import UploadRefused
from tests.fakes import people
from tests.support.hall import Hall


@pytest.mark.rule("R22", "secret")
def test_a_secret_paper_gets_no_form_to_post_it_with(tables):
    secret = {people.RESIDENCE: "secret"}
    hall = Hall(tables, components=[{**c, "exemption": secret.get(c["code"])} for c in people.facts()["components"]])
    reference = hall.open()
    wanted = Announcement(component=people.RESIDENCE, filename="a.jpg", media_type="image/jpeg", size=9)
    with pytest.raises(UploadRefused) as refused:
        hall.submissions.announce(people.CITIZEN, reference, wanted, "k")
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/component", "secret")]
    assert hall.draft(reference).uploads == ()
