"""What the national e-data store holds is looked up and taken: by whom, with which line, and its faults (R27)."""

import pytest
from msgspec import structs

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier.change import Change
from chalicelib.dossier.joined import remember_joined
from chalicelib.dossier.refusals import BeyondRepresentation, RepresentationEnded
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.submission.estore import store as store_room
from chalicelib.submission.estore.connection import Connection
from chalicelib.submission.estore.model import (
    MOST_PAPERS,
    HeldFile,
    HeldPaper,
    Sought,
    Unanswered,
)
from chalicelib.submission.estore.service import NationalPapers
from chalicelib.submission.estore.store import Drafts
from chalicelib.submission.refusals import (
    AlreadySubmitted,
    NationalStoreUnavailable,
    NationalStoreUnusable,
    UploadRefused,
)
from tests.fakes import people
from tests.support.acting import AGENT, ended, opened, represent
from tests.support.ledgers import lines_of

OWNER, NOTICE = people.CITIZEN, people.BIRTH_NOTICE
PDF = b"%PDF-1.7 made up"
CONNECTION = Connection(
    papers="https://store.example.vn/papers",
    files="https://store.example.vn/files",
    channel="2",
    purpose="Đã có trong Kho thì không yêu cầu nộp",
    basis="45/2020 Art. 4",
    seconds=5,
)
STRANGER = Principal("citizen-9", "CITIZEN", "Vũ Thị Lạ", 2, "086195000009")
FOREIGNER = Principal("foreigner-1", "FOREIGNER", "Anna Nováková", 0, document="CZE:X1234567", own=True)


def paper(kind=NOTICE, number="15/GCS", path="2026/11/15.pdf"):
    return HeldPaper(
        kind=kind, title="Giấy chứng sinh", number=number, issuer="G15.03", files=(HeldFile("15.pdf", path),)
    )


class Store:
    """A store that answers what a test says, and keeps what it was asked and when."""

    connection = CONNECTION

    def __init__(self):
        self.papers, self.content, self.fault = [paper()], PDF, None
        self.asked, self.fetched, self.lines_before = [], [], []

    def look_up(self, question):
        self.asked.append(question)
        self.lines_before.append(len(lines_of(OWNER.holder)))
        if self.fault:
            raise Unanswered(self.fault)
        return tuple(self.papers)

    def fetch(self, issuer, path):
        self.fetched.append((issuer, path))
        return self.content


class Files(Drafts):
    """The real store, but for the bucket: what was put there is kept here."""

    def __init__(self):
        self.put_there = []

    def put(self, upload, content):
        self.put_there.append((upload.key, upload.media_type, content))


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def files():
    return Files()


@pytest.fixture
def papers(hall, store, files):
    return NationalPapers(files, store, hall.submissions.to_look_up, hall.clock)


@pytest.fixture
def draft(hall):
    reference = hall.open(OWNER)
    hall.submissions.save_form(OWNER, reference, people.form(), 0)
    return reference


def file_of(held):
    return held.name_of(held.files[0])


# --- looked up --------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_looked_for_with_procedure_and_who_asks(hall, papers, store, draft):
    found = papers.look_up(OWNER, draft, [])
    assert (found.reason, found.papers) == (None, (paper(),))
    (question,) = store.asked
    assert (question.owner, question.asker, question.asker_name) == (OWNER.personal_id, OWNER.personal_id, OWNER.name)
    assert (question.procedure, question.reference) == (hall.plan.procedure, draft)
    assert NOTICE in {each.kind for each in question.sought}


def test_the_line_with_purpose_and_dossier_stands_before_anything_is_asked_and_names_no_value(papers, store, draft):
    papers.look_up(OWNER, draft, [Sought(NOTICE, "15/GCS")])
    assert store.lines_before == [1]
    (line,) = lines_of(OWNER.holder)
    said = line.said
    assert (said.by, said.reference, said.basis, said.refused) == ("owner", draft, CONNECTION.basis, False)
    assert (said.asked.register, said.asked.purpose) == ("national_store", CONNECTION.purpose)
    assert said.asked.fields == (NOTICE,)
    assert "15/GCS" not in str(line)


