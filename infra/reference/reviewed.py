"""The words of the review of what was read on a paper."""

from typing import Final

from infra.reference.word import REFERENCE, Word, time

REVIEWED: Final[dict[str, Word]] = {
    "ShownField.name": Word("Stable key of the field", "ho_ten"),
    "ShownField.label": Word("What the form calls it", "Họ và tên"),
    "ShownField.alternatives": Word("What else was read there", "Lê Thanh Hiên"),
    "ShownField.answered_by": Word("Who said what stands there", "Phan Bích Lượng"),
    "ShownField.pattern": Word("Regular expression of what may be typed", "[0-9]{12}"),
    "crop": Word("JPEG in base64", "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBD"),
    "claimed_by": Word("Who takes care of it", "Phan Bích Lượng"),
    "claimed_at": time("Since when"),
    "reviews": Word("The rows of this page"),
    "ReviewedValue.field": Word("Stable key of the field", "ho_ten"),
    "ReviewedValue.verb": Word("What the officer did with its value", "confirm"),
    "LedgerLine.reviewed": Word("Which value of the paper an officer looked at; null: none"),
    "LedgerLine.values": Word("The values of the paper that one answer of an officer looked at"),
    "FieldSaid.field": Word("Stable key of the field, each once", "ho_ten"),
    "answers": Word("What is said of each field"),
    "readings": Word("Digitised papers beside what the form says"),
    "ReadingView.component": Word("The component that was read", "3f9a0c61d2b84e57"),
    "ReadingView.kind": Word("The kind of paper as which it was read", "giay_chung_sinh"),
    "ReadingView.fields": Word("In the order of the form"),
    "written": Word("What the applicant wrote; null: nothing", "2026-11-18"),
    "read": Word("What the paper says", "2026-11-17"),
    "agreement": Word("Whether both say the same; `not_answered`: nothing was written", "differs"),
    "ComparedView.pointer": Word("The place of the form", "/child/born_on"),
    "ComparedView.label_vi": Word("What the form calls it", "Năm sinh của mẹ"),
    "ComparedView.label_en": Word("The same in English", "Mother's year of birth"),
    "ComparedView.confirmed_by": Word("Officers who looked at the value; none: it was read surely", "Phan Bích Lượng"),
    "ComparedView.confirmed_at": time("When they did; null: nobody had to"),
    "read_on": Word("The paper on which it was read; null: it is not from a paper"),
    "ReadOn.component": Word("The component of this dossier", "3f9a0c61d2b84e57"),
    "ReadOn.field": Word("The field of the paper", "thoi_gian_sinh"),
    "ReadOn.confirmed_by": Word("Officers who looked at the value; none: it was read surely", "Phan Bích Lượng"),
    "ReadOn.confirmed_at": time("When they did; null: nobody had to"),
    "{review}": Word("`id` of a review", f"{REFERENCE}.01JDH5W3R7"),
    "{field}": Word("Stable key of a field", "ho_ten"),
}
