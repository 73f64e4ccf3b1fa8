"""Words for what a national record says besides papers and fees, and for counters of agencies."""

from typing import Final

from infra.reference.word import Word

RECORDED: Final[dict[str, Word]] = {
    # --- whose it is, and at which counter
    "CounterBody.entries": Word("What holds at the counter, each for its time"),
    "CounterView.entries": Word("What holds at the counter, each for its time"),
    "hours_vi": Word("When it is open, in Vietnamese", "Thứ hai đến thứ sáu, 7:30-11:30 và 13:30-17:00"),
    "address_vi": Word("Where the counter is, in Vietnamese", "Quầy số 14, 10 Trần Phú"),
    # --- the rest of a record
    "blanks": Word("Blank forms to fill in"),
    "blank_forms": Word("Blank forms to fill in"),
    "BlankView.id": Word("What the record's database calls it", "019d7c7a-31b7-7628-8e4b-794b4077d21f"),
    "BlankFacts.id": Word("What the record's database calls it", "019d7c7a-31b7-7628-8e4b-794b4077d21f"),
    "BlankView.name": Word("File name", "Mẫu số 24.docx"),
    "BlankFacts.name": Word("File name", "Mẫu số 24.docx"),
    "BlankView.url": Word("Where people can open it", "https://example.vn/mau-24.docx"),
    "BlankFacts.url": Word("Where people can open it", "https://example.vn/mau-24.docx"),
    "store": Word("The store of the database that has it", "dvc"),
    "path": Word("Its place in that store", "configuring/019d7c7a/Mẫu số 24.docx"),
    "group_vi": Word("The heading that it stands under", "Giấy tờ phải xuất trình"),
    "has_electronic_form": Word("Whether the record marks an electronic form of it", example=False),
    "is_processing_result": Word("Whether the record marks that the authorities make it themselves", example=False),
    "steps": Word("What happens, step by step, in the record's words"),
    "StepView.name_vi": Word("The step's heading", "Bước 1:"),
    "StepFacts.name_vi": Word("The step's heading", "Bước 1:"),
    "StepView.text_vi": Word("What is done in it", "Người dân nộp hồ sơ tại Trung tâm Phục vụ hành chính công"),
    "StepFacts.text_vi": Word("What is done in it", "Người dân nộp hồ sơ tại Trung tâm Phục vụ hành chính công"),
    "receiving_vi": Word("Where to hand in, in the record's words", "Trung tâm Phục vụ hành chính công tỉnh"),
    "description_vi": Word("What the record says besides its requirements", "Không quy định."),
    "performers": Word("Who performs it, each with its code"),
    "delegated_to": Word("To whom it is delegated, as the record has it"),
    "coordinated_by": Word("Who works along"),
    "returns": Word("How the result comes back, by how it was filed"),
    "return_ways": Word("How the result comes back, by how it was filed", {"filed": "ONLINE", "ways": ["AT_HOME"]}),
    "filed": Word("How it was filed: ONLINE or OFFLINE", "ONLINE"),
    "ways": Word("AT_HOME, AT_SUBMISSION_PLACE, ONLINE", "AT_HOME"),
    "flags": Word("What the record marks", {"shared": False}),
    "full_process": Word("Marked as end to end", example=False),
    "shared": Word("Marked as shared by several agencies", example=False),
    "offline_only": Word("Marked as not to be done online", example=False),
    "non_territorial": Word("Marked as done wherever one lives", example=True),
    # --- the lines of a term
    "added": Word("The length of time is added to another one", example=False),
    "areas": Word("Kinds of communes: mountain, border, island, remote, hard, hardest", "island"),
    "condition_vi": Word(
        "On what it depends, in the record's words", "Đối với các xã hải đảo: không quá 15 ngày làm việc."
    ),
    "not_counted_vi": Word("What is not counted, in the record's words", "Thời gian xác định nghĩa vụ tài chính"),
    "quantity": Word("The number that the record has; half a day too", 7.5),
    "sentences": Word("Sentences of the record with a length of time, or a condition on it"),
    "unit": Word("Unit of the number: wd, d, wh, h, m; null where the record's is none of them", "wd"),
    "when": Word("Only with these answers in the form"),
    "words_vi": Word("A sentence of the record, word for word", "Không quá 15 ngày làm việc."),
}
