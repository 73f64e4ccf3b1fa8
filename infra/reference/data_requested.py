"""The words of requests about personal data."""

from typing import Final

from infra.reference.word import Word, time

DATA_REQUESTED: Final[dict[str, Word]] = {
    "DataRequestView.id": Word("Name of the request", "DR-7K3D9M2QW8XZ4T1B"),
    "DataRequestView.kind": Word("What is asked", "view"),
    "DataRequestView.agency": Word("Which agency is asked", "H01.10.24"),
    "DataRequestView.progress": Word("How far it is", "answered"),
    "DataRequestView.name": Word("Who asks", "Nguyễn Thị Bích Liễu"),
    "DataLoad.first_due_at": time("When the first of them is due, or was"),
    "DataRequestView.words": Word("In which words", "Xin xem dữ liệu về tôi"),
    "DataRequestView.overdue": Word("Whether the agency owes something whose time passed", example=False),
    "DataRequestView.due_soon": Word("Whether what the agency owes is due soon, or was", example=False),
    "passed_act_by": time("The time to act that had passed when it was extended: the request stays overdue"),
    "DataRequestView.erased_at": time("When the words of the request and of its decision were erased"),
    "DataRequestView.see": Word("Routes by which one sees, or does, by oneself what this installation keeps"),
    "DataRequestView.basis": Word("The clause by which it was refused", "Luật 91/2025/QH15 Điều 14(2)"),
    "DataRequestView.extended_why": Word("Why the time was extended", "Nhiều hồ sơ phải tìm"),
    "DataRequestView.ended_why": Word("What was done, or why nothing is", "Đã gửi bản sao"),
    "DataRequestList.requests": Word("Of who asked the newest first, of an agency those due first"),
    "DataRequestNotice.about": Word("What the notice is of", "extended"),
    "DataRequestNotice.agency": Word("Which agency", "H01.10.24"),
    "DataRequestNotice.received_at": time("When the request came to that agency"),
    "DataRequestNotice.processed_at": time("When that was done"),
    "DataRequestNotice.due_at": time("By when the agency owes what follows; null: it owes nothing"),
    "DataRequestNotice.told_vi": Word(
        "All of it in a sentence, in Vietnamese", "Lý Thanh Oanh, H01.10.24 từ chối yêu cầu. Lý do: phải lưu giữ"
    ),
    "DataRequestNotice.told_en": Word(
        "The same in English", "Lý Thanh Oanh, H01.10.24 refused the request. Reason: kept by law"
    ),
    "DataRequestNotice.reason": Word("Why, in the officer's words, as long as they are kept", "Nhiều hồ sơ phải tìm"),
    "DataRequestNotice.basis": Word("The clause by which it was refused", "Luật 91/2025/QH15 Điều 14(2)"),
    "DataRequestNoticeList.notices": Word("The oldest first"),
    "EndData.outcome": Word("How it ends", "done"),
    "AskData.kind": Word("What is asked", "view"),
    "answer_by": time("By when the agency owes an answer"),
    "answered_at": time("When it answered"),
    "act_by": time("By when it has to have acted"),
    "extended_at": time("When that time was extended"),
}