def test_each_look_up_is_a_line(papers, draft):
    for _ in range(2):
        papers.look_up(OWNER, draft, [])
    assert len(lines_of(OWNER.holder)) == 2


def test_what_nobody_asked_for_is_not_taken(papers, store, draft):
    store.papers = [paper(), paper(kind="000.00.00.G15-KQ009999")]
    assert papers.look_up(OWNER, draft, [Sought(NOTICE)]).papers == (paper(),)


FAULTS = ["down", "slow", "refused", "unreadable"]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_answer_is_told_with_its_reason_and_keeps_nobody_from_filing(hall, papers, store, draft, fault):
    store.fault = fault
    found = papers.look_up(OWNER, draft, [])
    assert (found.reason, found.papers) == (fault, ())
    hall.add(draft)
    hall.submit(draft, OWNER)
    assert hall.draft(draft).head.state == 1


def test_far_too_many_papers_are_no_answer(papers, store, draft):
    store.papers = [paper()] * (MOST_PAPERS + 1)
    assert papers.look_up(OWNER, draft, []).reason == "unreadable"


def test_where_none_is_connected_nothing_leaves_and_no_line_says_so(hall, files, draft):
    off = NationalPapers(files, None, hall.submissions.to_look_up, hall.clock)
    assert off.look_up(OWNER, draft, []).reason == "off"
    with pytest.raises(NationalStoreUnusable) as refused:
        off.take(OWNER, draft, Sought(NOTICE), "0" * 16)
    assert refused.value.facts["reason"] == "off"
    assert (refused.value.row.status, refused.value.row.wait) == (409, 0)
    assert lines_of(OWNER.holder) == []


def test_who_has_no_personal_number_is_not_asked_about(hall, papers, store):
    draft = hall.open(FOREIGNER)
    assert papers.look_up(FOREIGNER, draft, [Sought(NOTICE)]).reason == "no_number"
    with pytest.raises(NationalStoreUnusable) as refused:
        papers.take(FOREIGNER, draft, Sought(NOTICE), "0" * 16)
    assert refused.value.facts["reason"] == "no_number"
    assert (store.asked, lines_of(FOREIGNER.holder)) == ([], [])


def test_what_is_no_component_is_named_and_nothing_is_asked(papers, store, draft):
    with pytest.raises(BodyInvalid) as refused:
        papers.look_up(OWNER, draft, [Sought(NOTICE), Sought("KQ000000")])
    assert [each.pointer for each in refused.value.fields] == ["/papers/1/component"]
    assert (store.asked, lines_of(OWNER.holder)) == ([], [])


def test_nothing_is_asked_where_nothing_is_missing(hall, papers, store, draft):
    hall.add(draft)
    assert papers.look_up(OWNER, draft, []).papers == ()
    assert store.asked == []


def test_whoever_files_for_the_holder_looks_the_holder_up_and_the_holders_ledger_says_who(hall, papers, store):
    represent(hall)
    draft = opened(hall)
    assert papers.look_up(AGENT, draft, [Sought(NOTICE)]).papers == (paper(),)
    (question,) = store.asked
    assert (question.owner, question.asker, question.asker_name) == (OWNER.personal_id, AGENT.personal_id, AGENT.name)
    (line,) = lines_of(OWNER.holder)
    said = line.said
    assert (said.by, said.officer, said.reference) == ("person", AGENT.name, draft)
    assert (said.basis, said.asked.purpose) == (f"{CONNECTION.basis}; MD-1", CONNECTION.purpose)
    assert lines_of(AGENT.holder) == []
    upload = papers.take(AGENT, draft, Sought(NOTICE), file_of(paper()))
    assert (upload.component, len(lines_of(OWNER.holder))) == (NOTICE, 2)
    with pytest.raises(NotFound):
        papers.look_up(STRANGER, draft, [])


def renumbered(hall, person, former):
    """A register said that a person's number was replaced."""
    hall.clock.advance(milliseconds=1)
    at = stamp(hall.clock())
    kind, register = "renumbered", "population"
    said = PersonChanged(person=person.holder, kind=kind, register=register, at=at, former=(former.holder,))
    remember_joined(said, at)


