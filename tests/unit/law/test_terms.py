import pytest

from chalicelib.law.terms import BadTerm, Term


def test_a_term_is_written_as_amount_and_unit():
    for text in ("3wd", "5d", "8wh", "24h", "1m", "0wd"):
        assert str(Term.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "wd", "3", "-1wd", "1.5d", "3 wd", "3wd\n", "0d", "0h", "٣wd", "1001wd", "999999d"]
)
def test_what_is_no_term_is_refused_with_the_rule(text):
    with pytest.raises(BadTerm) as refusal:
        Term.parse(text)
    assert refusal.value.rule in str(refusal.value)


@pytest.mark.parametrize(
    ("unit", "least", "longest"), [("wd", 0, 1000), ("d", 1, 3660), ("wh", 1, 1000), ("h", 1, 1000), ("m", 1, 120)]
)
def test_a_term_is_as_long_as_any_of_the_national_catalogue_and_no_longer(unit, least, longest):
    for amount in (least, longest):
        assert str(Term.parse(f"{amount}{unit}")) == f"{amount}{unit}"
    for amount in (least - 1, longest + 1):
        with pytest.raises(BadTerm, match=f"a whole number {least}..{longest}"):
            Term(amount, unit)


def test_a_refusal_repeats_only_the_beginning_of_what_was_given():
    with pytest.raises(BadTerm) as refusal:
        Term.parse("x" * 25)
    assert refusal.value.given == "x" * 24


def test_an_unknown_unit_is_refused():
    with pytest.raises(BadTerm, match="the unit is one of"):
        Term(3, "weeks")


@pytest.mark.parametrize(
    ("term", "vietnamese", "english"),
    [
        ("3wd", "3 ngày làm việc", "3 working days"),
        ("1wd", "1 ngày làm việc", "1 working day"),
        ("0wd", "trong ngày làm việc", "within the working day"),
        ("8wh", "8 giờ làm việc", "8 working hours"),
        ("24h", "24 giờ", "24 hours"),
        ("1m", "1 tháng", "1 month"),
    ],
)
def test_a_term_is_said_in_both_languages(term, vietnamese, english):
    assert (Term.parse(term).describe(), Term.parse(term).describe("en")) == (vietnamese, english)
