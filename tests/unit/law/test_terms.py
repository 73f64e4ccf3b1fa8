import pytest

from chalicelib.law.terms import UNITS, BadTerm, Term


def test_a_term_is_written_as_amount_and_unit():
    for text in ("3wd", "5d", "8wh", "24h", "1m", "0wd"):
        assert str(Term.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "wd", "3", "-1wd", "1.5d", "3 wd", "3wd\n", "0d", "0h", "٣wd", "1001wd", "999999d"]
)
def test_what_is_no_term_is_refused_with_the_rule(text):
    with pytest.raises(BadTerm) as refusal:
        Term.parse(text)
    assert str(refusal.value) == f"not a term: {text!r}: {refusal.value.rule}"


LONGEST = [("wd", 1000), ("d", 3660), ("wh", 1000), ("h", 1000), ("m", 120)]


@pytest.mark.parametrize(("unit", "longest"), LONGEST)
def test_a_term_of_a_procedure_is_as_long_as_any_of_the_national_catalogue_and_no_longer(unit, longest):
    least = 0 if unit == "wd" else 1
    for amount in (least, longest):
        assert str(Term.parse(f"{amount}{unit}")) == f"{amount}{unit}"
    if least:
        with pytest.raises(BadTerm) as refusal:
            Term.parse(f"0{unit}")
        assert (refusal.value.given, refusal.value.rule) == (
            f"0{unit}",
            f"an amount in {unit} is a whole number 1..{longest}",
        )


@pytest.mark.parametrize(("unit", "longest"), LONGEST)
def test_nothing_of_any_unit_can_be_counted(unit, longest):
    assert [Term.counted(f"{amount}{unit}") for amount in (0, longest)] == [Term(0, unit), Term(longest, unit)]
    with pytest.raises(BadTerm, match=f"a whole number 0..{longest}"):
        Term.counted(f"{longest + 1}{unit}")


@pytest.mark.parametrize(
    ("unit", "term"),
    [("WORKING_DAY", "3wd"), ("DAY", "3d"), ("HOUR", "3h"), ("WORKING_HOUR", "3wh"), ("MONTH", "3m"), ("month", "3m")],
)
def test_a_term_is_read_as_the_records_write_it(unit, term):
    assert str(Term.recorded(3, unit)) == term


@pytest.mark.parametrize(
    ("quantity", "unit"), [(3, "OTHER"), (3, "wd"), (3, None), (1.5, "DAY"), ("3", "DAY"), (True, "DAY"), (None, "DAY")]
)
def test_what_a_record_says_of_no_countable_length_is_no_term(quantity, unit):
    with pytest.raises(BadTerm) as refusal:
        Term.recorded(quantity, unit)
    assert refusal.value.given == f"{quantity} {unit}"
    assert refusal.value.rule == "a whole number, and one of WORKING_DAY, DAY, WORKING_HOUR, HOUR, MONTH"


def test_a_refusal_repeats_only_the_beginning_of_what_was_given():
    with pytest.raises(BadTerm) as refusal:
        Term.parse("x" * 25)
    assert refusal.value.given == "x" * 24


def test_an_unknown_unit_is_refused():
    with pytest.raises(BadTerm) as refusal:
        Term(3, "weeks")
    assert str(refusal.value) == "not a term: '3weeks': the unit is one of wd, d, wh, h, m"


def test_a_refused_text_is_repeated_in_part_with_what_a_term_is():
    with pytest.raises(BadTerm) as refusal:
        Term.parse("1" * 23 + "23")
    assert refusal.value.given == "1" * 23 + "2"
    assert refusal.value.rule == "a whole number directly followed by wd, d, wh, h or m, such as 3wd"


@pytest.mark.parametrize(("unit", "most"), LONGEST)
def test_an_amount_stays_within_what_any_law_asks_for(unit, most):
    assert [Term(amount, unit).amount for amount in (0, most)] == [0, most]
    for amount in (-1, most + 1):
        with pytest.raises(BadTerm) as refusal:
            Term(amount, unit)
        assert refusal.value.given == f"{amount}{unit}"
        assert refusal.value.rule == f"an amount in {unit} is a whole number 0..{most}"
    assert {"wd", "d", "wh", "h", "m"} == UNITS


def test_a_term_is_not_changed():
    with pytest.raises(AttributeError, match="immutable"):
        Term(3, "wd").amount = 4


@pytest.mark.parametrize(
    ("term", "vietnamese", "english"),
    [
        ("3wd", "3 ngày làm việc", "3 working days"),
        ("1wd", "1 ngày làm việc", "1 working day"),
        ("0wd", "trong ngày làm việc", "within the working day"),
        ("8wh", "8 giờ làm việc", "8 working hours"),
        ("24h", "24 giờ", "24 hours"),
        ("1m", "1 tháng", "1 month"),
        ("2m", "2 tháng", "2 months"),
        ("1d", "1 ngày", "1 day"),
        ("2d", "2 ngày", "2 days"),
        ("1h", "1 giờ", "1 hour"),
        ("1wh", "1 giờ làm việc", "1 working hour"),
        ("0d", "trong ngày", "within the day"),
        ("0m", "trong ngày", "within the day"),
        ("0h", "ngay", "at once"),
        ("0wh", "ngay trong giờ làm việc", "at once, in working hours"),
    ],
)
def test_a_term_is_said_in_both_languages(term, vietnamese, english):
    assert (Term.counted(term).describe(), Term.counted(term).describe("en")) == (vietnamese, english)
