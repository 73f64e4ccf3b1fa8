from chalicelib.law.problems import Problem, errors

WRONG = Problem("/a", "R01", "v", "e")
DOUBT = Problem("/b", "R02", "v", "e", "warning")


def test_what_is_told_refuses_unless_it_is_a_warning():
    assert WRONG.severity == "error"
    assert errors([WRONG, DOUBT, WRONG]) == (WRONG, WRONG)
    assert errors([DOUBT]) == errors([]) == ()