def test_a_representative_whose_number_was_replaced_asks_about_the_holder_and_never_about_themselves(
    hall, papers, store
):
    represent(hall)
    draft = opened(hall)
    now = Principal(AGENT.subject, "CITIZEN", AGENT.name, 2, "086093000001", own=True)
    renumbered(hall, now, AGENT)
    assert papers.look_up(now, draft, [Sought(NOTICE)]).papers == (paper(),)
    papers.take(now, draft, Sought(NOTICE), file_of(paper()))
    assert {(each.owner, each.asker) for each in store.asked} == {(OWNER.personal_id, now.personal_id)}
    assert [line.said.by for line in lines_of(OWNER.holder)] == ["person"] * 2
    assert lines_of(now.holder) == lines_of(AGENT.holder) == []


def test_a_holder_whose_number_was_replaced_looks_up_what_somebody_files_for_them_under_their_own_name(
    hall, papers, store
):
    represent(hall)
    draft = opened(hall)
    now = Principal(OWNER.subject, "CITIZEN", OWNER.name, 2, "086195000001", own=True)
    renumbered(hall, now, OWNER)
    papers.look_up(now, draft, [Sought(NOTICE)])
    assert [(each.owner, each.asker) for each in store.asked] == [(now.personal_id, now.personal_id)]
    assert [line.said.by for line in lines_of(now.holder)] == ["owner"]


def test_a_stranger_by_now_asks_nothing_and_has_no_line(hall, papers, store, draft):
    gone = structs.replace(papers, relation=lambda *_: Relation.STRANGER)
    with pytest.raises(NotFound):
        gone.look_up(OWNER, draft, [Sought(NOTICE)])
    assert (store.asked, lines_of(OWNER.holder)) == ([], [])


def test_a_representation_that_ends_meanwhile_asks_nothing(hall, papers, store):
    kept = represent(hall)
    draft = opened(hall)
    ended(hall, kept, is_told=False)
    with pytest.raises(RepresentationEnded):
        papers.look_up(AGENT, draft, [Sought(NOTICE)])
    assert (store.asked, lines_of(OWNER.holder)) == ([], [])


@pytest.mark.parametrize("terms", [{"procedures": ("9.999999",)}, {"may": ("supplement",)}])
def test_terms_that_cover_the_procedure_or_its_filing_no_more_ask_nothing(hall, papers, store, terms):
    represent(hall)
    draft = opened(hall)
    represent(hall, version=2, **terms)
    for refused in (
        lambda: papers.look_up(AGENT, draft, [Sought(NOTICE)]),
        lambda: papers.take(AGENT, draft, Sought(NOTICE), file_of(paper())),
    ):
        with pytest.raises(BeyondRepresentation):
            refused()
    assert (store.asked, lines_of(OWNER.holder)) == ([], [])


def test_of_a_foreigner_who_is_represented_nothing_is_looked_up(hall, papers, store):
    represent(hall, FOREIGNER)
    draft = opened(hall)
    assert papers.look_up(AGENT, draft, [Sought(NOTICE)]).reason == "no_number"
    assert store.asked == []


def test_of_what_was_submitted_nothing_is_looked_up(hall, papers, store):
    with pytest.raises(AlreadySubmitted):
        papers.look_up(OWNER, hall.submitted(), [])
    assert store.asked == []


# --- taken ------------------------------------------------------------------------------------------------------------


def test_a_file_is_taken_as_an_upload_that_is_checked_as_each(hall, papers, store, files, draft):
    upload = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert (upload.component, upload.filename, upload.media_type) == (NOTICE, "15.pdf", "application/pdf")
    assert (upload.size, upload.status) == (len(PDF), "pending")
    assert files.put_there == [(upload.key, "application/pdf", PDF)]
    assert store.fetched == [("G15.03", "2026/11/15.pdf")]
    (told,) = hall.told(draft, UploadAnnounced)
    assert (told.component, told.held_by) == (NOTICE, "G15.03")
    assert [line.said.asked.fields for line in lines_of(OWNER.holder)] == [(NOTICE, "file")]


@pytest.mark.parametrize(("name", "kept"), [("x" * 4000, "x" * 200), ("", None)])
def test_a_name_is_as_long_as_that_of_an_upload_may_be_and_never_empty(papers, store, draft, name, kept):
    held = HeldPaper(kind=NOTICE, title="", number="", issuer="G15.03", files=(HeldFile(name, "a.pdf"),))
    store.papers = [held]
    assert papers.take(OWNER, draft, Sought(NOTICE), file_of(held)).filename == (kept or file_of(held))


