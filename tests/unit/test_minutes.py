"""The end of a run names its dearest files."""

from collections import Counter
from types import SimpleNamespace

from tests.support import minutes


def report(file, seconds, when="teardown"):
    return SimpleNamespace(nodeid=f"{file}::test_it", when=when, user_properties=[(minutes.PROCESSOR, seconds)])


def test_a_file_has_the_seconds_of_its_tests_each_counted_once():
    told = [report("a.py", 2.0), report("a.py", 3.0), report("a.py", 9.0, "call"), report("b.py", 1.0)]
    assert minutes.by_file(told) == {"a.py": 5.0, "b.py": 1.0}


def test_the_ten_dearest_are_named_and_who_is_over_the_limit_and_the_kept_time():
    cost = Counter({f"{n}.py": float(n) for n in range(50, 62)})
    lines = list(minutes.told(cost, 700.4, {"seconds": 1541, "commit": "818220e5"}))
    assert [line.split()[-1] for line in lines[:10]] == [f"{n}.py" for n in range(61, 51, -1)]
    assert lines[10:] == [
        "over 60 s of one core, make it cheaper or move it to soak: 61.py",
        "700 s in all, kept are 1541 s (818220e5)",
    ]


def test_a_time_is_kept():
    assert minutes.kept().keys() == {"seconds", "commit"}
