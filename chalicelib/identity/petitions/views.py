"""From petitions to what is answered of them."""

from collections.abc import Sequence

from chalicelib.identity.petitions import wire
from chalicelib.identity.petitions.items import PetitionHead, PublishedPetition
from chalicelib.identity.petitions.noticed import Notice
from chalicelib.identity.petitions.orders import said_of, words_of
from chalicelib.kernel.clock import said, utc_now
from chalicelib.sealing.door import learn


def handled_view(head: PetitionHead) -> wire.PetitionView:
    """One without any words, for an officer who acted on it: `GET` has them, and the ledger says who looked."""
    return wire.PetitionView(
        id=head.id,
        kind=head.kind,
        about=head.about,
        instance=head.instance,
        earlier=head.earlier,
        dossier=head.dossier,
        agency=head.agency,
        progress=head.state,
        officer_unmatched=head.unmatched,
        filed_at=said(head.filed_at) or "",
        came_at=said(head.came_at) or "",
        owes=head.owes,
        due_at=said(head.due_at),
        late=head.is_late(utc_now()),
        missed=list(head.missed),
        taken_up_at=said(head.taken_up_at),
        asked_at=said(head.asked_at),
        asked_until=said(head.asked_until),
        supplied_at=said(head.supplied_at),
        ended_at=said(head.ended_at),
        published_at=said(head.published_at),
        public=head.public,
        retracted_at=said(head.retracted_at),
        agencies_before=[each.agency for each in head.before],
        erased_at=said(head.erased_at),
        erasure=_erasure(head),
        proposed_erasure=_proposal(head),
    )


def petition_view(head: PetitionHead) -> wire.PetitionView:
    """One with its words: for who filed it, and for an officer whose look stands on the ledger."""
    filed, end = words_of(head), said_of(head, head.said)
    words = {
        "name": filed.name,
        "words": filed.words,
        "officer": filed.officer,
        "question": _words(head, head.question),
        "supplied": _words(head, head.supplied),
        "complex_why": _words(head, head.complex),
        "answer": end.words if end else None,
        "basis": end.basis if end else None,
        "withheld_why": _words(head, head.withheld),
        "retracted_why": _words(head, head.retracted),
    }
    return handled_view(head).model_copy(update={name: text or None for name, text in words.items()})


def _words(head: PetitionHead, hidden: str | None) -> str | None:
    told = said_of(head, hidden)
    return told.words if told else None


def _erasure(head: PetitionHead) -> wire.ErasureView | None:
    """What was erased, by which basis and when: never empty words alone."""
    if not head.erased_at:
        return None
    why, at = head.erasure, said(head.erased_at) or ""
    day, basis = at[:10], why.basis if why else ""
    by_vi, by_en = (f", căn cứ: {basis}", f", by: {basis}") if basis else ("", "")
    return wire.ErasureView(
        at=at,
        ground=why.ground if why else None,
        basis=basis or None,
        request=why.request if why else None,
        told_vi=f"Nội dung đơn, tên người gửi và mọi trao đổi, trả lời đã bị xóa ngày {day}{by_vi}",
        told_en=f"What was written, the name of who filed it and all that was said to it were erased on {day}{by_en}",
    )


def _proposal(head: PetitionHead) -> wire.ProposedErasureView | None:
    given = head.proposal
    if given is None:
        return None
    at = said(given.at) or ""
    return wire.ProposedErasureView(at=at, ground=given.ground, basis=given.basis, request=given.request)


def notice_list(found: Sequence[Notice]) -> wire.PetitionNoticeList:
    """The notices of one."""
    shown = [
        wire.PetitionNotice(
            about=each.about,
            agency=each.agency,
            handler=each.handler,
            received_at=said(each.received_at) or "",
            processed_at=said(each.processed_at) or "",
            due_at=said(each.due_at),
            to=each.to,
            basis=each.basis or None,
        )
        for each in found
    ]
    return wire.PetitionNoticeList(notices=shown)


def petition_list(heads: Sequence[PetitionHead], following: str | None) -> wire.PetitionList:
    """A page of them."""
    learn([each.id for each in heads])
    return wire.PetitionList(petitions=[petition_view(each) for each in heads], next=following)


def owed_list(heads: Sequence[PetitionHead], following: str | None) -> wire.OwedList:
    """A page of what an agency has to do, or is late with: no names and no words, which `GET` of one has."""
    shown = [
        wire.OwedPetition(
            id=each.id,
            kind=each.kind,
            about=each.about,
            agency=each.agency,
            progress=each.state,
            came_at=said(each.came_at) or "",
            owes=each.owes,
            due_at=said(each.due_at),
            erasure_proposed_at=said(each.proposal.at) if each.proposal else None,
        )
        for each in heads
    ]
    return wire.OwedList(petitions=shown, next=following)


def public_list(answers: Sequence[PublishedPetition], following: str | None) -> wire.PublicAnswerList:
    """A page of what everybody may read."""
    shown = [
        wire.PublicAnswer(agency=each.agency, question=each.question, answer=each.answer, at=said(each.at) or "")
        for each in answers
    ]
    return wire.PublicAnswerList(answers=shown, next=following)
