"""The words of petitions and complaints."""

from typing import Final

from infra.reference.word import Word, time

PETITION: Final = "PK-7K3D9M2QW8XZ4T1B"
_SAID: Final = "Hồ sơ bị trả lại mà không nêu lý do"
_ANSWERED: Final = "Đã hướng dẫn lại, và xin lỗi ông bà"
_STEPS: Final = "take_up"
_REQUEST: Final = "DR-7K3D9M2QW8XZ4T1B"
_CLAUSE: Final = "Luật 91/2025/QH15 Điều 14"

PETITIONED: Final[dict[str, Word]] = {
    "{petition}": Word("`id` of a petition or complaint", PETITION),
    "earlier": Word("`id` of the first complaint, where it is a second one", PETITION),
    "FilePetition.kind": Word("A petition about something, or a complaint about a decision or an act", "petition"),
    "FilePetition.about": Word("About a rule, about how somebody of an agency behaves, or another thing", "conduct"),
    "FilePetition.dossier": Word("`reference` of the dossier of one's own that it is about", "MC-7K3D9M2QW8XZ4T1B"),
    "PetitionView.dossier": Word("The dossier that it is about; null: it names none", "MC-7K3D9M2QW8XZ4T1B"),
    "came_at": time("When it came to the agency that has it"),
    "filed_at": time("When it was filed"),
    "taken_up_at": time("When the agency took it up, or accepted the complaint"),
    "supplied_at": time("When what was asked for came"),
    "ForwardedPetition.id": Word("Name of the petition", PETITION),
    "ForwardedPetition.to": Word("The agency that has it now", "H01.10.25"),
    "ForwardedPetition.due_at": time("By when that has to take it up; null: it was sent on since"),
    "PetitionBehind.petition": Word("`id` of the petition or complaint", PETITION),
    "PetitionBehind.kind": Word("What it is", "petition"),
    "PetitionBehind.about": Word("What it is about", "conduct"),
    "PetitionBehind.at": time("When it came, or ended for the agency"),
    "PetitionBehind.counts": Word("Every count to which that added", "petitions_late"),
    "PetitionBehindPage.petitions": Word("The oldest first"),
    "PublicAnswer.agency": Word("Which agency answered", "H01.10.24"),
    "PublicAnswer.question": Word("What was asked, in the agency's words", _SAID),
    "PublicAnswer.answer": Word("What was answered, in the agency's words", _ANSWERED),
    "PublicAnswer.at": time("When it was published"),
    "PublicAnswerList.answers": Word("The newest first"),
    "PetitionList.petitions": Word("The newest first"),
    "OwedList.petitions": Word("Those due first"),
    "PetitionNotice.about": Word("What was done", "answered"),
    "PetitionNotice.agency": Word("By which agency", "H01.10.24"),
    "PetitionNotice.handler": Word(
        "Who there did it; empty: the person, the clock, or it was not kept then", "Lê Văn Dũng"
    ),
    "PetitionNotice.received_at": time("When it came to that agency"),
    "PetitionNotice.processed_at": time("When that was done"),
    "PetitionNotice.due_at": time(
        "By when what follows is due: of a question by the person, else by the agency; null: nothing is"
    ),
    "PetitionNotice.to": Word("To which agency it was sent on; null: to none", "H01.10.25"),
    "PetitionNoticeList.notices": Word("The oldest first"),
    "PetitionView.instance": Word("1, or 2 of a second complaint", 1),
    "PetitionView.name": Word("Who filed it", "Nguyễn Thị Bích Liễu"),
    "PetitionView.words": Word("In which words", _SAID),
    "PetitionView.late": Word("Whether a time of the law passed while the agency had it", example=False),
    "PetitionView.missed": Word("Steps whose time passed while the agency had it; later work heals nothing", [_STEPS]),
    "PetitionView.asked_at": time("When the agency asked for more"),
    "PetitionView.asked_until": time("By when the person sends it; then the agency's time to answer begins"),
    "PetitionView.question": Word("What the agency asked for", "Ngày nào, hồ sơ nào?"),
    "PetitionView.supplied": Word("What the person sent then", "Ngày 20, hồ sơ khai sinh"),
    "PetitionView.complex_why": Word("Why a complaint is a complex one", "Nhiều bên liên quan"),
    "PetitionView.ended_at": time("When it was answered, refused or withdrawn"),
    "PetitionView.answer": Word("The answer, or why nothing is done", _ANSWERED),
    "PetitionView.basis": Word("The clause of the answer or refusal", "Nghị định 155/2026/NĐ-CP Điều 3"),
    "PetitionView.published_at": time("When its answer was published, or withheld"),
    "PetitionView.public": Word("Whether everybody may read the answer", example=True),
    "PetitionView.withheld_why": Word("Why not", "Nội dung làm lộ danh tính người gửi"),
    "PetitionView.retracted_at": time("When the public answer was taken back"),
    "PetitionView.retracted_why": Word("Why it was taken back", "Câu trả lời làm lộ danh tính"),
    "RetractedPetition.id": Word("Name of the petition", PETITION),
    "RetractedPetition.agency": Word("The agency that had published it", "H01.10.24"),
    "RetractedPetition.retracted_at": time("When it left the public list"),
    "PetitionView.agencies_before": Word("Agencies that had it before, in order", "H01.10.24"),
    "PetitionView.erased_at": time("When its words were erased"),
    "PetitionView.erasure": Word("What was erased, on which ground and basis, when; null: nothing was"),
    "PetitionView.proposed_erasure": Word("That an officer proposed to erase its words: a second one confirms"),
    "FilePetition.officer": Word("Name of the officer whom it is about", "Lê Văn Dũng"),
    "PetitionView.officer": Word("The officer whom it names, who does not deal with it", "Lê Văn Dũng"),
    "OwedPetition.erasure_proposed_at": time("When an officer proposed to erase its words; null: nobody did"),
    "ErasePetition.ground": Word("The person's request, or the end of the time for which it is kept", "request"),
    "ErasePetition.basis": Word("The clause or decision by which", _CLAUSE),
    "ErasePetition.request": Word("`id` of the request for deletion of who filed it", _REQUEST),
    "DecideErasure.proposed_at": time("`at` of the proposal that was read"),
    "DecideErasure.decision": Word("Whether it is confirmed", "confirm"),
    "ErasureView.told_vi": Word("What was erased, for who filed it", "Nội dung đơn đã bị xóa ngày 2026-12-01"),
    "ErasureView.told_en": Word("The same in English", "What was written was erased on 2026-12-01"),
    "PetitionNotice.basis": Word("Of an erasure: by which clause or decision; null: it is none", _CLAUSE),
}
for _model in ("ErasureView", "ProposedErasureView"):
    PETITIONED.update(
        {
            f"{_model}.at": time("When that was"),
            f"{_model}.ground": Word("The person's request, or the end of the time for which it is kept", "request"),
            f"{_model}.basis": Word("The clause or decision by which", _CLAUSE),
            f"{_model}.request": Word("The request for deletion of who filed it", _REQUEST),
        }
    )
for _model in ("PetitionView", "OwedPetition"):
    PETITIONED.update(
        {
            f"{_model}.id": Word("Name of the petition or complaint", PETITION),
            f"{_model}.kind": Word("What it is", "petition"),
            f"{_model}.about": Word("What it is about", "conduct"),
            f"{_model}.agency": Word("The agency that has it", "H01.10.24"),
            f"{_model}.progress": Word("How far it is", "received"),
            f"{_model}.owes": Word("What the agency owes; null: nothing, or it waits for the person", _STEPS),
            f"{_model}.due_at": time("By when it owes that"),
        }
    )
