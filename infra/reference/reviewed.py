"""The words of the review of what was read on a paper."""

from typing import Final

from infra.reference.word import REFERENCE, Word, time

REVIEWED: Final[dict[str, Word]] = {
    "FieldUnderReview.name": Word("Stable key of the field", "ho_ten"),
    "ShownField.name": Word("Stable key of the field", "ho_ten"),
    "FieldUnderReview.label": Word("What the form calls it", "Họ và tên"),
    "ShownField.label": Word("What the form calls it", "Họ và tên"),
    "FieldUnderReview.alternatives": Word("What else was read there", "Lê Thanh Hiên"),
    "ShownField.alternatives": Word("What else was read there", "Lê Thanh Hiên"),
    "FieldUnderReview.answered_by": Word("Who said what stands there", "Phan Bích Lượng"),
    "ShownField.answered_by": Word("Who said what stands there", "Phan Bích Lượng"),
    "FieldUnderReview.pattern": Word("Regular expression of what may be typed", "[0-9]{12}"),
    "ShownField.pattern": Word("Regular expression of what may be typed", "[0-9]{12}"),
    "crop": Word("JPEG in base64", "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBD"),
    "claimed_by": Word("Who takes care of it", "Phan Bích Lượng"),
    "claimed_at": time("Since when"),
    "reviews": Word("The rows of this page"),
    "ReviewedValue.field": Word("Stable key of the field", "ho_ten"),
    "ReviewedValue.verb": Word("What the officer did with its value", "confirm"),
    "LedgerLine.reviewed": Word("Which value of the paper an officer looked at; null: none"),
    "{review}": Word("`id` of a review", f"{REFERENCE}.01JDH5W3R7"),
    "{field}": Word("Stable key of a field", "ho_ten"),
}