def same(upload):
    """An upload, however it was come by: one that was read has the item beside it."""
    return structs.replace(upload, as_read=None)


def test_the_same_file_again_is_one_upload(hall, papers, files, draft):
    first = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert same(papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))) == same(first)
    assert len(hall.draft(draft).uploads) == 1
    assert {key for key, *_ in files.put_there} == {first.key}


def settle(hall, draft, upload, verdict):
    """What the checks of an upload come to, as the intake writes it."""
    Change(hall.draft(draft).head, hall.clock()).judge(upload, verdict, version_id="v1").write()


def test_what_was_refused_may_be_taken_again_as_another_upload_and_what_was_accepted_is_not(
    hall, papers, store, files, draft
):
    taken = []
    for verdict in ("refused", "refused", "accepted"):
        upload = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
        again = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
        assert same(again) == same(upload), "twice is once while it waits"
        assert (upload.status, files.put_there[-1][0]) == ("pending", upload.key)
        settle(hall, draft, upload, verdict)
        taken.append(upload.id)
    before = len(store.fetched)
    again = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert (again.id, again.status) == (taken[-1], "accepted")
    assert len(store.fetched) == before, "what was accepted is not asked for again"
    assert [each.id for each in hall.draft(draft).uploads if each.status == "refused"] == sorted(taken[:2])
    assert len({*taken}) == len(hall.draft(draft).uploads) == len(hall.told(draft, UploadAnnounced)) == 3


def test_what_was_refused_is_not_taken_again_beyond_what_a_draft_may_have(hall, papers, files, draft, monkeypatch):
    monkeypatch.setattr("chalicelib.submission.model.MAX_UPLOADS", 1)
    settle(hall, draft, papers.take(OWNER, draft, Sought(NOTICE), file_of(paper())), "refused")
    with pytest.raises(UploadRefused) as refused:
        papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert [each.rule for each in refused.value.fields] == ["max_uploads"]
    assert len(files.put_there) == 1


def test_a_path_that_the_store_does_not_name_of_this_person_is_not_followed(papers, store, draft):
    for name in ("0" * 16, file_of(paper(path="2026/11/16.pdf"))):
        with pytest.raises(NotFound):
            papers.take(OWNER, draft, Sought(NOTICE), name)
    assert store.fetched == []


@pytest.mark.parametrize(("content", "reason"), [(b"<html>", "unreadable"), (b"", "unreadable")])
def test_what_is_no_file_of_a_kind_that_we_take_is_no_upload(hall, papers, store, files, draft, content, reason):
    store.content = content
    with pytest.raises(NationalStoreUnavailable) as refused:
        papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert refused.value.facts["reason"] == reason
    assert (hall.draft(draft).uploads, files.put_there) == ((), [])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_the_store_may_give_later_is_told_with_a_time_to_wait(hall, papers, store, draft, fault):
    store.fault = fault
    with pytest.raises(NationalStoreUnavailable) as refused:
        papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert refused.value.facts["reason"] == fault
    assert refused.value.row.status == 503
    assert refused.value.row.wait > 0
    assert hall.draft(draft).uploads == ()


def test_a_file_is_not_taken_beyond_what_a_draft_may_have(hall, papers, store, files, draft, monkeypatch):
    monkeypatch.setattr("chalicelib.submission.model.MAX_UPLOADS", 0)
    with pytest.raises(UploadRefused):
        papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    assert files.put_there == []


def test_a_file_stands_where_who_uploads_would_post_it(hall, draft, monkeypatch, papers, store):
    put = []

    class S3:
        def put_object(self, **given):
            put.append(given)

    upload = papers.take(OWNER, draft, Sought(NOTICE), file_of(paper()))
    monkeypatch.setattr(store_room.aws, "client", lambda _: S3())
    Drafts().put(upload, PDF)
    assert put == [{"Bucket": "intake", "Key": upload.key, "ContentType": "application/pdf", "Body": PDF}]
    assert store_room.aws is aws
